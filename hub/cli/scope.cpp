#include "hub/cli/scope.hpp"

#include <boost/json/array.hpp>

#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace json = boost::json;

namespace {

domain::ConnectorNames names_of(const std::vector<std::string>& given) {
    return given.empty() ? domain::ConnectorNames() : domain::ConnectorNames(given);
}

void add_member(json::object& scope, std::string_view name, const std::vector<std::string>& given,
                bool all) {
    if (all)
        scope[name] = nullptr;
    else if (!given.empty())
        scope[name] = json::array(given.begin(), given.end());
}

/// The list; null if it is all of them, or not told.
const json::array* list_of(const json::value& of, std::string_view member) {
    boost::system::error_code error;
    const auto* found = of.find_pointer("/scope/" + std::string(member), error);
    return found ? found->if_array() : nullptr;
}

}  // namespace

void add_scope_options(CLI::App* command, ScopeOptions& options) {
    command->add_option("--storefront", options.storefronts,
                        "Sees orders of this storefront only; may be repeated");
    command->add_option("--desk", options.desks,
                        "Sees cases of this service desk only; may be repeated");
}

void add_unlimited_options(CLI::App* command, ScopeOptions& options) {
    command->add_flag("--all-storefronts", options.all_storefronts, "Sees all storefronts again")
        ->excludes("--storefront");
    command->add_flag("--all-desks", options.all_desks, "Sees all service desks again")
        ->excludes("--desk");
}

domain::Scope scope_of(const ScopeOptions& options) {
    return {names_of(options.storefronts), names_of(options.desks)};
}

void add_scope(json::object& body, const ScopeOptions& options) {
    json::object scope;
    add_member(scope, "storefronts", options.storefronts, options.all_storefronts);
    add_member(scope, "desks", options.desks, options.all_desks);
    if (!scope.empty()) body["scope"] = std::move(scope);
}

std::string names_seen(const json::value& of, std::string_view member) {
    const auto* list = list_of(of, member);
    if (!list) return "all";
    std::string names;
    for (const auto& each : *list)
        if (each.is_string())
            names.append(names.empty() ? "" : ", ").append(printable(each.get_string()));
    return names.empty() ? "none" : names;
}

std::string limits(const json::value& of) {
    std::string words;
    for (const auto* member : {"storefronts", "desks"})
        if (list_of(of, member))
            words.append(words.empty() ? ", limited to the " : " and the ")
                .append(member)
                .append(" ")
                .append(names_seen(of, member));
    return words;
}

}  // namespace orderhub::cli
