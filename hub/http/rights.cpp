#include "hub/http/rights.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace orderhub::http {

namespace {

using enum Role;

constexpr std::array kRoles{agent, supervisor, finance, operations, developer, reader, admin};

constexpr std::array<std::pair<Role, std::string_view>, 7> kRoleNames{
    {{agent, "agent"},
     {supervisor, "supervisor"},
     {finance, "finance"},
     {operations, "operator"},
     {developer, "connector-developer"},
     {reader, "read-only"},
     {admin, "admin"}}};

constexpr std::array kService{agent, supervisor, finance, operations, reader, admin};
constexpr std::array kAgents{agent, supervisor, admin};
constexpr std::array kDeciders{supervisor, finance, admin};
constexpr std::array kBooks{finance, operations, admin};
constexpr std::array kWatchers{operations, developer, admin};
constexpr std::array kOperators{operations, admin};
constexpr std::array kAuditors{supervisor, finance, operations, admin};
constexpr std::array kAdmins{admin};

constexpr std::array<RightOfRoles, 15> kRights{{
    {Right::signed_in, "signed-in",
     "See who one is and how the connectors are, sign out, change one's password", kRoles},
    {Right::read_service, "service.read",
     "See orders, customers, cases, their events, and how deliveries stand", kService},
    {Right::act_on_orders, "orders.act", "Preview and submit actions on orders", kAgents},
    {Right::link_cases, "cases.link", "Link a case to an order, confirm, reject, unlink", kAgents},
    {Right::join_customers, "customers.join", "Join and split customers", kAgents},
    {Right::erase_customers, "customers.erase", "Erase a customer's data, and see what was erased",
     kAdmins},
    {Right::decide_approvals, "approvals.decide", "Approve or decline what somebody else submitted",
     kDeciders},
    {Right::reconcile, "reconciliations.run",
     "Compare the hub with books, payments and storefronts", kBooks},
    {Right::read_operations, "operations.read",
     "See messages with their contents, imports, replays, subscriptions, the configuration",
     kWatchers},
    {Right::act_on_operations, "operations.act",
     "Retry, edit, park and drop work; import; replay; pause and reload connectors", kOperators},
    {Right::check_connectors, "connectors.check", "Ask an outside system whether it can be reached",
     kWatchers},
    {Right::manage_flows, "flows.manage", "Reload flows; cancel and retry their runs", kOperators},
    {Right::manage_subscriptions, "subscriptions.manage", "Say who is sent the events", kOperators},
    {Right::read_audit, "audit.read", "Read, search and export the audit log", kAuditors},
    {Right::manage_access, "access.manage", "Make and end users and tokens", kAdmins},
}};

}  // namespace

std::span<const RightOfRoles> rights() {
    return kRights;
}

std::span<const Role> roles() {
    return kRoles;
}

bool may(Role role, Right right) {
    if (right == Right::none) return true;
    const auto* row = std::ranges::find(kRights, right, &RightOfRoles::right);
    return row != kRights.end() && std::ranges::find(row->roles, role) != row->roles.end();
}

bool is_of_whole_hub(Right right) {
    return right == Right::reconcile || right == Right::manage_subscriptions ||
           right == Right::manage_access || right == Right::erase_customers;
}

std::string_view to_text(Right right) {
    const auto* row = std::ranges::find(kRights, right, &RightOfRoles::right);
    return row == kRights.end() ? std::string_view() : row->name;
}

std::string_view to_text(Role role) {
    return std::ranges::find(kRoleNames, role, &std::pair<Role, std::string_view>::first)->second;
}

std::string role_names() {
    std::string names;
    for (const auto& [role, name] : kRoleNames)
        names.append(names.empty() ? "" : ", ").append(name);
    return names;
}

std::optional<Role> role_of(std::string_view text) {
    const auto* row =
        std::ranges::find(kRoleNames, text, &std::pair<Role, std::string_view>::second);
    if (row == kRoleNames.end()) return std::nullopt;
    return row->first;
}

}  // namespace orderhub::http
