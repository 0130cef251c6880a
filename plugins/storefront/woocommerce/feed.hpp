// Orders on their way to the hub: what changed, in the order in which it did.
#pragma once

#include <orderhub/connector.hpp>
#include <string_view>

#include "client.hpp"
#include "documents/mark.hpp"

namespace orderhub::woocommerce {

/// Where the list is read from: what an earlier poll set, {"from": instant}, or empty.
documents::Mark to_mark(const Settings& settings, std::string_view cursor, std::int64_t now_ms);

/// Hands over what changed since, and moves the mark.
void emit_changes(const Settings& settings, Client& client, sdk::Call& call, documents::Mark& mark,
                  sdk::LeftOut& left_out);

/// Throws Stop rejected if no record can be made of it.
void emit_order(const Settings& settings, sdk::Call& call, const Shown& shown);

}  // namespace orderhub::woocommerce
