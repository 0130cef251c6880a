#pragma once

#include <string>

#include "http_types.hpp"
#include "world.hpp"

// WooCommerce: orders, refunds and notes of REST v3 at /wp-json/wc/v3. The site's clock is an hour
// ahead of UTC, so that who forgets dates_are_gmt reads the wrong hour.
namespace orderhub::sandbox::woo {

inline constexpr std::string_view kKey = "ck_sandbox0000000000000000000000000000000001";
inline constexpr std::string_view kReadKey = "ck_sandbox0000000000000000000000000000000002";
inline constexpr std::string_view kSecret = "cs_sandbox0000000000000000000000000000000001";

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "POST /orders/727/refunds": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

/// An error as WordPress writes it.
HttpReply refuse(int status, const std::string& code, const std::string& words);
/// GET /orders: a page of the shop's orders.
HttpReply list_orders(const State& state, const HttpRequest& request);
/// POST /orders/{id}/refunds.
HttpReply create_refund(World& world, json::object& order, const json::object& body);
/// The order has changed: its stamps move, and the webhook is told.
void touch(World& world, json::object& order);

/// The control API's orders: a document of the REST API, with what is missing filled in; an order
/// that is there already ("id") is changed. Gives {"id"}.
json::value put_order(World& world, const json::object& document);

}  // namespace orderhub::sandbox::woo
