// Internal to servicing: the links of a case, set and taken back.
#pragma once

#include <string>
#include <vector>

#include "hub/domain/case.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

void add_once(std::vector<std::string>& ids, const std::string& id);

/// Ids of the orders that a case is linked to.
std::vector<std::string> linked_orders(const domain::Case& support_case);

/// For the journal: {"evidence": [...]}.
boost::json::object evidence_of(const domain::Case& support_case);

/// Links the case to these orders (at least one, each once) and to no other, saves it, and tells
/// timelines and desk what is new. decided_by and suggestions are the caller's.
void set_links(const Work& work, domain::Case& support_case,
               const std::vector<std::string>& orders);

/// The case is linked to none any more, which timelines and desk are told; the caller saves it.
void take_links_back(const Work& work, domain::Case& support_case);

}  // namespace orderhub::servicing
