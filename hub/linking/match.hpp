// Which order a case is about. Pure: the orders come through a look-up.
#pragma once

#include "hub/linking/decide.hpp"
#include "hub/linking/index.hpp"
#include "hub/linking/order.hpp"
#include "hub/linking/settings.hpp"

namespace orderhub::linking {

/// "auto-link", "suggest", "none".
std::string_view to_text(Outcome outcome);

Verdict match(const Ticket& ticket, Index& index, const Settings& settings);

}  // namespace orderhub::linking
