#include "hub/runtime/config_access.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "hub/identity/metadata.hpp"
#include "hub/runtime/references.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

void read_number(const json::object& object, std::string_view key, std::int64_t& number) {
    if (const auto* value = object.if_contains(key)) number = value->to_number<std::int64_t>();
}

void read_text(const json::object& object, std::string_view key, std::string& text) {
    if (const auto* value = object.if_contains(key)) text = value->as_string();
}

PanelConfig read_panel(const YamlFile& file, const json::object& object,
                       std::vector<Complaint>& complaints) {
    constexpr std::size_t kShortest = 32;
    PanelConfig panel;
    read_number(object, "minutes", panel.minutes);
    for (const auto& origin : object.at("frame_ancestors").as_array())
        panel.frame_ancestors.emplace_back(origin.as_string());
    const auto secret = resolve_secret(object.at("secret").as_string().c_str());
    if (!secret)
        complaints.push_back(
            file.complaint("/access/panel/secret", "secret: " + secret.error().message));
    else if (secret->size() < kShortest)
        complaints.push_back(
            file.complaint("/access/panel/secret", "secret: it is to have 32 characters or more"));
    else
        panel.secret = *secret;
    return panel;
}

class OidcReader {
public:
    OidcReader(const YamlFile& file, std::vector<Complaint>& complaints)
        : file_(file), complaints_(complaints) {}

    identity::Settings read(const json::object& object) {
        identity::Settings settings;
        settings.issuer = object.at("issuer").as_string();
        settings.client_id = object.at("client_id").as_string();
        settings.name = settings.issuer;
        read_text(object, "name", settings.name);
        read_text(object, "role_claim", settings.role_claim);
        read_text(object, "default_role", settings.default_role);
        read_secret(object, settings);
        read_roles(object, settings);
        read_scopes(object, settings);
        read_limits(object, settings);
        if (!identity::is_safe_address(settings.issuer))
            complain("/issuer",
                     "the issuer is an address that begins with https:// (http:// only on this "
                     "machine)");
        return settings;
    }

private:
    void complain(const std::string& at, const std::string& words) {
        complaints_.push_back(file_.complaint("/access/oidc" + at, "access.oidc: " + words));
    }

    void read_secret(const json::object& object, identity::Settings& settings) {
        auto secret = resolve_secret(object.at("client_secret").as_string().c_str());
        if (secret)
            settings.client_secret = std::move(*secret);
        else
            complain("/client_secret", "client_secret: " + secret.error().message);
    }

    void read_roles(const json::object& object, identity::Settings& settings) {
        if (const auto* roles = object.if_contains("roles"))
            for (const auto& [value, role] : roles->as_object())
                settings.roles.emplace_back(value, role.as_string().c_str());
        if (settings.roles.empty() != settings.role_claim.empty())
            complain("",
                     "role_claim and roles are given together: the claim, and the role for each "
                     "of its values");
        if (settings.roles.empty() && settings.default_role.empty())
            complain("", "nobody could sign in: give role_claim and roles, or default_role");
    }

    static void read_scopes(const json::object& object, identity::Settings& settings) {
        const auto* scopes = object.if_contains("scopes");
        if (!scopes) return;
        settings.scopes = {"openid"};
        for (const auto& scope : scopes->as_array())
            if (scope.as_string() != "openid") settings.scopes.emplace_back(scope.as_string());
    }

    void read_limits(const json::object& object, identity::Settings& settings) {
        settings.limit_claim = settings.role_claim;
        read_text(object, "limit_claim", settings.limit_claim);
        const auto* limits = object.if_contains("limits");
        if (!limits) return;
        if (settings.limit_claim.empty())
            complain("/limits",
                     "limits go with limit_claim or role_claim: the claim that has the "
                     "values");
        for (const auto& [value, scope] : limits->as_object()) {
            const auto at = "/limits/" + std::string(value);
            settings.limits.emplace_back(
                value, domain::Scope{read_names(scope.as_object(), "storefronts", at),
                                     read_names(scope.as_object(), "desks", at)});
        }
    }

    domain::ConnectorNames read_names(const json::object& scope, std::string_view member,
                                      const std::string& at) {
        const auto* list = scope.if_contains(member);
        if (!list) return std::nullopt;
        std::vector<std::string> names;
        for (const auto& each : list->as_array()) {
            names.emplace_back(each.as_string());
            if (!is_configured(names.back()))
                complain(at, "there is no connector called " + names.back());
        }
        return names;
    }

    bool is_configured(const std::string& name) const {
        const auto* connectors = file_.value().as_object().if_contains("connectors");
        return connectors && std::ranges::any_of(connectors->as_array(), [&](const auto& each) {
                   const auto* called = each.as_object().if_contains("name");
                   return called && called->as_string() == name;
               });
    }

    const YamlFile& file_;
    std::vector<Complaint>& complaints_;
};

}  // namespace

AccessConfig read_access(const YamlFile& file, std::vector<Complaint>& complaints) {
    AccessConfig access;
    const auto* written = file.value().as_object().if_contains("access");
    if (!written) return access;
    const auto& object = written->as_object();
    read_number(object, "idle_minutes", access.idle_minutes);
    read_number(object, "session_hours", access.session_hours);
    if (const auto* proxies = object.if_contains("trusted_proxies"))
        for (const auto& address : proxies->as_array())
            access.trusted_proxies.emplace_back(address.as_string());
    if (const auto* panel = object.if_contains("panel"))
        access.panel = read_panel(file, panel->as_object(), complaints);
    if (const auto* oidc = object.if_contains("oidc"))
        access.oidc = OidcReader(file, complaints).read(oidc->as_object());
    return access;
}

}  // namespace orderhub::runtime
