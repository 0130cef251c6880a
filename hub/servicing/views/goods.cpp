// Units that leave, and units that come back.
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::array fees_view(const std::vector<domain::Fee>& fees, const domain::Currency& currency) {
    // Hundredths of a percent have two digits after the point.
    static const domain::Currency kPercent{"PCT", 2};
    json::array views;
    for (const domain::Fee& each : fees) {
        const bool percentage = each.basis == domain::FeeBasis::percentage ||
                                each.basis == domain::FeeBasis::percentage_gross;
        views.push_back({{"label", each.label},
                         {"basis", word(each.basis)},
                         {"value", domain::to_decimal(domain::Minor{each.value},
                                                      percentage ? kPercent : currency)}});
    }
    return views;
}

}  // namespace

json::array fulfilment_lines(const domain::Fulfilment& fulfilment) {
    json::array lines;
    for (const domain::FulfilmentLine& part : fulfilment.lines)
        lines.push_back({{"line_id", part.line_id}, {"quantity", part.quantity}});
    return lines;
}

json::object fulfilment_view(const domain::Fulfilment& each) {
    return {{"id", each.id},
            {"external_id", each.external_id},
            {"kind", word(each.kind)},
            {"state", word(each.state)},
            {"origin", each.origin},
            {"action", each.action_id},
            {"reason", each.reason},
            {"carrier", each.carrier},
            {"tracking_number", each.tracking_number},
            {"tracking_url", each.tracking_url},
            {"lines", fulfilment_lines(each)},
            {"at", instant_view(each.at)}};
}

json::array return_lines_view(const domain::ReturnOrder& each) {
    json::array lines;
    for (const domain::ReturnLine& line : each.lines)
        lines.push_back({{"id", line.id},
                         {"line_id", line.line_id},
                         {"expected", line.expected},
                         {"received", line.received},
                         {"accepted", line.accepted},
                         {"rejected", line.rejected},
                         {"condition", line.condition},
                         {"reason", line.reason},
                         {"rejection_reason", line.rejection_reason}});
    return lines;
}

json::object return_order_view(const domain::ReturnOrder& each, const domain::Order& order) {
    json::object view{{"id", each.id},
                      {"number", each.number},
                      {"action", each.action_id},
                      {"state", word(each.state)},
                      {"reason", each.reason},
                      {"actor", each.actor},
                      {"delivery", word(each.delivery)},
                      {"fees", fees_view(each.fees, order.currency)},
                      {"lines", return_lines_view(each)},
                      {"exchange_order", nullptr},
                      {"at", instant_view(each.at)},
                      {"closed_at", instant_view(each.closed_at)}};
    if (!each.exchange_order.empty()) view["exchange_order"] = each.exchange_order;
    return view;
}

}  // namespace orderhub::servicing
