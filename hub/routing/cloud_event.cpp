#include "hub/routing/cloud_event.hpp"

#include <boost/json.hpp>

namespace orderhub::routing {

namespace {

namespace json = boost::json;

constexpr std::size_t kSequenceDigits = 19;

/// Sorts as text as it does as a number, which the extension asks for.
std::string padded(std::int64_t sequence) {
    const auto digits = std::to_string(sequence);
    return std::string(kSequenceDigits - digits.size(), '0') + digits;
}

json::object attributes(const JournalLine& line, const std::string& source) {
    json::object event{{"specversion", "1.0"}, {"id", line.id},
                       {"source", source},     {"type", line.type},
                       {"time", line.at},      {"datacontenttype", "application/json"}};
    const auto& subject = line.order_id.empty() ? line.case_id : line.order_id;
    if (!subject.empty()) event["subject"] = subject;
    if (line.sequence > 0) event["sequence"] = padded(line.sequence);
    if (!line.order_id.empty()) event["orderid"] = line.order_id;
    if (!line.case_id.empty()) event["caseid"] = line.case_id;
    if (!line.actor.empty()) event["actor"] = line.actor;
    if (!line.trace.empty()) event["traceid"] = line.trace;
    return event;
}

}  // namespace

std::string cloud_event(const JournalLine& line, const std::string& source, std::size_t max_bytes) {
    auto event = attributes(line, source);
    if (line.data.size() <= max_bytes) {
        boost::system::error_code error;
        auto data = json::parse(line.data, error);
        event["data"] = error ? json::value(json::object{}) : std::move(data);
        auto text = json::serialize(event);
        if (text.size() <= max_bytes) return text;
        event.erase("data");
    }
    event["dataref"] =
        source + "/api/v1/events?after=" + std::to_string(line.sequence - 1) + "&limit=1";
    return json::serialize(event);
}

}  // namespace orderhub::routing
