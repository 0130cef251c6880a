// Orders on their way to the hub: what changed, and what their payments became.
#pragma once

#include <orderhub/connector.hpp>
#include <string_view>

#include "client.hpp"
#include "documents/mark.hpp"

namespace orderhub::commercetools {

/// How far both lists have been read: a payment's change is none of its order.
struct Marks {
    documents::Mark orders;
    documents::Mark payments;
};

/// Where the lists are read from: what an earlier poll set, {"from": instant}, or empty.
Marks to_marks(const Settings& settings, std::string_view cursor, std::int64_t now_ms);
std::string to_cursor(const Marks& marks);

/// Hands over what changed since, and moves the marks.
void emit_changes(const Settings& settings, Client& client, sdk::Call& call, Marks& marks,
                  sdk::LeftOut& left_out);

/// Throws Stop rejected if no record can be made of it.
void emit_order(const Settings& settings, sdk::Call& call, const Shown& shown);

}  // namespace orderhub::commercetools
