// Requests that carry an access token of the host's.
#include <algorithm>
#include <orderhub/http.hpp>
#include <variant>

#include "hub/connectors/access_token.hpp"
#include "hub/connectors/call.hpp"
#include "hub/connectors/request.hpp"

using namespace orderhub::connectors;

namespace {

constexpr std::string_view kPlaceholder = "{{oauth2}}";

bool wants_token(const WireRequest& wire) {
    return std::ranges::any_of(
        wire.headers, [](const Header& header) { return header.value.contains(kPlaceholder); });
}

WireRequest with_token(WireRequest wire, const std::string& token) {
    for (Header& header : wire.headers)
        for (std::size_t at = 0; (at = header.value.find(kPlaceholder, at)) != std::string::npos;
             at += token.size())
            header.value.replace(at, kPlaceholder.size(), token);
    return wire;
}

}  // namespace

WireAnswer oh_call::exchange(const oh_http_request& request) {
    auto wire = to_wire(request, context_.permissions, context_.secrets);
    if (!wire) return {OH_HTTP_REFUSED, 0, {}, wire.error().message};
    if (!wants_token(*wire)) return transmit(request, std::move(*wire));
    if (!context_.token)
        return {OH_HTTP_REFUSED, 0, {}, "{{oauth2}} needs \"oauth2\" in the manifest"};
    for (bool may_renew = true;; may_renew = false) {
        const auto token = access_token();
        if (const auto* failure = std::get_if<WireAnswer>(&token)) return *failure;
        WireAnswer answer = transmit(request, with_token(*wire, std::get<std::string>(token)));
        if (answer.outcome != OH_HTTP_ANSWERED || answer.status != 401 || !may_renew) return answer;
        context_.token->drop(std::get<std::string>(token));
    }
}

std::variant<std::string, WireAnswer> oh_call::access_token() {
    AccessToken& token = *context_.token;
    while (token.is_asking())
        waiter->wait([&](Waiter::Resume resume) { token.wait(std::move(resume)); });
    if (auto valid = token.valid(Clock::now())) return *valid;
    if (auto failure = token.failure(Clock::now())) return *failure;
    if (token.wants_state()) {
        std::string sealed = stored_state(AccessToken::kStateKey);
        if (state_is_lost_)
            return WireAnswer{OH_HTTP_NOT_SENT, 0, {}, "the connector's state cannot be read"};
        token.restore(sealed);
    }
    token.end(ask_for_token(token.begin()), Clock::now());
    if (const auto sealed = token.to_keep()) keep_state(AccessToken::kStateKey, *sealed);
    if (auto valid = token.valid(Clock::now())) return *valid;
    return token.last_failure().value_or(
        WireAnswer{OH_HTTP_NOT_SENT, 0, {}, "the access token has expired already"});
}

WireAnswer oh_call::ask_for_token(const TokenRequest& wanted) {
    using orderhub::sdk::borrow;
    std::vector<oh_header> headers{
        {borrow("content-type"), borrow("application/x-www-form-urlencoded")},
        {borrow("accept"), borrow("application/json")}};
    oh_http_request request{};
    request.size = sizeof request;
    request.method = borrow("POST");
    request.url = borrow(wanted.url);
    request.headers = headers.data();
    request.header_count = headers.size();
    request.body = borrow(wanted.body);
    auto wire = to_wire(request, context_.permissions, context_.secrets);
    if (!wire) return {OH_HTTP_NOT_SENT, 0, {}, "the token endpoint: " + wire.error().message};
    if (!wanted.authorization.empty())
        wire->headers.push_back({"authorization", wanted.authorization});
    return transmit(request, std::move(*wire));
}

void oh_call::keep_state(const std::string& key, const std::string& value) {
    const auto& keep = services_.settings.keep_state;
    if (!keep) return;
    try {
        keep(context_.name, key, value);
    } catch (const std::exception& failure) {
        log(OH_LOG_ERROR,
            std::string("a renewed refresh token could not be kept: ") + failure.what());
    }
}

void oh_call::forget_token() {
    if (context_.token) context_.token->drop();
}
