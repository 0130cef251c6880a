#include "hub/http/provider_sign_in.hpp"

#include <exception>
#include <memory>
#include <string>

#include "hub/http/audit.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/provider_users.hpp"
#include "hub/http/sessions.hpp"

namespace orderhub::http {

namespace {

constexpr std::size_t kThreads = 2;
constexpr std::size_t kMostWaiting = 32;

/// The prefix keeps a neighbouring host of the same domain from setting the cookie.
std::string_view attempt_cookie_name(const Request& request) {
    return request.secure ? "__Host-orderhub_sign_in" : "orderhub_sign_in";
}

/// Lax, for it must come along when the provider sends the browser back. Empty: its end.
connectors::Header attempt_cookie(const Request& request, std::string_view value) {
    std::string text(attempt_cookie_name(request));
    text.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=");
    text += value.empty() ? "0" : std::to_string(identity::kAttemptMs / 1000);
    if (request.secure) text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

Response to_page(const std::string& address) {
    Response answer{302, "", "text/plain", {{"Location", address}}};
    answer.headers.push_back({"Referrer-Policy", "no-referrer"});
    return answer;
}

/// The sign-in page has the words for it.
Response refused(const Request& request, std::string_view why) {
    auto answer = to_page("/?sign_in_refused=" + std::string(why));
    answer.headers.push_back(attempt_cookie(request, ""));
    return answer;
}

Response busy() {
    return problem(
        fail(ErrorKind::Unavailable, "busy", "Too many people sign in; try again.").error());
}

std::string_view word_for(const Error& error) {
    if (error.kind == ErrorKind::Unavailable) return "unavailable";
    return error.code == "bad_state" || error.code == "code_refused" ? "expired" : "failed";
}

}  // namespace

ProviderSignIn::ProviderSignIn(const Parts& parts) : parts_(parts), pool_(kThreads, kMostWaiting) {}

void ProviderSignIn::add_routes(std::vector<Route>& routes) {
    add(routes, kProviderPath, &ProviderSignIn::begin);
    add(routes, "/api/v1/session/oidc/callback", &ProviderSignIn::finish);
}

void ProviderSignIn::add(std::vector<Route>& routes, std::string_view pattern, Answer answer) {
    const auto run = [this, pattern, answer](Call call) {
        const auto respond = call.respond;
        auto waiting = std::make_shared<Call>(std::move(call));
        const bool taken = pool_.submit([this, pattern, answer, waiting] {
            try {
                waiting->respond((this->*answer)(*waiting));
            } catch (const std::exception& error) {
                parts_.log_error("request failed: GET " + std::string(pattern) + ": " +
                                 error.what());
                waiting->respond(
                    problem(500, "internal", "The request failed inside the hub; see its log."));
            }
        });
        if (!taken) respond(busy());
    };
    routes.push_back({"GET", pattern, Right::none, run, true});
}

Response ProviderSignIn::begin(Call& call) {
    if (!parts_.provider)
        return problem(404, "no_provider", "No provider to sign in with is configured.");
    const auto attempt =
        identity::begin_attempt(call.target.parameter("to").value_or("/"), parts_.now_ms());
    const auto address = parts_.provider->authorization_url(attempt);
    if (!address) {
        parts_.log_error("sign-in: " + address.error().message);
        return refused(call.request, "unavailable");
    }
    auto answer = to_page(*address);
    answer.headers.push_back(attempt_cookie(
        call.request, identity::seal_attempt(attempt, parts_.provider->settings().client_secret)));
    return answer;
}

Response ProviderSignIn::finish(Call& call) {
    if (!parts_.provider)
        return problem(404, "no_provider", "No provider to sign in with is configured.");
    const auto parameter = [&](std::string_view name) {
        return call.target.parameter(name).value_or("");
    };
    const auto attempt =
        identity::open_attempt(cookie_of(call.request, attempt_cookie_name(call.request)),
                               parts_.provider->settings().client_secret, parts_.now_ms());
    if (!attempt) return refused(call.request, "expired");
    if (call.target.parameter("error"))
        return refused(call.request,
                       parameter("error") == "access_denied" ? "cancelled" : "failed");
    const auto person = parts_.provider->redeem(
        *attempt, {parameter("state"), parameter("code"), parameter("iss")});
    if (!person) {
        parts_.log_error("sign-in refused, from " + call.request.address + ": " +
                         person.error().message);
        return refused(call.request, word_for(person.error()));
    }
    return enter(call, *person, attempt->return_to);
}

Response ProviderSignIn::enter(Call& call, const identity::Person& person,
                               const std::string& return_to) {
    Admitted admitted;
    std::string secret;
    const auto outcome = parts_.store.write([&](store::Transaction& transaction) -> Result<void> {
        admitted = admit(parts_, call, transaction, person);
        if (!admitted.user) return {};
        secret = begin_session(transaction, *admitted.user, parts_.sessions, parts_.now_ms(),
                               call.request.address)
                     .secret;
        note(parts_, call, transaction, "user.signed_in",
             {{"user", admitted.user->id}, {"issuer", admitted.user->issuer}});
        return {};
    });
    if (!outcome) return problem(outcome.error());
    if (!admitted.user) return refused(call.request, admitted.refusal);
    auto answer = to_page(return_to);
    answer.headers.push_back(attempt_cookie(call.request, ""));
    answer.headers.push_back(session_cookie(call.request, secret));
    return answer;
}

}  // namespace orderhub::http
