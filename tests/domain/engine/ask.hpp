// Internal to the engine: parts of inputs, from numbers.
#pragma once

#include "tests/domain/engine/steps.hpp"

namespace orderhub::domain {

/// Of one to three product lines; empty if none is available.
std::vector<UnitsOfLine> some_units(const Order& order, Choices& choices, Available available);
/// Sometimes makes them wrong in one way; true if it did. Not for an empty list.
bool spoil(std::vector<UnitsOfLine>& units, Choices& choices);
bool of_bundles(const Order& order, const std::vector<UnitsOfLine>& units);
std::string in_words(const std::vector<UnitsOfLine>& units);
std::vector<Fee> some_fees(Choices& choices, std::string& words);
TenderWish some_wish(const Order& order, Choices& choices, std::string& words);

std::optional<Asked> ask_fulfilment(const World& world, const Order& order, Choices& choices,
                                    ActionKind action);
std::optional<Asked> ask_return(const World& world, const Order& order, Choices& choices,
                                ActionKind action);
std::optional<Asked> ask_money(const World& world, const Order& order, Choices& choices,
                               ActionKind action);

}  // namespace orderhub::domain
