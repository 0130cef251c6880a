#pragma once

#include "world.hpp"

namespace orderhub::sandbox {

/// What every run starts with: channels, products, desk users, currencies, accounts, taxes,
/// parties.
void seed_base(World& world);
/// Orders and tickets to look at, on top of the base. Leaves the ledger of effects empty.
void seed_demo(World& world);

// The base data of each system.
void seed_vendure(World& world);
void seed_rt(World& world);
void seed_tryton(World& world);
void seed_salesforce(World& world);
void seed_zendesk(World& world);
/// A case to look at.
void demo_salesforce(World& world);

}  // namespace orderhub::sandbox
