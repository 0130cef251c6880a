#include "hub/flows/refund_limit.hpp"

#include <algorithm>
#include <array>

namespace orderhub::flows {

namespace {

constexpr std::array kApprovers{"supervisor", "finance", "admin"};

/// Empty: there is none.
std::string limit_of(const servicing::Settings& settings, const std::string& role,
                     const domain::Currency& currency) {
    const auto limits = settings.refund_limits.find(role);
    if (limits == settings.refund_limits.end()) return {};
    const auto limit = limits->second.find(currency.code);
    return limit == limits->second.end() ? std::string() : limit->second;
}

bool is_over(const std::string& limit, domain::Minor refund, const domain::Currency& currency) {
    if (limit.empty()) return false;
    const auto most = domain::parse_decimal(limit, currency);
    return !most || refund > *most;
}

}  // namespace

std::optional<OverLimit> over_refund_limit(const servicing::Settings& settings,
                                           const std::string& role, domain::Minor refund,
                                           const domain::Currency& currency) {
    const std::string limit = limit_of(settings, role, currency);
    if (!is_over(limit, refund, currency)) return std::nullopt;
    const auto* approver = std::ranges::find_if(kApprovers, [&](const char* each) {
        return each != role && !is_over(limit_of(settings, each, currency), refund, currency);
    });
    return OverLimit{limit, approver == kApprovers.end() ? "admin" : *approver};
}

}  // namespace orderhub::flows
