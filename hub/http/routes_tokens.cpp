#include "hub/http/access.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/tokens.hpp"

namespace orderhub::http {

Result<boost::json::object> create_token(store::Transaction& transaction,
                                         const servicing::MakeId& make_id, std::int64_t now_ms,
                                         const std::string& name, const std::string& role) {
    if (name.empty() || !role_of(role))
        return fail(ErrorKind::Invalid, "bad_token",
                    "A token has a name and a role: " + role_names() + ".", "/role");
    const auto secret = make_token_secret();
    const store::ApiToken token{make_id("tk"), name, role, sha256_hex(secret), rfc3339(now_ms)};
    transaction.save_token(token);
    return boost::json::object{{"id", token.id},
                               {"name", token.name},
                               {"role", token.role},
                               {"created_at", token.created_at},
                               {"token", secret}};
}

void add_token_routes(std::vector<Route>& routes, const Parts& parts) {
    routes.push_back(route("GET", "/api/v1/me", Right::read_service, [](Call& call) {
        boost::json::array mine;
        for (const auto& each : rights())
            if (may(call.caller.role, each.right)) mine.emplace_back(each.name);
        return json_answer({{"name", call.caller.name},
                            {"role", to_text(call.caller.role)},
                            {"rights", std::move(mine)}});
    }));
    routes.push_back(
        route("POST", "/api/v1/tokens", Right::manage_access, [&parts](Call& call) -> Response {
            const auto body = read_body(call.request, "TokenInput");
            if (!body) return body.error();
            const std::string name(body->at("name").as_string());
            const std::string role(body->at("role").as_string());
            auto answer = write_answer(parts.store, [&](store::Transaction& transaction) {
                return create_token(transaction, parts.make_id, parts.now_ms(), name, role);
            });
            if (answer.status == 200) answer.status = 201;
            return answer;
        }));
}

}  // namespace orderhub::http
