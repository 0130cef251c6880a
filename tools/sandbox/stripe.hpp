#pragma once

#include <optional>
#include <set>
#include <string>

#include "http_types.hpp"
#include "world.hpp"

// Stripe's API v1 at /v1: payments, refunds and events, with idempotency keys.
namespace orderhub::sandbox::stripe {

inline constexpr std::string_view kSecretKey = "sk_test_sandbox_stripe_0001";

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "POST /refunds payment_intent=pi_1&...": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

/// An error as the API writes it.
HttpReply error(int status, const std::string& code, const std::string& message,
                const std::string& parameter = {}, const char* type = "invalid_request_error");
/// The first parameter that is none of `known`, as an error; a name may end with [*].
std::optional<HttpReply> unknown_parameter(const HttpRequest& request,
                                           const std::set<std::string>& known);
/// metadata[NAME]=VALUE of a form, put over what is there.
void take_metadata(json::object& document, const HttpRequest& request);
std::string next_id(State& state, const std::string& prefix);
/// Remembers what happened, for GET /events and the webhook.
void announce(World& world, const std::string& type, const json::object& document);
/// A page of `rows` (oldest first), newest first, by limit, starting_after and created[gte].
HttpReply list(const json::array& rows, const HttpRequest& request, const std::string& path);

HttpReply payments(World& world, const HttpRequest& request, const std::string& path);
HttpReply charges(World& world, const HttpRequest& request, const std::string& path);
HttpReply refunds(World& world, const HttpRequest& request, const std::string& path);

/// The control API. A payment: {"amount","currency","capture":"automatic" or
/// "manual","charge":bool} gives
/// {"payment_intent","charge"}; with "charge" one of old, without a PaymentIntent.
json::value put_payment(World& world, const json::object& body);
/// The bank decides: {"id","status","failure_reason"}.
json::value move_refund(World& world, const json::object& body);

}  // namespace orderhub::sandbox::stripe
