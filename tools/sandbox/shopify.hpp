#pragma once

#include <stdexcept>
#include <string>

#include "graphql.hpp"
#include "graphql_schema.hpp"
#include "http_types.hpp"
#include "world.hpp"

// Shopify's GraphQL Admin API at /admin/api/VERSION/graphql.json and its token endpoint.
namespace orderhub::sandbox::shopify {

inline constexpr std::string_view kClientId = "sandbox-shopify-client";
inline constexpr std::string_view kClientSecret = "shpss_sandbox-shopify-secret-1";
inline constexpr std::string_view kFixedToken = "shpat_sandbox-shopify-fixed-token-1";
inline constexpr std::string_view kDomain = "sandbox.myshopify.com";

/// A failure in `errors` beside `data`; nothing was done.
struct TopLevelError : std::runtime_error {
    TopLevelError(const std::string& what, std::string code_)
        : std::runtime_error(what), code(std::move(code_)) {}
    std::string code;
};

/// A business refusal: `userErrors` of the mutation.
struct Refusal : std::runtime_error {
    Refusal(const std::string& what, std::string code_ = {})
        : std::runtime_error(what), code(std::move(code_)) {}
    std::string code;
};

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "query HubOrder" or "mutation refundCreate": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

/// The members of the published schema of version 2026-10 that this stand-in fills.
const graphql::Schema& schema();

/// The value of a root field of a query or a mutation, complete. Throws Refusal, TopLevelError.
json::value resolve(World& world, const graphql::Selection& root);
json::value act(World& world, const graphql::Selection& root);
/// The mutations of fulfilments.
json::value fulfil(World& world, const graphql::Selection& root);

/// The control API's orders; gives {"id","name"}.
json::value put_order(World& world, const json::object& wanted);

/// A new gid of a type.
std::string new_gid(State& state, std::string_view type);
/// The order of a gid; throws Refusal.
json::object& order_at(State& state, const std::string& gid);
/// The first member of the list with this "id"; null if there is none.
json::object* find_by_id(json::array& list, const std::string& gid);
/// After a change: statuses, sums, updatedAt, and the notice. `topic`: orders/updated and so on.
void touch(World& world, json::object& order, const std::string& topic);

json::object bag(std::int64_t minor, const std::string& currency);
std::int64_t minor_of(const json::value& amount, const std::string& currency);
std::int64_t minor_of_bag(const json::object& bag, const std::string& currency);
std::string currency_of(const json::object& order);
json::array& nodes_of(json::object& owner, std::string_view connection);

}  // namespace orderhub::sandbox::shopify
