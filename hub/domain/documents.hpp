// Credit memos and invoices for the books.
#pragma once

#include "hub/domain/plan.hpp"

namespace orderhub::domain {

/// Adds the credit memo for the plan's new change orders that lower the total of fulfilled units,
/// and the invoice for its new fees; each only if there is something to put on it. One line for
/// each line of a change order, with its taxes; however many there are.
void add_documents(Order& order, const std::string& reason, std::int64_t now);

}  // namespace orderhub::domain
