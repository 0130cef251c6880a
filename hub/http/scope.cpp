#include "hub/http/scope.hpp"

#include <boost/json/array.hpp>

namespace orderhub::http {

namespace json = boost::json;

namespace {

constexpr std::string_view kStorefront = "storefront";
constexpr std::string_view kDesk = "servicedesk";

json::value names_view(const domain::ConnectorNames& names) {
    if (!names) return nullptr;
    return json::array(names->begin(), names->end());
}

domain::ConnectorNames read_names(const json::object& document, std::string_view member,
                                  domain::ConnectorNames before) {
    const auto* list = document.if_contains(member);
    if (!list) return before;
    if (list->is_null()) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& each : list->as_array())
        names.emplace_back(each.as_string());
    return names;
}

Result<void> check(connectors::Host& host, const domain::ConnectorNames& names,
                   std::string_view kind, const std::string& pointer) {
    if (!names) return {};
    for (std::size_t index = 0; index < names->size(); ++index) {
        auto* instance = host.find((*names)[index]);
        if (!instance || instance->manifest().kind != kind)
            return fail(ErrorKind::Invalid, "bad_scope",
                        "This hub has no " + std::string(kind) + " called " + (*names)[index] + ".",
                        pointer + "/" + std::to_string(index));
    }
    return {};
}

}  // namespace

json::object scope_view(const domain::Scope& scope) {
    return {{"storefronts", names_view(scope.storefronts)}, {"desks", names_view(scope.desks)}};
}

domain::Scope read_scope(const json::object& document, domain::Scope before) {
    return {read_names(document, "storefronts", std::move(before.storefronts)),
            read_names(document, "desks", std::move(before.desks))};
}

Result<void> check_scope(connectors::Host& host, const domain::Scope& scope) {
    ORDERHUB_TRY(check(host, scope.storefronts, kStorefront, "/scope/storefronts"));
    return check(host, scope.desks, kDesk, "/scope/desks");
}

bool sees(const domain::Scope& scope, const connectors::Manifest& manifest,
          std::string_view connector) {
    if (manifest.kind == kStorefront) return domain::has(scope.storefronts, connector);
    if (manifest.kind == kDesk) return domain::has(scope.desks, connector);
    return true;
}

}  // namespace orderhub::http
