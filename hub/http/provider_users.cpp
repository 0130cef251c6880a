#include "hub/http/provider_users.hpp"

#include "hub/http/audit.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/scope.hpp"
#include "hub/http/users.hpp"

namespace orderhub::http {

namespace {

/// The name that the provider tells, with a number if it is another user's.
std::string free_name(store::Transaction& transaction, const std::string& wanted) {
    if (!transaction.user_by_name(wanted)) return wanted;
    for (int number = 2;; ++number) {
        auto name = wanted + " (" + std::to_string(number) + ")";
        if (!transaction.user_by_name(name)) return name;
    }
}

store::User make_user(const Parts& parts, Call& call, store::Transaction& transaction,
                      const identity::Person& person) {
    store::User user{parts.make_id("us"),
                     free_name(transaction, person.name),
                     person.full_name,
                     person.role,
                     "",
                     true,
                     rfc3339(parts.now_ms()),
                     parts.provider->settings().issuer,
                     person.subject,
                     person.scope.value_or(domain::Scope{})};
    transaction.save_user(user);
    call.caller.name = user.name;
    note(parts, call, transaction, "user.created",
         {{"user", user.id},
          {"name", user.name},
          {"role", user.role},
          {"scope", scope_view(user.scope)},
          {"issuer", user.issuer}});
    return user;
}

void bring_up_to_date(const Parts& parts, Call& call, store::Transaction& transaction,
                      store::User& user, const identity::Person& person) {
    const auto scope = person.scope.value_or(user.scope);
    if (user.full_name == person.full_name && user.role == person.role && user.scope == scope)
        return;
    const auto before = shown(user);
    user.scope = scope;
    user.full_name = person.full_name;
    user.role = person.role;
    transaction.save_user(user);
    note(parts, call, transaction, "user.changed",
         {{"user", user.id}, {"before", before}, {"after", shown(user)}});
}

}  // namespace

Admitted admit(const Parts& parts, Call& call, store::Transaction& transaction,
               const identity::Person& person) {
    auto user = transaction.user_by_identity(parts.provider->settings().issuer, person.subject);
    if (user) call.caller.name = user->name;
    if (user && !user->active) return {std::nullopt, "switched_off"};
    if (person.role.empty()) {
        if (!user) return {std::nullopt, "no_role"};
        transaction.delete_sessions_of(user->id);
        note(parts, call, transaction, "user.signed_out",
             {{"user", user->id}, {"everywhere", true}});
        return {std::nullopt, "no_role"};
    }
    if (!user) return {make_user(parts, call, transaction, person), {}};
    bring_up_to_date(parts, call, transaction, *user, person);
    return {std::move(user), {}};
}

}  // namespace orderhub::http
