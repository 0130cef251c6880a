#include "tests/simulation/people.hpp"

#include <algorithm>

namespace orderhub::simulation {

namespace json = boost::json;

void Sender::send(const Webhook& webhook, std::uint64_t gives_up_percent) {
    ++outstanding_;
    const Time delay = world_.chance.percent(20) ? world_.chance.between(0, 10 * kMinute)
                                                 : world_.chance.between(0, 2 * kSecond);
    world_.after(delay, [=, this] { attempt(webhook, gives_up_percent); });
}

void Sender::attempt(const Webhook& webhook, std::uint64_t gives_up_percent) {
    const auto is_taken = std::make_shared<bool>(false);
    if (hub_.is_up())
        hub_.intake("shop", webhook.id, webhook.body,
                    [this, webhook, is_taken](const Result<void>& answer) {
                        world_.note("intake " + webhook.id + (answer ? " taken" : " refused"));
                        if (!answer) return;
                        *is_taken = true;
                        taken(webhook);
                    });
    world_.after(30 * kSecond, [=, this] {
        if (*is_taken || world_.chance.percent(gives_up_percent)) {
            --outstanding_;
            return;
        }
        const Time pause = world_.chance.between(kSecond, hurries_ ? 10 * kSecond : 5 * kMinute);
        world_.after(pause, [=, this] { attempt(webhook, gives_up_percent); });
    });
}

void Sender::taken(const Webhook& webhook) {
    const bool again = !model_.accepted.contains(webhook.id) && world_.chance.percent(25);
    model_.accepted.emplace(webhook.id, webhook.body);
    if (again) send(webhook, 100);
}

Asked Agent::think(const ShopOrder& order) {
    const OrderModel& known = model_.orders[order.number];
    // One unit stays with the customer, and pays for the gifts.
    const std::int64_t left = order.units - 1 - known.taken_back - known.cancelled;
    Asked asked;
    asked.number = order.number;
    const auto kind = world_.chance.below(10);
    if (kind < 5)
        asked.units = std::min({left, order.shipped - known.taken_back, std::int64_t{2}});
    else if (kind < 8)
        asked.units =
            std::min({left, order.units - order.shipped - known.cancelled, std::int64_t{1}});
    asked.kind = kind < 5   ? Asked::Kind::take_back
                 : kind < 8 ? Asked::Kind::cancel
                            : Asked::Kind::gift;
    asked.amount = asked.units * order.unit_price;
    if (asked.kind == Asked::Kind::gift && known.gifts + 20 <= order.unit_price)
        asked.amount = world_.chance.between(1, 20);
    return asked;
}

void Agent::act() {
    if (!hub_.is_up() || shop_.orders.empty()) return;
    find_out();
    const ShopOrder& order = shop_.orders[world_.chance.below(shop_.orders.size())];
    if (busy_.contains(order.number)) return;
    const Asked asked = think(order);
    const Hub::Order known = hub_.find(order.number);
    if (known.version > 0 && asked.amount > 0) ask(asked, known);
}

void Agent::ask(const Asked& asked, const Hub::Order& order) {
    json::object input{{"reason", "damaged"}};
    if (asked.kind == Asked::Kind::gift) {
        input["kind"] = "goodwill";
        input["amount"] = decimal_of(asked.amount);
    } else {
        input["lines"] = json::array{json::object{{"line_id", "l1"}, {"quantity", asked.units}}};
    }
    const auto action = asked.kind == Asked::Kind::take_back ? domain::ActionKind::return_
                        : asked.kind == Asked::Kind::cancel  ? domain::ActionKind::cancel
                                                             : domain::ActionKind::refund;
    const std::string trace = "ask-" + std::to_string(++asked_);
    world_.note(trace + " " + json::serialize(input) + " " + asked.number);
    model_.unanswered[trace] = {asked, world_.life()};
    busy_.insert(asked.number);
    hub_.submit(action, order, input, trace, [this, trace, asked](const Result<void>& answer) {
        world_.note(trace + (answer ? " done" : " refused: " + answer.error().code));
        busy_.erase(asked.number);
        model_.unanswered.erase(trace);
        if (answer) return model_.happened(asked);
        const bool is_expected =
            answer.error().kind == ErrorKind::Conflict || answer.error().code.starts_with("store_");
        if (!is_expected) problems_.push_back(trace + " was refused: " + answer.error().message);
    });
}

void Agent::find_out() {
    if (model_.unanswered.empty()) return;
    std::set<std::string> stored;
    hub_.look([&](store::Transaction& transaction) {
        for (const auto& event : transaction.events(0, 100'000, ""))
            stored.insert(event.trace);
    });
    std::erase_if(model_.unanswered, [&](const auto& each) {
        const auto& [asked, life] = each.second;
        if (*life) return false;
        if (stored.contains(each.first)) model_.happened(asked);
        busy_.erase(asked.number);
        return true;
    });
}

void Operator::look_after_one() {
    if (!hub_.is_up()) return;
    std::vector<routing::Delivery> parked;
    hub_.look([&](store::Transaction& transaction) {
        parked = transaction.find_deliveries({.state = "parked", .limit = 1'000});
    });
    if (parked.empty()) return;
    const auto& chosen = parked[world_.chance.below(parked.size())];
    const bool drop = chosen.kind != "order.cancel" && world_.chance.percent(15);
    world_.note("operator " + std::string(drop ? "drops " : "retries ") + chosen.id);
    if (drop)
        hub_.router().drop(chosen.id, "not needed", {"agent:olga"}, [](const Result<void>&) {});
    else
        hub_.router().retry(chosen.id, {"agent:olga"}, [](const Result<void>&) {});
}

void Operator::retry_all() {
    std::vector<routing::Delivery> deliveries;
    std::vector<routing::InboxMessage> messages;
    hub_.look([&](store::Transaction& transaction) {
        deliveries = transaction.find_deliveries({.state = "parked", .limit = 1'000});
        messages = transaction.parked_messages(1'000);
    });
    for (const auto& delivery : deliveries)
        hub_.router().retry(delivery.id, {"agent:olga"}, [](const Result<void>&) {});
    for (const auto& message : messages)
        if (!model_.unreadable.contains(message.message_id))
            hub_.router().retry_message(message.sequence, {"agent:olga"},
                                        [](const Result<void>&) {});
}

}  // namespace orderhub::simulation
