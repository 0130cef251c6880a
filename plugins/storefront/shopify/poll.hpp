// Reconciliation: the orders that changed, in windows of their updated_at.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "reader.hpp"

namespace orderhub::shopify {

/// Where the next poll goes on. The shop's search index lags, so a window begins some minutes
/// before the last change that was seen; what was read in it already is known by its updatedAt.
struct Mark {
    std::int64_t from_ms = 0;                 ///< begin of the window
    std::int64_t high_ms = 0;                 ///< last change seen
    std::string after;                        ///< cursor within the window; empty: its begin
    std::map<std::string, std::string> seen;  ///< updatedAt by order, within the window
};

/// Throws JsonError for a cursor that is none of this connector's.
Mark to_mark(const Settings& settings, std::string_view cursor, std::int64_t now_ms);
std::string to_cursor(const Mark& mark);

/// Emits the next orders and moves the mark on.
void emit_changes(const Settings& settings, Client& client, sdk::Call& call, Mark& mark,
                  sdk::LeftOut& left_out);

/// Emits an order that was read. Throws Stop rejected if no record can be made of it.
void emit_document(const Settings& settings, sdk::Call& call, const OrderDocument& document);

/// Emits one order as it is now; nothing if the shop has none. Throws Stop as emit_document does.
void emit_order(const Settings& settings, Client& client, sdk::Call& call,
                const std::string& number);

/// The same for one of a list, which is left out if no record can be made of it. Gives its
/// updatedAt.
std::string take_order(const Settings& settings, Client& client, sdk::Call& call,
                       const std::string& number, sdk::LeftOut& left_out);

}  // namespace orderhub::shopify
