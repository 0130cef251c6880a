#include "hub/http/view.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_from.hpp>

#include "hub/connectors/webhook_scheme.hpp"
#include "hub/http/instant.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

/// Stored JSON as a value; text that is none stays text.
json::value stored(const std::string& text, json::value otherwise) {
    if (text.empty()) return otherwise;
    json::error_code error;
    auto value = json::parse(text, error);
    return error ? json::value(text) : value;
}

json::value or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value error_of(const std::string& code, const std::string& message) {
    if (code.empty() && message.empty()) return nullptr;
    return json::object{{"code", code}, {"message", message}};
}

}  // namespace

json::object view(const routing::Delivery& delivery, bool full) {
    json::object out{{"id", delivery.id},
                     {"connector", delivery.connector},
                     {"order_key", delivery.order_key},
                     {"kind", delivery.kind},
                     {"key", delivery.key},
                     {"order_id", or_null(delivery.order_id)},
                     {"action_id", or_null(delivery.action_id)},
                     {"case_id", or_null(delivery.case_id)},
                     {"state", routing::to_text(delivery.state)},
                     {"attempts", delivery.attempts},
                     {"next_at", rfc3339(delivery.next_at)},
                     {"created_at", rfc3339(delivery.created_at)},
                     {"updated_at", rfc3339(delivery.updated_at)},
                     {"error", error_of(delivery.error_code, delivery.error_message)}};
    if (!full) return out;
    out["payload"] = stored(delivery.payload, json::object());
    out["result"] = stored(delivery.result, nullptr);
    out["history"] = stored(delivery.history, json::array());
    return out;
}

json::object view(const routing::InboxMessage& message, bool full) {
    json::object out{{"sequence", message.sequence},
                     {"connector", message.connector},
                     {"message_id", message.message_id},
                     {"record_kind", or_null(message.record_kind)},
                     {"content_type", message.content_type},
                     {"received_at", rfc3339(message.received_at)},
                     {"state", routing::to_text(message.state)},
                     {"attempts", message.attempts},
                     {"error", error_of(message.error_code, message.error_message)}};
    if (!full) return out;
    out["headers"] = stored(message.headers, json::object());
    out["body"] = message.body;
    return out;
}

json::object view(const routing::LineBehind& behind) {
    json::array first;
    for (const auto& each : behind.first)
        first.push_back({{"id", each.id},
                         {"kind", each.kind},
                         {"state", routing::to_text(each.state)},
                         {"created_at", rfc3339(each.created_at)}});
    return {{"count", behind.count}, {"first", std::move(first)}};
}

json::object view(const routing::Original& original, std::string_view as) {
    json::object out{{"edited_at", rfc3339(original.edited_at)}, {"edited_by", original.actor}};
    out[as] =
        as == "payload" ? stored(original.content, json::object()) : json::value(original.content);
    return out;
}

json::object view(const connectors::Manifest& manifest) {
    json::object out{{"connector", manifest.name},
                     {"version", manifest.version},
                     {"kind", manifest.kind},
                     {"summary", manifest.summary},
                     {"stability", manifest.stability},
                     {"records", json::value_from(manifest.records)},
                     {"commands", json::value_from(manifest.commands)}};
    out["webhook"] =
        manifest.webhook ? json::value(connectors::to_text(manifest.webhook->kind)) : nullptr;
    out["poll_interval_s"] =
        manifest.poll_interval ? json::value(manifest.poll_interval->count()) : nullptr;
    return out;
}

json::object view(const connectors::ProcessFacts& process) {
    return {{"isolation", connectors::word(process.isolation)},
            {"state", connectors::word(process.state)},
            {"pid", process.pid != 0 ? json::value(process.pid) : nullptr},
            {"starts", process.starts},
            {"ends", process.ends},
            {"last_end",
             process.last_end.empty() ? json::value(nullptr) : json::value(process.last_end)}};
}

}  // namespace orderhub::http
