#include "mapping.hpp"

#include "amount.hpp"
#include "events.hpp"
#include "instant.hpp"
#include "lines.hpp"
#include "parties.hpp"
#include "template.hpp"

namespace orderhub::vendure {
namespace {

/// The channel that the order was placed in: every order also belongs to the default channel.
const json::object* home_channel(const json::object& order) {
    const json::object* home = nullptr;
    for (const json::value& each : list_of(order, "channels")) {
        const json::object& channel = as_object(each, "channels");
        if (home == nullptr || text_of(*home, "code") == "__default_channel__") home = &channel;
    }
    return home;
}

bool prices_include_tax(const json::object* channel) {
    if (channel == nullptr) return false;
    const auto found = channel->find("pricesIncludeTax");
    return found != channel->end() && found->value().is_bool() && found->value().get_bool();
}

CancelledUnits cancelled_units(const json::array& cancellations) {
    CancelledUnits units;
    for (const json::value& cancellation : cancellations)
        for (const json::value& row : list_of(cancellation.get_object(), "lines"))
            units[id_of(row.get_object(), "line")] += whole(row.get_object(), "quantity");
    return units;
}

void put_list(json::object& record, std::string_view key, json::array list) {
    if (!list.empty()) record[key] = std::move(list);
}

void put_url(json::object& record, const json::object& order, const Links& links) {
    put_text(
        record, "url",
        fill(links.order_url, {{"id", text_of(order, "id")}, {"code", text_of(order, "code")}}),
        512);
}

}  // namespace

bool is_placed(const json::object& order) {
    const auto active = order.find("active");
    const bool cart =
        active != order.end() && active->value().is_bool() && active->value().get_bool();
    return !cart && !text_of(order, "orderPlacedAt").empty();
}

json::object to_record(const json::object& order, const Links& links, std::int64_t observed_at_ms) {
    const std::string_view state = required_text(order, "state");
    const std::string_view currency = required_text(order, "currencyCode");
    const json::object* channel = home_channel(order);
    json::array cancellations = map_cancellations(order);

    json::object record;
    record["source"] = {{"external_id", id_of(order, "id")},
                        {"updated_at", required_text(order, "updatedAt")},
                        {"observed_at", format_instant(observed_at_ms)}};
    record["number"] = required_text(order, "code");
    if (channel != nullptr) put_text(record, "channel", text_of(*channel, "code"), 64);
    put_url(record, order, links);
    record["currency"] = currency;
    record["tax_locale"] = prices_include_tax(channel) ? "gross" : "net";
    record["state"] = state == "Cancelled" ? "cancelled" : "open";
    put_text(record, "storefront_state", state, 64);
    record["placed_at"] = required_text(order, "orderPlacedAt");
    put_parties(record, order);
    record["lines"] = map_lines(order, cancelled_units(cancellations));
    record["totals"] = to_json(amount_of(order, "total"), currency);
    put_list(record, "payments", map_payments(order));
    put_list(record, "refunds", map_refunds(order));
    put_list(record, "cancellations", std::move(cancellations));
    put_list(record, "fulfilments", map_fulfilments(order, links.tracking_url));
    return record;
}

}  // namespace orderhub::vendure
