// Orders and cases in files, for matching without a hub: orders.jsonl, cases.jsonl, gold.json.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/linking/order.hpp"

namespace orderhub::runtime {

/// What is wrong with a file: "cases.jsonl:12: /received_at: ...".
using Complaints = std::vector<std::string>;

/// Case id, order numbers.
using Gold = std::map<std::string, std::vector<std::string>>;

struct LinkingInput {
    std::vector<linking::Order> orders;
    std::vector<linking::Ticket> tickets;
};

/// Reads orders.jsonl and cases.jsonl of a folder: one JSON object a line. Only order_number,
/// case_id and body must be there; members that are null or not known are passed over. All that is
/// wrong is in `complaints`, at most 50 of them.
LinkingInput read_linking_input(const std::string& folder, Complaints& complaints);

/// gold.json: {"<case_id>": ["<order_number>", ...]}. Cases and orders must be those of `input`.
Gold read_gold(const std::string& folder, const LinkingInput& input, Complaints& complaints);

/// undetermined.json, if there is one: ids of cases whose text does not tell the order, so that
/// nobody can be asked to link them.
std::set<std::string> read_undetermined(const std::string& folder, Complaints& complaints);

}  // namespace orderhub::runtime
