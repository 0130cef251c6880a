// The hub's own secrets under another key.
#include "hub/http/answer.hpp"
#include "hub/http/audit.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

Response rotate(const Parts& parts, Call& call) {
    if (!parts.rotate_secrets)
        return problem(409, "no_key", "This hub has no key to seal secrets with.");
    const auto state = parts.rotate_secrets();
    if (!state) return problem(state.error());
    return write_answer(parts.store, [&](store::Transaction& transaction) {
        note(parts, call, transaction, "secrets.rotated", {{"sealed", state->done}});
        return Result<json::object>(json::object{{"sealed", state->done}, {"left", state->left}});
    });
}

}  // namespace

void add_secret_routes(std::vector<Route>& routes, const Parts& parts) {
    adding(routes, parts)("POST", "/api/v1/secrets:rotate", Right::manage_access, rotate);
}

}  // namespace orderhub::http
