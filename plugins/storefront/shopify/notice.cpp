#include "notice.hpp"

#include "client.hpp"

namespace orderhub::shopify {
namespace {

std::optional<std::string> number_at(const Json& from, std::string_view key) {
    const Json& value = from[key];
    if (!value.is_number() && !value.is_text()) return std::nullopt;
    const std::string& digits = value.text_or_digits();
    const bool is_number = !digits.empty() && digits.size() <= 20 &&
                           digits.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? std::optional(digits) : std::nullopt;
}

}  // namespace

std::optional<std::string> order_of_notice(std::string_view body) {
    const Json json = Json::parse(body);
    if (!json.is_object()) throw sdk::JsonError("the message is no object");
    if (auto number = number_at(json["order_edit"], "order_id")) return number;
    if (auto number = number_at(json, "order_id")) return number;
    if (auto number = number_at(json["order"], "id")) return number;
    const Json& gid = json["admin_graphql_api_id"];
    const bool is_order = gid.is_text() && gid.text().starts_with(to_gid("Order", ""));
    return is_order ? number_at(json, "id") : std::nullopt;
}

}  // namespace orderhub::shopify
