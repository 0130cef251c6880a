// What users and tokens are limited to, on the command line.
#pragma once

#include <CLI/App.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "hub/domain/scope.hpp"

namespace orderhub::cli {

struct ScopeOptions {
    std::vector<std::string> storefronts;
    std::vector<std::string> desks;
    bool all_storefronts = false;
    bool all_desks = false;
};

/// --storefront and --desk, each as often as wanted; without them there is no limit.
void add_scope_options(CLI::App* command, ScopeOptions& options);
/// --all-storefronts and --all-desks: the limit that was there goes.
void add_unlimited_options(CLI::App* command, ScopeOptions& options);

domain::Scope scope_of(const ScopeOptions& options);
/// The member "scope" of a body, if anything was said about it.
void add_scope(boost::json::object& body, const ScopeOptions& options);

/// "all", "none" or the names, of "storefronts" or "desks" of somebody's scope.
std::string names_seen(const boost::json::value& of, std::string_view member);
/// ", limited to the storefronts a, b and the desks c"; nothing if it is not.
std::string limits(const boost::json::value& of);

}  // namespace orderhub::cli
