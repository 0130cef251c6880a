// Support cases.
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace json = boost::json;

json::object case_view(const domain::Case& from) {
    json::array suggestions, messages;
    for (const domain::Suggestion& each : from.suggestions) {
        json::array evidence;
        for (const std::string& sentence : each.evidence)
            evidence.emplace_back(sentence);
        suggestions.push_back({{"order_id", each.order_id},
                               {"number", each.number},
                               {"score", each.score},
                               {"evidence", std::move(evidence)}});
    }
    for (const domain::CaseMessage& each : from.messages)
        messages.push_back({{"direction", each.direction},
                            {"author", each.author},
                            {"at", instant_view(each.at)},
                            {"text", each.text}});
    json::array order_ids(from.further_orders.begin(), from.further_orders.end());
    if (!from.order_id.empty()) order_ids.insert(order_ids.begin(), json::value(from.order_id));
    return {
        {"id", from.id},
        {"version", from.version},
        {"connector", from.connector},
        {"external_id", from.external_id},
        {"subject", from.subject},
        {"state", from.state},
        {"desk_state", from.desk_state},
        {"queue", from.queue},
        {"url", from.url},
        {"created_at", instant_view(from.created_at)},
        {"requester", customer_view(from.requester)},
        {"decision", word(from.decision)},
        {"decided_by", from.decided_by},
        {"order_id", from.order_id.empty() ? json::value(nullptr) : json::value(from.order_id)},
        {"order_ids", std::move(order_ids)},
        {"rejected_orders", json::array(from.rejected_orders.begin(), from.rejected_orders.end())},
        {"suggestions", std::move(suggestions)},
        {"messages", std::move(messages)}};
}

}  // namespace orderhub::servicing
