#include "recording.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <fstream>

namespace orderhub::kit {
namespace {

constexpr std::string_view kPeer = "{{peer}}";

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The first words of a GraphQL document: "query Order".
std::string first_words(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \n"), text.size());
    return std::string(
        text.substr(begin, std::min(text.find_first_of("({", begin), text.size()) - begin));
}

std::string operation_of(const std::string& body) {
    json::error_code error;
    const json::value parsed = json::parse(body, error);
    if (error || !parsed.is_object()) return {};
    const std::string query = text_at(parsed.get_object(), "query");
    return query.empty() ? text_at(parsed.get_object(), "method") : first_words(query);
}

RecordedExchange exchange_of(const json::object& request, const json::object& response) {
    RecordedExchange made;
    made.method = text_at(request, "method");
    const std::string url = text_at(request, "url");
    const std::size_t host = url.starts_with(kPeer) ? 0 : url.find("//") + 2;
    const std::size_t path = std::min(url.find('/', host), url.size());
    made.origin = url.substr(0, path);
    made.path = url.substr(path, std::min(url.find('?', path), url.size()) - path);
    made.operation = operation_of(text_at(request, "body"));
    made.was_answered = text_at(response, "outcome") == "answered";
    made.status = static_cast<int>(response.at("status").as_int64());
    for (const json::value& header : response.at("headers").as_array())
        made.headers[std::string(header.at(0).as_string())] = header.at(1).as_string();
    made.body = text_at(response, "body");
    return made;
}

void take_line(Recording& recording, const json::object& line) {
    if (const auto* config = line.if_contains("config")) recording.config = config->as_object();
    if (const auto* secrets = line.if_contains("secrets"))
        for (const json::value& key : secrets->as_array())
            recording.secrets.emplace(key.as_string());
    if (const auto* call = line.if_contains("call"))
        recording.calls.push_back({call->as_object(), {}, {}, {}});
    if (recording.calls.empty()) return;
    RecordedCall& current = recording.calls.back();
    if (const auto* request = line.if_contains("request"))
        current.exchanges.push_back(
            exchange_of(request->as_object(), line.at("response").as_object()));
    if (const auto* end = line.if_contains("came_to")) {
        current.outcome = text_at(end->as_object(), "outcome");
        for (const json::value& record : end->at("records").as_array())
            current.records.insert(std::string(record.at(0).as_string()) + " " +
                                   std::string(record.at(1).as_string()));
    }
}

Exchange as_exchange(const RecordedExchange& recorded, const std::string& call,
                     const std::string& used) {
    Exchange made;
    made.name =
        recorded.method + " " + recorded.path + " " + recorded.operation + " (" + used + ")";
    made.request.method = recorded.method;
    made.request.path = recorded.path;
    if (!recorded.operation.empty()) made.request.text = "*" + recorded.operation + "*";
    made.when = {call, "!" + used};
    made.effect = used;
    made.response.status = recorded.status;
    for (const auto& [name, value] : recorded.headers)
        if (name != "content-length" && name != "transfer-encoding" && name != "connection")
            made.response.headers[name] = value;
    made.response.text = recorded.body;
    return made;
}

}  // namespace

Result<Recording> read_recording(const std::string& folder) {
    const std::string path = folder + "/recording.jsonl";
    std::ifstream file(path);
    if (!file) return fail(ErrorKind::Invalid, "bad_recording", path + ": the file cannot be read");
    Recording recording;
    std::string text;
    for (int number = 1; std::getline(file, text); ++number) {
        json::error_code error;
        const json::value line = json::parse(text, error);
        try {
            if (!error) take_line(recording, line.as_object());
        } catch (const std::exception&) {
            error = json::error::syntax;
        }
        if (error)
            return fail(ErrorKind::Invalid, "bad_recording",
                        path + ":" + std::to_string(number) + ": not a line of a recording");
    }
    return recording;
}

Script script_of(const Recording& recording) {
    Script script;
    script.config = recording.config;
    script.configured_secrets = recording.secrets;
    for (std::size_t i = 0; i < recording.calls.size(); ++i) {
        const std::string call = "call_" + std::to_string(i);
        int number = 0;
        for (const RecordedExchange& each : recording.calls[i].exchanges) {
            if (!each.was_answered) continue;
            if (!each.origin.starts_with(kPeer))
                script.redirect.push_back(each.origin.substr(each.origin.find("//") + 2));
            script.exchanges.push_back(
                as_exchange(each, call, call + "_" + std::to_string(++number)));
        }
    }
    return script;
}

}  // namespace orderhub::kit
