#include "graphql_answer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace orderhub::vendure {
namespace {

constexpr std::uint64_t kMendPauseMs = 60'000;

sdk::Stop unreadable(sdk::Effect effect, std::string words) {
    return effect == sdk::Effect::read ? sdk::retry("bad_answer", std::move(words))
                                       : sdk::unknown("bad_answer", std::move(words));
}

bool says_json(const sdk::HttpResponse& response) {
    const std::string_view type = response.header("content-type");
    return type.empty() || type.find("json") != std::string_view::npos;
}

std::optional<json::object> parse_body(const sdk::HttpResponse& response) {
    if (!says_json(response)) return std::nullopt;
    json::error_code error;
    json::value body = json::parse(response.body, error);
    if (error || !body.is_object()) return std::nullopt;
    return std::move(body.get_object());
}

/// PostgreSQL, MySQL and SQLite when a transaction had to give way; it was rolled back and may be
/// repeated.
bool is_lock_conflict(std::string message) {
    std::transform(message.begin(), message.end(), message.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<std::string_view, 6> kSigns{
        "deadlock",  "could not serialize",   "lock timeout",
        "lock wait", "could not obtain lock", "database is locked"};
    return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
        return message.find(sign) != std::string::npos;
    });
}

struct Fault {
    std::string code;
    std::string message;
};

std::optional<Fault> first_fault(const json::object& body) {
    const json::array& errors = list_of(body, "errors");
    if (errors.empty()) return std::nullopt;
    const json::object& error = as_object(errors.front(), "errors");
    const json::object* extensions = object_of(error, "extensions");
    return Fault{std::string(extensions == nullptr ? "" : text_of(*extensions, "code")),
                 words_of(text_of(error, "message"))};
}

/// A fault without a code is an exception inside the shop, as INTERNAL_SERVER_ERROR is.
sdk::Stop stop_for_fault(const Fault& fault, sdk::Effect effect) {
    if (fault.code == "CHANNEL_NOT_FOUND")
        return sdk::retry("channel_not_found", fault.message, kMendPauseMs);
    if (!fault.code.empty() && fault.code != "INTERNAL_SERVER_ERROR") {
        std::string code = fault.code;
        std::transform(code.begin(), code.end(), code.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return sdk::rejected(std::move(code), fault.message);
    }
    if (effect == sdk::Effect::read) return sdk::retry("internal_error", fault.message);
    return sdk::unknown(is_lock_conflict(fault.message) ? "lock_conflict" : "internal_error",
                        fault.message);
}

}  // namespace

std::string words_of(std::string_view text) {
    return fit(text, 500);
}

Answer read_answer(const sdk::HttpResponse& response, sdk::Effect effect) {
    if (response.status == 401 || response.status == 403) return {true, {}};
    std::optional<json::object> body = parse_body(response);
    std::optional<Fault> fault;
    try {
        if (body) fault = first_fault(*body);
    } catch (const MappingError& thrown) {
        throw unreadable(effect, thrown.what());
    }
    if (!response.ok())
        throw sdk::stop_for_status(response, effect, fault ? fault->message : std::string());
    if (!body) throw unreadable(effect, "the shop's answer is not JSON");
    if (fault && fault->code == "FORBIDDEN") return {true, {}};
    if (fault) throw stop_for_fault(*fault, effect);
    const json::object* data = object_of(*body, "data");
    if (data == nullptr || data->size() != 1)
        throw unreadable(effect, "the shop's answer has no data");
    return {false, data->begin()->value()};
}

}  // namespace orderhub::vendure
