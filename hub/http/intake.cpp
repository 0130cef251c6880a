#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/http/answer.hpp"
#include "hub/http/patience.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

/// Below what senders wait for an answer before they count the message as lost.
constexpr std::chrono::seconds kDeadline{8};

/// Whether a header may be kept with the message: it must not carry a credential or a signature.
bool may_keep(std::string_view name, const connectors::WebhookScheme* scheme) {
    constexpr std::array<std::string_view, 5> kNever{
        "authorization", "cookie", "proxy-authorization", "x-api-key", "webhook-signature"};
    if (std::ranges::find(kNever, name) != kNever.end()) return false;
    if (name.find("signature") != name.npos || name.find("token") != name.npos) return false;
    const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
    return !scheme || !std::ranges::equal(scheme->header, name, same);
}

std::string kept_headers(const Request& request, const connectors::Manifest& manifest) {
    const auto* scheme = manifest.webhook ? &*manifest.webhook : nullptr;
    boost::json::object kept;
    for (const auto& header : request.headers)
        if (may_keep(header.name, scheme)) kept[header.name] = header.value;
    return boost::json::serialize(kept);
}

Response refusal(const Error& error) {
    if (error.kind == ErrorKind::Denied) return problem(401, error.code, error.message);
    return problem(error);
}

/// Verifies before anything else; the message is answered for once it is on disk.
void take(const Parts& parts, Patience& patience, Call call) {
    const std::string connector(call.parameter("connector"));
    const auto* instance = parts.host.find(connector);
    if (!instance)
        return call.respond(
            problem(404, "no_such_connector", "There is no connector of this name."));
    const auto now = parts.now_ms();
    auto id = instance->verify(call.request.headers, call.request.body, now);
    if (!id && id.error().code == "ping")
        return call.respond(json_answer({{"status", "nothing to keep"}}, 200));
    if (!id) return call.respond(refusal(id.error()));
    routing::InboxMessage message;
    message.connector = connector;
    message.message_id = std::move(*id);
    message.headers = kept_headers(call.request, instance->manifest());
    message.content_type = call.request.header("content-type");
    message.body = std::move(call.request.body);
    message.received_at = now;
    message.next_at = now;
    parts.operations.accept(std::move(message), [respond = patience.limit(std::move(call.respond))](
                                                    Result<void> outcome) {
        respond(outcome ? json_answer({{"status", "accepted"}}, 202) : problem(outcome.error()));
    });
}

}  // namespace

void add_intake_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto late = fail(ErrorKind::Unavailable, "store_slow",
                           "The message is not known to be stored; send it again.");
    auto patience = std::make_shared<Patience>(kDeadline, problem(late.error()));
    routes.push_back({"POST", "/intake/{connector}", Right::none,
                      [&parts, patience](Call call) { take(parts, *patience, std::move(call)); },
                      true});
}

}  // namespace orderhub::http
