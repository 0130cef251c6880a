#include "tests/simulation/shop.hpp"

#include <algorithm>

#include "hub/routing/instant_text.hpp"

namespace orderhub::simulation {

namespace json = boost::json;
using routing::CallResult;
using routing::Outcome;

namespace {

constexpr std::size_t kPageSize = 2;

json::object triple(Minor inc) {
    const Minor tax = inc / 6;
    return {{"ex", decimal_of(inc - tax)}, {"tax", decimal_of(tax)}, {"inc", decimal_of(inc)}};
}

std::int64_t cancelled_units(const ShopOrder& order) {
    std::int64_t sum = 0;
    for (const auto& each : order.cancellations)
        sum += each.units;
    return sum;
}

/// What the order costs now.
Minor cost(const ShopOrder& order) {
    return order.unit_price * (order.units - cancelled_units(order));
}

json::object line_of(const ShopOrder& order) {
    const json::object total = triple(cost(order));
    return {{"external_id", "a"},
            {"kind", "product"},
            {"name", "Mug"},
            {"quantity", order.units - cancelled_units(order)},
            {"ordered_quantity", order.units},
            {"cancelled_total", triple(order.unit_price * cancelled_units(order))},
            {"list", total},
            {"total", total},
            {"taxes", json::array{json::object{
                          {"label", "VAT"}, {"rate", "20"}, {"amount", total.at("tax")}}}}};
}

json::array lines_with(std::int64_t units) {
    return json::array{json::object{{"line", "a"}, {"quantity", units}}};
}

json::array cancellations_of(const ShopOrder& order) {
    json::array all;
    for (const auto& each : order.cancellations)
        all.push_back({{"external_id", "x-" + each.key},
                       {"key", each.key},
                       {"lines", lines_with(each.units)}});
    return all;
}

json::array fulfilments_of(const ShopOrder& order) {
    if (order.shipped == 0) return {};
    return json::array{json::object{{"external_id", "f1"},
                                    {"state", "shipped"},
                                    {"lines", lines_with(order.shipped)},
                                    {"tracking_number", "JD" + order.number}}};
}

}  // namespace

Time Shop::observed() {
    return observed_ = std::max(world_.now(), observed_ + 1);
}

routing::Record Shop::record(const ShopOrder& order) {
    const json::object record{
        {"source",
         {{"external_id", order.external_id}, {"observed_at", routing::rfc3339(observed())}}},
        {"number", order.number},
        {"currency", "EUR"},
        {"tax_locale", "net"},
        {"state", "open"},
        {"placed_at", "2026-11-20T10:00:00Z"},
        {"customer",
         {{"name", "Ada"}, {"email", order.number + "@example.test"}, {"phone", order.phone}}},
        {"lines", json::array{line_of(order)}},
        {"totals", triple(cost(order))},
        {"payments",
         json::array{json::object{{"external_id", "p-" + order.number},
                                  {"method", "card"},
                                  {"state", "captured"},
                                  {"amount", decimal_of(order.unit_price * order.units)}}}},
        {"fulfilments", fulfilments_of(order)},
        {"cancellations", cancellations_of(order)}};
    return {"order", order.external_id, json::serialize(record)};
}

Webhook Shop::webhook(const ShopOrder& order) {
    return {"wh-" + std::to_string(++webhooks_), record(order).json};
}

Webhook Shop::order() {
    ShopOrder& order = orders.emplace_back();
    order.external_id = "e" + std::to_string(orders.size());
    order.number = "N" + std::to_string(orders.size());
    order.unit_price = 120 * world_.chance.between(1, 50);
    order.units = world_.chance.between(1, 5);
    order.shipped = world_.chance.between(0, order.units);
    order.phone = "+4930000000";
    order.changed = ++changes_;
    world_.note("shop order " + order.number);
    return webhook(order);
}

Webhook Shop::change(std::size_t index) {
    ShopOrder& order = orders.at(index);
    order.phone = "+4930" + std::to_string(1'000'000 + world_.chance.below(1'000'000));
    order.changed = ++changes_;
    return webhook(order);
}

void Shop::receive(const routing::InboxMessage& message, Done done) {
    if (message.body == deadly_body) return kill_hub();
    request(
        mishap(false), false,
        [body = message.body] {
            boost::system::error_code bad;
            const json::value parsed = json::parse(body, bad);
            if (bad) return failed(Outcome::rejected, "not_json");
            CallResult result;
            result.records.push_back(
                {"order", std::string(parsed.at_pointer("/source/external_id").as_string()), body});
            return result;
        },
        for_this_life(std::move(done)));
}

void Shop::poll(const std::string& cursor, Done done) {
    const auto asked_at = std::make_shared<Time>(0);
    request(
        mishap(false), false,
        [this, cursor, asked_at] {
            *asked_at = world_.now();
            return page(cursor);
        },
        for_this_life([this, asked_at, done = std::move(done)](CallResult result) {
            const bool is_all =
                result.outcome == Outcome::done && result.records.size() < kPageSize;
            if (is_all && !shown_all_at_ && at_rest_since_ > 0 && *asked_at >= at_rest_since_)
                shown_all_at_ = world_.now();
            done(std::move(result));
        }));
}

bool Shop::has_shown_all() const {
    // What is shown is stored a little later.
    return !polled_every_ || (shown_all_at_ && world_.now() >= *shown_all_at_ + kSecond);
}

CallResult Shop::page(const std::string& cursor) {
    const std::int64_t after = cursor.empty() ? 0 : std::stoll(cursor);
    std::vector<const ShopOrder*> changed;
    for (const ShopOrder& order : orders)
        if (order.changed > after) changed.push_back(&order);
    std::ranges::sort(changed, {}, &ShopOrder::changed);
    if (changed.size() > kPageSize) changed.resize(kPageSize);
    CallResult result;
    for (const ShopOrder* order : changed)
        result.records.push_back(record(*order));
    result.cursor = changed.empty() ? cursor : std::to_string(changed.back()->changed);
    return result;
}

void Shop::execute(const routing::Delivery& delivery, Done done) {
    world_.note("shop asked " + delivery.key);
    const std::string key = delivery.key;
    const json::value payload = json::parse(delivery.payload);
    const std::string number(payload.at_pointer("/order/number").as_string());
    Perform perform;
    if (delivery.kind == "order.cancel")
        perform = [=, this, units = payload.at_pointer("/lines/0/quantity").to_number<int>()] {
            return cancel(key, number, units);
        };
    else if (refuses(key))
        perform = [] { return failed(Outcome::rejected, "card_closed"); };
    else
        perform = [=, this, amount = minor_of(payload.at("amount").as_string())] {
            return refund(key, number, amount);
        };
    request(mishap(false), true, std::move(perform), for_this_life(std::move(done)));
}

CallResult Shop::refund(const std::string& key, const std::string& number, Minor amount) {
    if (std::ranges::find(ledger, key, &Effect::key) == ledger.end()) {
        ledger.push_back({key, "refund.create", number, amount, world_.now()});
        world_.note("shop refunds " + key + " " + decimal_of(amount));
    }
    CallResult result;
    result.result =
        json::serialize(json::object{{"external_id", "r-" + key}, {"state", "succeeded"}});
    return result;
}

CallResult Shop::cancel(const std::string& key, const std::string& number, std::int64_t units) {
    const auto order = std::ranges::find(orders, number, &ShopOrder::number);
    auto& all = order->cancellations;
    if (std::ranges::find(all, key, &ShopOrder::Cancellation::key) == all.end()) {
        all.push_back({key, units});
        order->changed = ++changes_;
        ledger.push_back({key, "order.cancel", number, order->unit_price * units, world_.now()});
        world_.note("shop cancels " + key);
    }
    CallResult result;
    result.records.push_back(record(*order));
    return result;
}

}  // namespace orderhub::simulation
