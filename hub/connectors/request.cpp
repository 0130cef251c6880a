#include "hub/connectors/request.hpp"

#include <algorithm>
#include <array>
#include <boost/url/grammar/ci_string.hpp>
#include <cctype>
#include <orderhub/http.hpp>

namespace orderhub::connectors {
namespace {

using boost::urls::grammar::ci_is_equal;  // without a locale: this runs for every request
using sdk::view;

/// Written by the HTTP client. A second one could make the peer see another request than the host
/// checked.
constexpr std::array<std::string_view, 8> kOwnHeaders{
    "host",    "content-length", "transfer-encoding", "connection", "upgrade", "te",
    "trailer", "expect"};

auto malformed(std::string message) {
    return fail(ErrorKind::Invalid, "bad_request", std::move(message));
}

bool is_token(std::string_view text) {
    const auto is_token_char = [](unsigned char c) {
        return std::isalnum(c) ||
               (c != 0 && std::string_view("!#$%&'*+-.^_`|~").contains(static_cast<char>(c)));
    };
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

Result<Header> header_of(const oh_header& raw, const Secrets& secrets) {
    const std::string name(view(raw.name));
    if (!is_token(name)) return malformed("a header has a name that is not allowed");
    const auto is_same = [&](std::string_view own) { return ci_is_equal(own, name); };
    if (std::ranges::any_of(kOwnHeaders, is_same))
        return malformed("the host writes the header " + name + " itself");
    auto value = secrets.fill_header(view(raw.value));
    if (!value) return std::unexpected(value.error());
    return Header{name, std::move(*value)};
}

Result<BodyForm> form_of(const std::vector<Header>& headers) {
    for (const Header& header : headers) {
        if (!ci_is_equal(header.name, "content-type")) continue;
        const std::string type = header.value.substr(0, header.value.find_first_of("; "));
        if (ci_is_equal(type, "application/x-www-form-urlencoded")) return BodyForm::form;
        if (ci_is_equal(type, "application/json") ||
            ci_is_equal(type.substr(type.size() - std::min<std::size_t>(type.size(), 5)), "+json"))
            return BodyForm::json;
    }
    return malformed("placeholders in a body need the content type JSON or form-urlencoded");
}

Result<std::string> body_of(const oh_http_request& request, const std::vector<Header>& headers,
                            const Secrets& secrets) {
    const std::string_view body = view(request.body);
    if (!OH_HAS(&request, flags) || (request.flags & OH_HTTP_FILL_BODY) == 0)
        return std::string(body);
    const auto form = form_of(headers);
    if (!form) return std::unexpected(form.error());
    return secrets.fill_body(body, *form);
}

}  // namespace

Result<WireRequest> to_wire(const oh_http_request& request, const Permissions& permissions,
                            const Secrets& secrets) {
    if (!OH_HAS(&request, body)) return malformed("the request struct is too short");
    WireRequest wire;
    wire.method = view(request.method);
    if (!is_token(wire.method) || wire.method == "CONNECT") return malformed("no such method");
    auto target = parse_url(view(request.url));
    if (!target) return std::unexpected(target.error());
    wire.target = std::move(*target);
    if (!permissions.allows(wire.target))
        return fail(ErrorKind::Denied, "host_not_granted",
                    "the host " + wire.target.authority() + " is not granted to this connector");
    for (std::size_t i = 0; i < request.header_count; ++i) {
        auto header = header_of(request.headers[i], secrets);
        if (!header) return std::unexpected(header.error());
        wire.headers.push_back(std::move(*header));
    }
    auto body = body_of(request, wire.headers, secrets);
    if (!body) return std::unexpected(body.error());
    wire.body = std::move(*body);
    return wire;
}

}  // namespace orderhub::connectors
