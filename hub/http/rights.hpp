// Who may do what: the rights that routes ask for, and the roles that have them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace orderhub::http {

/// What a person or a program is in the company.
enum class Role { agent, supervisor, finance, operations, developer, reader, admin };

/// What a route asks for. `none`: the route answers anybody.
enum class Right {
    none,
    signed_in,  ///< any role
    read_service,
    act_on_orders,
    link_cases,
    join_customers,
    erase_customers,
    decide_approvals,
    reconcile,
    read_operations,
    act_on_operations,
    check_connectors,
    manage_flows,
    manage_subscriptions,
    read_audit,
    manage_access,
};

/// One line of the table of rights.
struct RightOfRoles {
    Right right;
    std::string_view name;     ///< stable, for programs: "orders.act"
    std::string_view meaning;  ///< for a person
    std::span<const Role> roles;
};

/// Every right but `none`, in the order of the enumeration.
std::span<const RightOfRoles> rights();
std::span<const Role> roles();

bool may(Role role, Right right);

/// Whether all that it allows concerns the whole hub, so that it is of no use to callers who are
/// limited to some storefronts or desks.
bool is_of_whole_hub(Right right);

/// "orders.act"; empty for none.
std::string_view to_text(Right right);
/// "connector-developer".
std::string_view to_text(Role role);
std::optional<Role> role_of(std::string_view text);
/// All of them, for a message: "agent, supervisor, ...".
std::string role_names();

}  // namespace orderhub::http
