#pragma once

#include <boost/json.hpp>

#include "vendure_types.hpp"

// The documents that the shop answers with: every member of a type, in Vendure's own shapes.
namespace orderhub::sandbox::vendure {

json::object order_document(const State& state, const Order& order);
json::object payment_document(const Payment& payment);
json::object refund_document(const Refund& refund, const Payment& payment);
json::object fulfillment_document(const Fulfillment& fulfillment);
json::object channel_document(const Channel& channel);
json::object customer_document(const Customer& customer);
/// States that an order, a payment or a fulfilment may go to next.
json::array next_order_states(const std::string& state);
json::array next_payment_states(const std::string& state);
json::array next_fulfillment_states(const std::string& state);

}  // namespace orderhub::sandbox::vendure
