// Products, delivery and fees of an order as lines that add up to its total. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

namespace orderhub::woocommerce {

using sdk::Json;

/// The lines of an order that is not cancelled. All figures of the documents are net, whatever the
/// shop shows. A fee below zero is a discount: it is spread over the products. Throws
/// std::exception for figures that are no numbers.
std::vector<sdk::OrderLine> to_lines(const Json& order, const std::string& currency);

/// The same lines without value, products without units: what they cost is what was cancelled.
std::vector<sdk::OrderLine> cancelled(std::vector<sdk::OrderLine> lines,
                                      const std::string& currency);

/// The document of a product, delivery or fee; a null pointer if the order has none of this id.
const Json* find_line(const Json& order, std::string_view id);

/// The items of a list; none if there is no such list.
const std::vector<Json>& list_at(const Json& from, std::string_view key);

}  // namespace orderhub::woocommerce
