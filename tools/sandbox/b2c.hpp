#pragma once

#include <string>

#include "http_types.hpp"
#include "world.hpp"

// Salesforce B2C Commerce: Account Manager's token endpoint at /dwsso, the Orders API at /checkout,
// and order notes of OCAPI's Shop API at /s.
namespace orderhub::sandbox::b2c {

inline constexpr std::string_view kOrganization = "f_ecom_zzxx_001";
inline constexpr std::string_view kSite = "RefArch";
inline constexpr std::string_view kClientId = "sandbox-b2c-client";
inline constexpr std::string_view kClientSecret = "sandbox-b2c-secret-1";

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "PUT /orders/00000001/status": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

/// Answers a request for an access token.
HttpReply give_token(World& world, const HttpRequest& request);
/// A problem as the API writes it.
HttpReply problem(int status, const std::string& slug, const std::string& detail);
/// GET /orders: a page of the site's orders.
HttpReply list_orders(const State& state, const HttpRequest& request);

/// The control API's orders: a document of the Orders API, with what is missing filled in; an order
/// number that is there already is changed. Gives {"orderNo"}.
json::value put_order(World& world, const json::object& document);

}  // namespace orderhub::sandbox::b2c
