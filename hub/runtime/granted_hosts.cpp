#include "hub/runtime/granted_hosts.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <optional>

namespace orderhub::runtime {

namespace {

std::optional<std::string> host_of(std::string_view address) {
    const auto url = boost::urls::parse_uri(address);
    if (!url || url->encoded_host().empty()) return std::nullopt;
    std::string port(url->port());
    if (port.empty()) port = url->scheme() == "http" ? "80" : "443";
    return std::string(url->encoded_host()) + ":" + port;
}

}  // namespace

std::vector<WantedHost> wanted_hosts(const connectors::Manifest& manifest,
                                     const boost::json::object& config) {
    constexpr std::string_view kConfig = "config:";
    std::vector<WantedHost> wanted;
    for (const auto& entry : manifest.hosts) {
        if (!entry.starts_with(kConfig)) {
            wanted.push_back({entry, ""});
            continue;
        }
        const auto key = entry.substr(kConfig.size());
        const auto* value = config.if_contains(key);
        if (!value || !value->is_string()) continue;
        if (auto host = host_of(value->as_string()))
            wanted.push_back({std::move(*host), " (its setting " + key + ")"});
    }
    return wanted;
}

bool is_granted(const std::vector<std::string>& granted, const std::string& wanted) {
    const auto without_port = wanted.substr(0, wanted.rfind(':'));
    return std::ranges::any_of(
        granted, [&](const std::string& one) { return one == wanted || one == without_port; });
}

}  // namespace orderhub::runtime
