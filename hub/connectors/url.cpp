#include "hub/connectors/url.hpp"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace orderhub::connectors {
namespace {

auto bad_url(std::string message) {
    return fail(ErrorKind::Invalid, "bad_url", std::move(message));
}

}  // namespace

std::string Target::authority() const {
    std::string text = host.contains(':') ? "[" + host + "]" : host;
    if (has_port) text += ":" + std::to_string(port);
    return text;
}

Result<Target> parse_url(std::string_view text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) return bad_url("the address is not well-formed");
    const boost::urls::url_view url = *parsed;
    Target target;
    const bool is_http = url.scheme_id() == boost::urls::scheme::http;
    target.tls = url.scheme_id() == boost::urls::scheme::https;
    if (!is_http && !target.tls) return bad_url("the address must begin with http:// or https://");
    if (url.has_userinfo()) return bad_url("the address must not carry a user name or password");

    target.host = boost::algorithm::to_lower_copy(std::string(url.encoded_host_address()));
    if (target.host.empty() || target.host.contains('%'))
        return bad_url("the address names no host");
    target.has_port = url.has_port() && !url.port().empty();
    target.port = target.has_port ? url.port_number() : (target.tls ? 443 : 80);
    if (target.port == 0) return bad_url("the address has a port that does not exist");

    target.path = std::string(url.encoded_path());
    if (target.path.empty()) target.path = "/";
    // Boost.URL 1.81 takes "http://host:80.x/" for a path after the port.
    if (!target.path.starts_with('/')) return bad_url("the address is not well-formed");
    if (url.has_query()) target.path += "?" + std::string(url.encoded_query());
    return target;
}

}  // namespace orderhub::connectors
