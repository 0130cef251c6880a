// Private order notes: where the connector writes what Vendure has no member for, so that the
// shop's people and its own next attempt can read it. Pure; all throw MappingError.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "payload.hpp"

namespace orderhub::vendure {

/// Begins the external id of a sending that exists as a note only: "note:285".
inline constexpr std::string_view kNotePrefix = "note:";

/// Announces the fulfilment that follows. Vendure gives a fulfilment no member for a command's key
/// that a customer would not see, so the key is written down before: the next fulfilment of these
/// very units is its own.
std::string announcement(const std::vector<LineUnits>& lines, std::string_view key);

/// Which commands caused the order's fulfilments: the key by the fulfilment's id. A fulfilment
/// belongs to the latest announcement of its units that stands before it in the history and has
/// none yet.
std::map<std::string, std::string> keys_of_fulfilments(const json::object& order);

/// Whether the next fulfilment of these units would belong to `key`.
bool is_announced(const json::object& order, const std::vector<LineUnits>& lines,
                  std::string_view key);

/// The latest note that ends in the key; null if there is none. Borrowed from `order`.
const json::object* find_note(const json::object& order, std::string_view key);

/// For the warehouse: what to send at no charge, to whom and why. `payload`: of fulfilment.create.
std::string sending_note(const json::object& payload, std::string_view key);

/// For the warehouse: what became of a sending that a note asked for, or what a fulfilment
/// could not be told. `payload`: of fulfilment.update.
std::string update_note(const json::object& payload, std::string_view key);

}  // namespace orderhub::vendure
