// What the commands' payloads have in common. All throw sdk::Stop rejected with a sentence.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "fields.hpp"

namespace orderhub::vendure {

/// Units of one order line.
struct LineUnits {
    std::string line;
    std::int64_t quantity = 0;
};

/// Throws MappingError if there is no such object.
const json::object& member(const json::object& object, std::string_view key);

/// The payload's `amount` in minor units: more than nothing, in the currency of its order.
std::int64_t payload_amount(const json::object& payload);

/// The payload's lines; rows that name no line are passed over.
std::vector<LineUnits> payload_lines(const json::object& payload);

/// Vendure would answer an unknown line id with an internal error, whose outcome nobody can tell.
void check_lines(const json::object& order, const std::vector<LineUnits>& lines);

/// The order's payment with the id that the payload names; the order must be in the payload's
/// currency. Borrowed from `order`.
const json::object& payment_of(const json::object& order, const json::object& payload);

/// An ErrorResult as rejected, in the shop's words.
void refuse_if_error(const json::object& answer);

}  // namespace orderhub::vendure
