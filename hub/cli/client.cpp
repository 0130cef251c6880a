#include "hub/cli/client.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <csignal>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/problem.hpp"

namespace orderhub::cli {

namespace {

constexpr std::chrono::seconds kConnectTimeout{5};

struct Address {
    std::string origin;
    std::string prefix;
};

Expected<Address> address_of(const std::string& url) {
    const auto bad = [](const char* rule) {
        return failed(kUsage, std::string("--url (ORDERHUB_URL) ") + rule);
    };
    const auto scheme = url.find("://");
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        return bad("must be like http://127.0.0.1:8080.");
    const auto slash = url.find('/', scheme + 3);
    std::string origin = url.substr(0, slash);
    if (origin.find('@') != std::string::npos) return bad("may not carry a user or password.");
    if (origin.size() == scheme + 3) return bad("names no host.");
    std::string prefix = slash == std::string::npos ? "" : url.substr(slash);
    while (prefix.ends_with('/'))
        prefix.pop_back();
    return Address{std::move(origin), std::move(prefix)};
}

Expected<void> check_token(const std::string& token) {
    const bool usable = std::ranges::all_of(token, [](char c) { return c > ' ' && c < 127; });
    if (!usable)
        return failed(kUsage,
                      "The token has characters that no token has (a space, a line break?).");
    return {};
}

std::string why(httplib::Error error, bool too_slow) {
    using Error = httplib::Error;
    switch (error) {
        case Error::Read:
        case Error::Write:
            return too_slow ? "did not answer in time" : "closed the connection without an answer";
        case Error::SSLServerVerification:
            return "shows a certificate that is not trusted";
        case Error::SSLConnection:
            return "does not speak TLS";
        default:
            return "does not answer";
    }
}

}  // namespace

struct Client::Transport {
    Transport(const Address& address, const Connection& connection)
        : url(connection.url),
          prefix(address.prefix),
          token(connection.token),
          timeout(connection.timeout),
          http(address.origin) {
        http.set_connection_timeout(std::min(kConnectTimeout, timeout));
        http.set_read_timeout(timeout);
        http.set_write_timeout(timeout);
        http.set_keep_alive(true);
        http.set_tcp_nodelay(true);
    }

    httplib::Request request_for(const Call& call) const {
        httplib::Request request;
        request.method = call.method;
        request.path = prefix + call.path;
        request.body = call.body;
        request.set_header("Accept", "application/json, application/problem+json");
        if (!call.body.empty()) request.set_header("Content-Type", "application/json");
        if (!token.empty()) request.set_header("Authorization", "Bearer " + token);
        for (const auto& [name, value] : call.headers)
            request.set_header(name, value);
        return request;
    }

    std::string url;
    std::string prefix;
    std::string token;
    std::chrono::seconds timeout;
    httplib::Client http;
};

Client::Client(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}
Client::Client(Client&&) noexcept = default;
Client::~Client() = default;

Expected<Client> Client::open(const Connection& connection) {
    const auto address = address_of(connection.url);
    if (!address) return std::unexpected(address.error());
    if (auto usable = check_token(connection.token); !usable)
        return std::unexpected(usable.error());
    // A hub that goes away while a request is being written must not end this process silently.
    std::signal(SIGPIPE, SIG_IGN);
    auto transport = std::make_unique<Transport>(*address, connection);
    if (!transport->http.is_valid()) return failed(kUsage, "--url (ORDERHUB_URL) is no address.");
    return Client(std::move(transport));
}

std::chrono::seconds Client::timeout() const {
    return transport_->timeout;
}

Expected<Answer> Client::call(const Call& call) {
    const auto begun = std::chrono::steady_clock::now();
    const auto result = transport_->http.send(transport_->request_for(call));
    if (!result) {
        using Error = httplib::Error;
        const bool too_slow = std::chrono::steady_clock::now() - begun >= transport_->timeout;
        const bool sent = result.error() == Error::Read || result.error() == Error::Write;
        return std::unexpected(Failure{
            kUnreachable,
            fmt::format("The hub at {} {}.", transport_->url, why(result.error(), too_slow)),
            {},
            sent});
    }
    if (result->status >= 300) return std::unexpected(failure_of(result->status, result->body));
    boost::json::error_code error;
    auto document = boost::json::parse(result->body, error);
    if (error) return std::unexpected(failure_of(result->status, {}));
    return Answer{std::move(document), result->body, result->get_header_value("ETag")};
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string with_query(std::string path,
                       const std::vector<std::pair<std::string, std::string>>& values) {
    char separator = '?';
    for (const auto& [name, value] : values) {
        if (value.empty()) continue;
        path += separator + name + "=" + encoded(value);
        separator = '&';
    }
    return path;
}

}  // namespace orderhub::cli
