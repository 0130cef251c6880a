#include "hub/http/input.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <optional>

#include "hub/http/openapi.hpp"
#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxText = 320;
constexpr std::size_t kMaxKey = 255;

std::unexpected<Response> bad_parameter(std::string_view name, std::string_view rule) {
    return std::unexpected(problem(400, "bad_parameter",
                                   "The parameter " + std::string(name) + " " + std::string(rule)));
}

std::optional<std::int64_t> to_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

Checked<json::object> read_body(const Request& request, std::string_view schema) {
    const auto type = request.header("content-type");
    if (type.substr(0, type.find(';')) != "application/json")
        return std::unexpected(problem(415, "not_json", "Send Content-Type: application/json."));
    json::parse_options options;
    options.max_depth = kMaxDepth;
    json::error_code error;
    const auto value = json::parse(request.body, error, {}, options);
    if (error)
        return std::unexpected(
            problem(400, "bad_json", "The body cannot be read as JSON: " + error.message() + "."));
    if (const auto checked = check_against(schema, value); !checked)
        return std::unexpected(problem(400, "bad_body", checked.error().message,
                                       {{checked.error().field, checked.error().message}}));
    return value.as_object();
}

Checked<void> only_parameters(const Target& target, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : target.query)
        if (std::ranges::find(known, name) == known.end())
            return bad_parameter(name, "is not known here.");
    return {};
}

Checked<std::int64_t> number_parameter(const Target& target, std::string_view name,
                                       std::int64_t otherwise, std::int64_t low,
                                       std::int64_t high) {
    const auto text = target.parameter(name);
    if (!text) return otherwise;
    const auto number = to_number(*text);
    if (!number || *number < low || *number > high)
        return bad_parameter(name, "must be a whole number from " + std::to_string(low) + " to " +
                                       std::to_string(high) + ".");
    return *number;
}

Checked<std::string> word_parameter(const Target& target, std::string_view name,
                                    std::span<const std::string_view> allowed) {
    const auto text = target.parameter(name);
    if (!text) return std::string();
    if (std::ranges::find(allowed, *text) != allowed.end()) return std::string(*text);
    std::string list;
    for (const auto word : allowed)
        list += (list.empty() ? "" : ", ") + std::string(word);
    return bad_parameter(name, "must be one of " + list + ".");
}

Checked<std::string> text_parameter(const Target& target, std::string_view name) {
    const auto text = target.parameter(name).value_or("");
    if (text.size() > kMaxText) return bad_parameter(name, "is too long.");
    return std::string(text);
}

namespace {

std::unexpected<Response> bad_if_match() {
    return std::unexpected(
        problem(400, "bad_if_match", "If-Match must be the ETag of the order, in double quotes."));
}

}  // namespace

Checked<std::int64_t> if_match(const Request& request) {
    const auto versions = if_match_preview(request);
    if (!versions) return std::unexpected(versions.error());
    if (versions->flow != 0) return bad_if_match();
    return versions->order;
}

Checked<PreviewVersions> if_match_preview(const Request& request) {
    auto text = request.header("if-match");
    if (text.empty()) return PreviewVersions{};
    if (text.size() < 3 || text.front() != '"' || text.back() != '"') return bad_if_match();
    text = text.substr(1, text.size() - 2);
    const auto dot = text.find('.');
    const auto order = to_number(text.substr(0, dot));
    const auto flow =
        dot == text.npos ? std::optional<std::int64_t>(0) : to_number(text.substr(dot + 1));
    if (!order || *order < 1 || !flow || *flow < 0) return bad_if_match();
    return PreviewVersions{*order, *flow};
}

Checked<std::string> idempotency_key(const Request& request) {
    const auto key = request.header("idempotency-key");
    const bool printable = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 127; });
    if (key.empty() || key.size() > kMaxKey || !printable)
        return std::unexpected(
            problem(400, "idempotency_key_required",
                    "Send Idempotency-Key: 1 to 255 printable characters, fresh for each action."));
    return std::string(key);
}

}  // namespace orderhub::http
