#include <boost/json/array.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/audit.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/passwords.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"
#include "hub/http/users.hpp"

namespace orderhub::http {

namespace json = boost::json;

namespace {

std::string text_or(const json::object& body, std::string_view key, std::string_view otherwise) {
    const auto* value = body.if_contains(key);
    return std::string(value ? std::string_view(value->as_string()) : otherwise);
}

/// As the body says.
domain::Scope scope_of(const json::object& body, domain::Scope before = {}) {
    const auto* scope = body.if_contains("scope");
    return scope ? read_scope(scope->as_object(), std::move(before)) : before;
}

Response list_users(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        json::array all;
        for (const auto& user : transaction.users())
            all.push_back(shown(user));
        return Result<json::object>(json::object{{"users", std::move(all)}});
    });
}

Response add_user(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "UserInput");
    if (!body) return body.error();
    const NewUser fresh{text_or(*body, "name", ""), text_or(*body, "full_name", ""),
                        text_or(*body, "role", ""), text_or(*body, "password", ""),
                        scope_of(*body)};
    if (const auto good = check_scope(parts.host, fresh.scope); !good) return problem(good.error());
    if (const auto good = check_password(fresh.password); !good) return problem(good.error());
    const auto hash = hash_password(fresh.password);
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) {
        auto made = create_user(transaction, parts.make_id, parts.now_ms(), fresh, hash);
        if (made)
            note(parts, call, transaction, "user.created",
                 {{"user", made->at("id")},
                  {"name", fresh.name},
                  {"role", fresh.role},
                  {"scope", scope_view(fresh.scope)}});
        return made;
    });
    if (answer.status == 200) answer.status = 201;
    return answer;
}

/// The last admin without limits cannot be taken away: nobody could make another one.
Result<void> keep_an_admin(store::Transaction& transaction, const store::User& changed) {
    const auto counts = [](const store::User& user) {
        return user.active && user.role == "admin" && !user.scope.is_limited();
    };
    if (counts(changed)) return {};
    for (const auto& user : transaction.users())
        if (user.id != changed.id && counts(user)) return {};
    const auto before = transaction.user(changed.id);
    if (!before || !counts(*before)) return {};
    return fail(ErrorKind::Conflict, "last_admin", "This is the last admin who can sign in.");
}

Result<json::object> change(const Parts& parts, const Call& call, const json::object& body,
                            const std::string& hash, store::Transaction& transaction) {
    auto user = transaction.user(call.parameter("id"));
    if (!user) return fail(ErrorKind::NotFound, "not_found", "There is no such user.");
    if (!user->issuer.empty() &&
        (body.contains("role") || body.contains("full_name") || !hash.empty()))
        return fail(ErrorKind::Conflict, "kept_by_provider",
                    "Name and role of this user come from the provider that vouches for them.");
    const bool is_limited_by_provider =
        parts.provider && !parts.provider->settings().limits.empty();
    if (!user->issuer.empty() && body.contains("scope") && is_limited_by_provider)
        return fail(ErrorKind::Conflict, "kept_by_provider",
                    "The storefronts and desks of this user come from the provider's groups.");
    const auto before = shown(*user);
    user->scope = scope_of(body, std::move(user->scope));
    user->full_name = text_or(body, "full_name", user->full_name);
    user->role = text_or(body, "role", user->role);
    if (const auto* active = body.if_contains("active")) user->active = active->as_bool();
    if (!hash.empty()) user->password_hash = hash;
    ORDERHUB_TRY(keep_an_admin(transaction, *user));
    transaction.save_user(*user);
    if (!user->active || !hash.empty()) transaction.delete_sessions_of(user->id);
    note(parts, call, transaction, "user.changed",
         {{"user", user->id},
          {"before", before},
          {"after", shown(*user)},
          {"password_changed", !hash.empty()}});
    return shown(*user);
}

Response change_user(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "UserChange");
    if (!body) return body.error();
    if (const auto good = check_scope(parts.host, scope_of(*body)); !good)
        return problem(good.error());
    std::string hash;
    if (const auto* password = body->if_contains("password")) {
        if (const auto good = check_password(password->as_string()); !good)
            return problem(good.error());
        hash = hash_password(password->as_string());
    }
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        return change(parts, call, *body, hash, transaction);
    });
}

Response sign_user_out(const Parts& parts, Call& call) {
    return write_answer(parts.store, [&](store::Transaction& transaction) -> Result<json::object> {
        const auto user = transaction.user(call.parameter("id"));
        if (!user) return fail(ErrorKind::NotFound, "not_found", "There is no such user.");
        transaction.delete_sessions_of(user->id);
        note(parts, call, transaction, "user.signed_out",
             {{"user", user->id}, {"everywhere", true}});
        return shown(*user);
    });
}

}  // namespace

json::object shown(const store::User& user) {
    json::object out{{"id", user.id},
                     {"name", user.name},
                     {"full_name", user.full_name},
                     {"role", user.role},
                     {"scope", scope_view(user.scope)},
                     {"active", user.active},
                     {"issuer", nullptr},
                     {"created_at", user.created_at}};
    if (!user.issuer.empty()) out["issuer"] = user.issuer;
    return out;
}

Result<json::object> create_user(store::Transaction& transaction, const servicing::MakeId& make_id,
                                 std::int64_t now_ms, const NewUser& user,
                                 const std::string& password_hash) {
    if (user.name.empty() || user.name.size() > 64 || !role_of(user.role))
        return fail(ErrorKind::Invalid, "bad_user",
                    "A user has a name of 1 to 64 bytes and a role: " + role_names() + ".",
                    "/role");
    if (transaction.user_by_name(user.name))
        return fail(ErrorKind::Conflict, "name_taken", "There is a user of this name.", "/name");
    store::User row{
        make_id("us"),  user.name,     user.full_name.empty() ? user.name : user.full_name,
        user.role,      password_hash, true,
        rfc3339(now_ms)};
    row.scope = user.scope;
    transaction.save_user(row);
    return shown(row);
}

void add_user_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/users", Right::manage_access, list_users);
    add("POST", "/api/v1/users", Right::manage_access, add_user);
    add("PATCH", "/api/v1/users/{id}", Right::manage_access, change_user);
    add("POST", "/api/v1/users/{id}:sign-out", Right::manage_access, sign_user_out);
}

}  // namespace orderhub::http
