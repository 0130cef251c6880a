#include <boost/json/array.hpp>

#include "hub/http/access.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/audit.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"
#include "hub/http/tokens.hpp"

namespace orderhub::http {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

json::object shown(const store::ApiToken& token) {
    return {{"id", token.id},
            {"name", token.name},
            {"role", token.role},
            {"scope", scope_view(token.scope)},
            {"created_at", token.created_at},
            {"expires_at", token.expires_at_ms == 0 ? json::value(nullptr)
                                                    : json::value(rfc3339(token.expires_at_ms))}};
}

Response add_token(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "TokenInput");
    if (!body) return body.error();
    const std::string name(body->at("name").as_string());
    const std::string role(body->at("role").as_string());
    const auto* days = body->if_contains("days");
    const std::int64_t now = parts.now_ms();
    const std::int64_t expires_at = days ? now + days->to_number<std::int64_t>() * kDayMs : 0;
    const auto* limits = body->if_contains("scope");
    const auto scope = limits ? read_scope(limits->as_object()) : domain::Scope{};
    if (const auto good = check_scope(parts.host, scope); !good) return problem(good.error());
    auto answer = write_answer(parts.store, [&](store::Transaction& transaction) {
        auto made = create_token(transaction, parts.make_id, now, {name, role, expires_at, scope});
        if (made)
            note(parts, call, transaction, "token.created",
                 {{"token", made->at("id")},
                  {"name", name},
                  {"role", role},
                  {"scope", scope_view(scope)}});
        return made;
    });
    if (answer.status == 200) answer.status = 201;
    return answer;
}

Response list_tokens(const Parts& parts, Call& call) {
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        json::array all;
        for (const auto& token : transaction.tokens())
            all.push_back(shown(token));
        return Result<json::object>(json::object{{"tokens", std::move(all)}});
    });
}

Response end_token(const Parts& parts, Call& call) {
    return write_answer(parts.store, [&](store::Transaction& transaction) -> Result<json::object> {
        const std::string id(call.parameter("id"));
        if (!transaction.delete_token(id))
            return fail(ErrorKind::NotFound, "not_found", "There is no such token.");
        note(parts, call, transaction, "token.ended", {{"token", id}});
        return json::object{{"id", id}, {"ended", true}};
    });
}

}  // namespace

Result<json::object> create_token(store::Transaction& transaction, const servicing::MakeId& make_id,
                                  std::int64_t now_ms, const NewToken& wanted) {
    if (wanted.name.empty() || !role_of(wanted.role))
        return fail(ErrorKind::Invalid, "bad_token",
                    "A token has a name and a role: " + role_names() + ".", "/role");
    const auto secret = make_token_secret();
    const store::ApiToken token{make_id("tk"),      wanted.name,     wanted.role,
                                sha256_hex(secret), rfc3339(now_ms), wanted.expires_at_ms,
                                wanted.scope};
    transaction.save_token(token);
    auto document = shown(token);
    document["token"] = secret;
    return document;
}

void add_token_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/tokens", Right::manage_access, list_tokens);
    add("POST", "/api/v1/tokens", Right::manage_access, add_token);
    add("DELETE", "/api/v1/tokens/{id}", Right::manage_access, end_token);
}

}  // namespace orderhub::http
