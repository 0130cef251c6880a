#include "tests/simulation/auditor.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

namespace orderhub::simulation {

namespace json = boost::json;
using routing::Delivery;
using routing::DeliveryState;

namespace {

constexpr std::uint32_t kAll = 100'000;

bool is_over(const Delivery& delivery) {
    return delivery.state == DeliveryState::done || delivery.state == DeliveryState::dropped;
}

std::string text_at(const json::value& from, std::string_view pointer) {
    boost::system::error_code none;
    const json::value* found = from.find_pointer(pointer, none);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

/// What a command is known by in the system that carries it out.
std::string ledger_key(const Delivery& delivery) {
    if (delivery.kind != "credit_memo.post") return delivery.key;
    return text_at(json::parse(delivery.payload), "/memo/number");
}

std::string shown(const Delivery& delivery) {
    return delivery.id + " (" + delivery.kind + " " + delivery.key + ", " +
           std::string(to_text(delivery.state)) + ", " + std::to_string(delivery.attempts) +
           " attempts)";
}

}  // namespace

void Auditor::read() {
    hub_.look([this](store::Transaction& transaction) {
        deliveries_ = transaction.find_deliveries({.limit = kAll});
        parked_messages_ = transaction.parked_messages(kAll);
        events_ = transaction.events(0, kAll, "");
        open_messages_ = 0;
        for (const Outside* system : systems_)
            open_messages_ += transaction.backlog(system->name()).messages;
    });
    std::ranges::sort(deliveries_, {}, &Delivery::id);
}

std::vector<std::string> Auditor::stuck() const {
    std::vector<std::string> stuck;
    std::set<std::pair<std::string, std::string>> held;
    for (const Delivery& delivery : deliveries_) {
        const std::pair line(delivery.connector, delivery.order_key);
        if (delivery.state == DeliveryState::parked) held.insert(line);
        if (!is_over(delivery) && !held.contains(line)) stuck.push_back(shown(delivery));
    }
    return stuck;
}

bool Auditor::only_parked_work_is_left() {
    read();
    return open_messages_ == 0 && stuck().empty();
}

void Auditor::nothing_else_waits() {
    read();
    if (open_messages_ > 0) problem(std::to_string(open_messages_) + " messages are not done");
    for (const std::string& each : stuck())
        problem("nothing is before it, and yet it is not done: " + each);
}

void Auditor::all_is_well() {
    read();
    check_messages();
    check_deliveries();
    check_order_of_effects();
    check_strangers();
    check_orders();
    check_journal();
}

void Auditor::check_messages() {
    if (open_messages_ > 0) problem(std::to_string(open_messages_) + " messages are not done");
    for (const auto& message : parked_messages_)
        if (!model_.unreadable.contains(message.message_id))
            problem("the message " + message.message_id + " is parked: " + message.error_message);
    for (const std::string& id : model_.unreadable)
        if (model_.accepted.contains(id) &&
            std::ranges::find(parked_messages_, id, &routing::InboxMessage::message_id) ==
                parked_messages_.end())
            problem("the message " + id + " was taken and is not among the parked ones");
}

void Auditor::check_deliveries() {
    for (const Delivery& delivery : deliveries_) {
        if (!is_over(delivery)) problem("it never ended: " + shown(delivery));
        check_effects(delivery);
    }
}

void Auditor::check_effects(const Delivery& delivery) {
    std::size_t times = 0;
    for (const Outside* system : systems_)
        if (system->name() == delivery.connector)
            times += static_cast<std::size_t>(
                std::ranges::count(system->ledger, ledger_key(delivery), &Effect::key));
    if (times > 1) problem(std::to_string(times) + " effects of " + shown(delivery));
    if (times == 0 && delivery.state == DeliveryState::done)
        problem("called done without an effect: " + shown(delivery));
    const auto told = std::ranges::count_if(events_, [&](const servicing::Event& event) {
        return event.type == "delivery.done" &&
               text_at(json::parse(event.data), "/key") == delivery.key;
    });
    if (told != (delivery.state == DeliveryState::done ? 1 : 0))
        problem("the journal says " + std::to_string(told) + " times done: " + shown(delivery));
}

void Auditor::check_order_of_effects() {
    std::map<std::pair<std::string, std::string>, std::pair<Time, std::string>> last;
    for (const Delivery& delivery : deliveries_)
        for (const Outside* system : systems_) {
            if (system->name() != delivery.connector) continue;
            const auto effect =
                std::ranges::find(system->ledger, ledger_key(delivery), &Effect::key);
            if (effect == system->ledger.end()) continue;
            auto& [at, id] = last[{delivery.connector, delivery.order_key}];
            if (effect->at < at) problem(shown(delivery) + " was done before " + id);
            at = effect->at;
            id = delivery.id;
        }
}

/// Effects that no delivery asked for.
void Auditor::check_strangers() {
    std::set<std::string> known;
    for (const Delivery& delivery : deliveries_)
        known.insert(ledger_key(delivery));
    for (const Outside* system : systems_)
        for (const Effect& effect : system->ledger)
            if (!known.contains(effect.key))
                problem("nobody asked for " + effect.kind + " " + effect.key);
}

bool Auditor::is_in_a_ledger(const std::string& key) const {
    return std::ranges::any_of(systems_, [&](const Outside* system) {
        return std::ranges::find(system->ledger, key, &Effect::key) != system->ledger.end();
    });
}

Minor Auditor::done_in(const std::string& kind, const std::string& number) const {
    Minor sum = 0;
    for (const Outside* system : systems_)
        for (const Effect& effect : system->ledger)
            if (effect.kind == kind && effect.subject == number) sum += effect.amount;
    return sum;
}

/// What an operator gave up. It may have been done before; then `if_undone` leaves it out.
Minor Auditor::dropped(const std::string& kind, const std::string& number, bool if_undone) const {
    Minor sum = 0;
    const bool is_memo = kind == "credit_memo.post";
    for (const Delivery& delivery : deliveries_) {
        if (delivery.kind != kind || delivery.state != DeliveryState::dropped) continue;
        const json::value payload = json::parse(delivery.payload);
        if (text_at(payload, is_memo ? "/memo/order_number" : "/order/number") != number) continue;
        if (if_undone && is_in_a_ledger(ledger_key(delivery))) continue;
        sum += minor_of(text_at(payload, is_memo ? "/memo/totals/inc" : "/amount"));
    }
    return sum;
}

void Auditor::check_orders() {
    for (const ShopOrder& order : shop_.orders)
        check_order(order);
}

void Auditor::check_order(const ShopOrder& order) {
    const json::value there = hub_.shown(hub_.find(order.number).id);
    if (text_at(there, "/number") != order.number)
        return problem("the hub does not know the order " + order.number);
    const auto known = model_.orders.find(order.number);
    const OrderModel model = known == model_.orders.end() ? OrderModel{} : known->second;
    const auto expect = [&](const char* what, Minor is, Minor should) {
        if (is != should)
            problem(order.number + ": " + what + " is " + decimal_of(is) + ", not " +
                    decimal_of(should));
    };
    const Minor gone = (model.taken_back + model.cancelled) * order.unit_price;
    const Minor whole = order.units * order.unit_price;
    expect("the total", minor_of(text_at(there, "/totals/current/inc")), whole - gone);
    expect("the refunds' sum at the hub", minor_of(text_at(there, "/money/refunded")),
           model.refunds - dropped("refund.create", order.number, false));
    expect("the refunds' sum at the shop",
           done_in("refund.create", order.number) + dropped("refund.create", order.number, true),
           model.refunds);
    expect(
        "what was credited",
        done_in("credit_memo.post", order.number) + dropped("credit_memo.post", order.number, true),
        model.taken_back * order.unit_price);
    expect("what the shop cancelled", done_in("order.cancel", order.number),
           model.cancelled * order.unit_price);
    expect("what is kept", whole - model.refunds, whole - gone - model.gifts);
    if (text_at(there, "/customer/phone") != order.phone)
        problem(order.number + ": the hub has the phone " + text_at(there, "/customer/phone") +
                ", not " + order.phone);
}

/// Numbered without gaps; an order's versions never go back, and each has an event.
void Auditor::check_journal() {
    std::int64_t next = 1;
    std::map<std::string, std::set<std::int64_t>> told;
    for (const servicing::Event& event : events_) {
        if (event.sequence != next++) return problem("the journal has a gap before " + event.id);
        const json::value data = json::parse(event.data);
        if (!data.is_object() || !data.as_object().contains("order_version")) continue;
        const std::int64_t version = data.at("order_version").as_int64();
        auto& versions = told[event.order_id];
        if (!versions.empty() && version < *versions.rbegin())
            problem("the journal goes back to version " + std::to_string(version));
        versions.insert(version);
    }
    for (const ShopOrder& order : shop_.orders) {
        const Hub::Order known = hub_.find(order.number);
        const auto& versions = told[known.id];
        // Versions begin at 1, and none is told of that the order has not reached.
        if (versions.size() != static_cast<std::size_t>(known.version) || *versions.begin() != 1 ||
            *versions.rbegin() != known.version)
            problem("the order " + order.number + " is at version " +
                    std::to_string(known.version) + ", and the journal tells of " +
                    std::to_string(versions.size()) + " versions");
    }
}

}  // namespace orderhub::simulation
