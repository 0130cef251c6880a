#include "hub/connectors/permissions.hpp"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>

namespace orderhub::connectors {
namespace {

constexpr std::string_view kFromConfig = "config:";

/// The rule text of one entry of the manifest's hosts.
Result<std::string> resolved(const std::string& entry, const boost::json::object& config) {
    if (!entry.starts_with(kFromConfig)) return entry;
    const std::string key = entry.substr(kFromConfig.size());
    const auto* value = config.if_contains(key);
    if (!value || !value->is_string())
        return fail(ErrorKind::Invalid, "bad_config", "/" + key + " must hold an address",
                    "/" + key);
    const auto target = parse_url(value->as_string());
    if (!target)
        return fail(ErrorKind::Invalid, "bad_config", "/" + key + ": " + target.error().message,
                    "/" + key);
    Target exact = *target;
    exact.has_port = true;
    return exact.authority();
}

/// A host in a configuration key that the operator left out: nothing to talk to, nothing to grant.
bool is_left_out(const std::string& entry, const boost::json::object& config) {
    return entry.starts_with(kFromConfig) && !config.contains(entry.substr(kFromConfig.size()));
}

bool any_covers(const std::vector<HostRule>& rules, const auto& wanted) {
    return std::ranges::any_of(rules, [&](const HostRule& rule) { return rule.covers(wanted); });
}

}  // namespace

HostRule::HostRule(std::string_view text)
    : text_(boost::algorithm::to_lower_copy(std::string(text))) {
    const std::size_t bracket = text_.find(']');
    const std::size_t colon = text_.find(':', bracket == text_.npos ? 0 : bracket);
    host_ = text_.substr(0, colon);
    if (colon != text_.npos) port_ = text_.substr(colon + 1);
    if (host_.starts_with('[') && host_.ends_with(']')) host_ = host_.substr(1, host_.size() - 2);
}

bool HostRule::covers(const Target& target) const {
    return host_ == target.host && (port_.empty() || port_ == std::to_string(target.port));
}

bool HostRule::covers(const HostRule& other) const {
    return host_ == other.host_ && (port_.empty() || port_ == other.port_);
}

Result<Permissions> Permissions::resolve(const Manifest& manifest,
                                         const boost::json::object& config,
                                         const std::vector<std::string>& granted) {
    Permissions permissions;
    for (const std::string& text : granted)
        permissions.granted_.emplace_back(text);
    for (const std::string& entry : manifest.hosts) {
        if (is_left_out(entry, config)) continue;
        const auto text = resolved(entry, config);
        if (!text) return std::unexpected(text.error());
        const HostRule wanted(*text);
        if (!any_covers(permissions.granted_, wanted))
            return fail(ErrorKind::Denied, "host_not_granted",
                        "it needs the host " + wanted.text() + ", which is not granted");
        permissions.rules_.push_back(wanted);
    }
    return permissions;
}

bool Permissions::allows(const Target& target) const {
    return any_covers(rules_, target) && any_covers(granted_, target);
}

}  // namespace orderhub::connectors
