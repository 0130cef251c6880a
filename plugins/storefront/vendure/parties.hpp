// The people of a Vendure order. Pure.
#pragma once

#include "fields.hpp"

namespace orderhub::vendure {

/// Sets customer, shipping_address and billing_address of the record; what is unknown is left out.
void put_parties(json::object& record, const json::object& order);

}  // namespace orderhub::vendure
