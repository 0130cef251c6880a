// What becomes of a delivery or a message after each step. Pure: rows in, rows out.
#pragma once

#include "hub/domain/result.hpp"
#include "hub/routing/ports.hpp"
#include "hub/routing/settings.hpp"

namespace orderhub::routing {

std::string_view to_text(Outcome outcome);

/// True if the failure says something of the connector's whole system, not of this one call: it is
/// out of reach, asks for less, or does not let us in.
bool is_connector_wide(const CallResult& result);

/// True if an attempt may begin now.
bool may_begin(const Delivery& delivery, Instant now);
/// It was begun, but no call was made: as it was before, or more careful.
Delivery put_back(Delivery delivery, Instant now);

struct Aftermath {
    Instant now = 0;
    std::chrono::milliseconds delay{0};  ///< until the next attempt, should there be one
    /// False if the connector as a whole failed: the item keeps its place, the connector's pause
    /// makes it wait.
    bool counts = true;
};
/// After a call. Too many failures of its own, or trying for too long, park it.
Delivery settled(Delivery delivery, const CallResult& result, const Aftermath& aftermath,
                 const Settings& settings);

/// An operator asks again for a parked or waiting delivery: due now, with its failures forgotten.
/// Conflict otherwise.
Result<Delivery> asked_again(Delivery delivery, Instant now);
/// An operator sets aside what is not being tried. Conflict otherwise.
Result<Delivery> set_aside(Delivery delivery);
/// An operator gives up an open delivery for good. Conflict otherwise.
Result<Delivery> given_up(Delivery delivery, const std::string& reason);

/// After an attempt at a message that did not end with its records applied.
InboxMessage settled(InboxMessage message, const CallResult& result, const Aftermath& aftermath,
                     const Settings& settings);

}  // namespace orderhub::routing
