#include "hub/runtime/config_servicing.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "hub/domain/money.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

/// "12.5" gives 1250.
std::int64_t hundredths(std::string_view percent) {
    constexpr std::size_t kDecimals = 2;
    std::int64_t value = 0;
    std::size_t decimals = 0;
    bool after_point = false;
    for (const char c : percent) {
        if (c == '.') {
            after_point = true;
            continue;
        }
        value = value * 10 + (c - '0');
        if (after_point) ++decimals;
    }
    for (; decimals < kDecimals; ++decimals)
        value *= 10;
    return value;
}

void read_percent(const json::object& object, std::string_view key, std::int64_t& value) {
    if (const auto* text = object.if_contains(key)) value = hundredths(text->as_string());
}

std::vector<std::string> texts_at(const json::object& object, std::string_view key) {
    std::vector<std::string> texts;
    if (const auto* list = object.if_contains(key))
        for (const auto& text : list->as_array())
            texts.emplace_back(text.as_string());
    return texts;
}

domain::Policy read_policy(const json::object& object) {
    domain::Policy policy;
    if (const auto* conditions = object.if_contains("conditions")) {
        policy.conditions.clear();
        for (const auto& [condition, percent] : conditions->as_object())
            policy.conditions.emplace(condition, hundredths(percent.as_string()));
    }
    policy.refund_first = texts_at(object, "refund_first");
    policy.refund_last = texts_at(object, "refund_last");
    policy.appeasement_reasons = texts_at(object, "appeasement_reasons");
    return policy;
}

void read_limits(const json::object& object, GiftLimitsByRole& limits) {
    for (const auto& [role, value] : object) {
        servicing::GiftLimits& of_role = limits.find(std::string_view(role))->second;
        read_percent(value.as_object(), "goodwill", of_role.goodwill);
        read_percent(value.as_object(), "appeasement", of_role.appeasement);
    }
}

/// An amount must be one of its currency: "100.00" for USD, "100" for JPY.
void read_refund_limits(const YamlFile& file, const json::object& object,
                        RefundLimitsByRole& limits, std::vector<Complaint>& complaints) {
    for (const auto& [role, of_role] : object)
        for (const auto& [code, amount] : of_role.as_object()) {
            const std::string_view text = amount.as_string();
            const auto currency = domain::currency(code);
            if (const auto minor = currency ? domain::parse_decimal(text, *currency)
                                            : Result<domain::Minor>(domain::Minor{});
                !minor)
                complaints.push_back(file.complaint(
                    "/servicing/refund_limits/" + std::string(role) + "/" + std::string(code),
                    minor.error().message));
            limits[std::string(role)][std::string(code)] = text;
        }
}

void check_methods(const YamlFile& file, const domain::Policy& policy,
                   std::vector<Complaint>& complaints) {
    for (std::size_t i = 0; i < policy.refund_last.size(); ++i) {
        const std::string& method = policy.refund_last[i];
        if (std::ranges::find(policy.refund_first, method) == policy.refund_first.end()) continue;
        complaints.push_back(
            file.complaint("/servicing/refund_last/" + std::to_string(i),
                           method + " is in refund_first too; a method gets money back before or "
                                    "after others, not both"));
    }
}

}  // namespace

ServicingConfig read_servicing(const YamlFile& file, std::vector<Complaint>& complaints) {
    ServicingConfig config;
    const auto* value = file.value().as_object().if_contains("servicing");
    if (!value) return config;
    const auto& object = value->as_object();
    config.policy = read_policy(object);
    check_methods(file, config.policy, complaints);
    if (const auto* limits = object.if_contains("gift_limits"))
        read_limits(limits->as_object(), config.gift_limits);
    if (const auto* limits = object.if_contains("refund_limits"))
        read_refund_limits(file, limits->as_object(), config.refund_limits, complaints);
    return config;
}

}  // namespace orderhub::runtime
