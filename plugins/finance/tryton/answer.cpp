#include "answer.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

// Tryton hands the database's own words on. All of them mean that the transaction was rolled back
// and that the same call may succeed a moment later.
constexpr std::array<std::string_view, 9> kTransient{
    "could not obtain lock on row", "could not serialize access",   "deadlock detected",
    "canceling statement due to",   "server closed the connection", "terminating connection",
    "connection already closed",    "remaining connection slots",   "database is locked",
};

// The user's language changes the sentences of Tryton but not of PostgreSQL, so these are safe to
// compare.
bool is_transient(std::string_view words) {
    return std::ranges::any_of(kTransient, [&](std::string_view each) {
        return words.find(each) != std::string_view::npos;
    });
}

std::string_view text_at(const json::array& array, std::size_t index) {
    const json::value* found = array.if_contains(index);
    return found && found->is_string() ? std::string_view(found->get_string()) : std::string_view{};
}

std::string details(const json::array& error, std::size_t index) {
    const json::value* found = error.if_contains(1);
    if (!found) return {};
    const std::string_view words =
        found->is_array() ? text_at(found->get_array(), index) : text_at(error, 1);
    return std::string(shortened(words));
}

sdk::Stop not_understood(sdk::Effect effect, std::string words) {
    return effect == sdk::Effect::read ? sdk::retry("bad_answer", std::move(words))
                                       : sdk::unknown("bad_answer", std::move(words));
}

json::object parse_object(const sdk::HttpResponse& response, sdk::Effect effect) {
    if (!response.header("content-type").starts_with("application/json"))
        throw not_understood(effect, "Tryton answered something else than JSON");
    json::error_code failed;
    json::value parsed = json::parse(response.body, failed);
    if (failed || !parsed.is_object())
        throw not_understood(effect, "Tryton answered JSON that cannot be read");
    return std::move(parsed.get_object());
}

}  // namespace

std::string_view shortened(std::string_view text, std::size_t limit) {
    if (text.size() > limit) {
        while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
            --limit;
        text = text.substr(0, limit);
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

sdk::Stop stop_for_error(const json::value& error) {
    const json::array none;
    const json::array& parts = error.is_array() ? error.get_array() : none;
    const std::string_view kind = text_at(parts, 0);
    if (kind == "UserError") return sdk::rejected("refused", details(parts, 0));
    if (kind == "UserWarning") return sdk::rejected("needs_confirmation", details(parts, 1));
    if (kind == "ConcurrencyException") return sdk::retry("busy", details(parts, 0));
    if (kind == "LoginException")
        return sdk::retry("unauthorized", "Tryton wants another login: " + details(parts, 1),
                          60'000);
    if (is_transient(kind)) return sdk::retry("busy", std::string(shortened(kind)));
    return sdk::rejected("tryton_error", kind.empty() ? "Tryton reported an error without words"
                                                      : std::string(shortened(kind)));
}

json::value result_of(const sdk::HttpResponse& response, sdk::Effect effect) {
    if (response.status == 403)
        throw sdk::rejected("forbidden", "Tryton does not allow this user the call (403)");
    if (response.status == 404)
        throw sdk::rejected("not_found", "there is no such Tryton database at that address (404)");
    if (!response.ok()) throw sdk::stop_for_status(response, effect);
    json::object answer = parse_object(response, effect);
    if (const json::value* error = answer.if_contains("error")) throw stop_for_error(*error);
    if (json::value* result = answer.if_contains("result")) return std::move(*result);
    throw not_understood(effect, "Tryton's answer has neither result nor error");
}

}  // namespace orderhub::tryton
