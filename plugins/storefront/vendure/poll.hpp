// Finding changed orders without being told. Four lists, because no single one shows every change:
// orders by `updatedAt`, orders by `orderPlacedAt`, all orders in open states (Vendure does not
// move `updatedAt` for payments, fulfilments and refunds), and recent closed ones (late refunds).
#pragma once

#include <string>
#include <string_view>

#include "listing.hpp"
#include "reader.hpp"

namespace orderhub::vendure {

/// One poll: emits at most config.page_size orders, sets the next cursor. An order of which no
/// record can be made is left out; the first poll of an instance tries those again. Throws
/// sdk::Stop.
void poll_orders(sdk::Call& call, const Config& config, Client& client, std::string_view cursor,
                 bool is_first);

}  // namespace orderhub::vendure
