#pragma once

#include <boost/json.hpp>
#include <stdexcept>

#include "world.hpp"

// A shopper and a customer as the control API plays them.
namespace orderhub::sandbox {

struct BadControl : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Places an order; throws BadControl on a request it cannot read. See README for the shape.
/// Returns {"id","code","state","currency","totalWithTax"}.
boost::json::object place_order(World& world, const boost::json::object& wish);

}  // namespace orderhub::sandbox
