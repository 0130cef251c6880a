// What the books say about the hub's credit memos and invoices.
#pragma once

#include <string_view>

#include "hub/domain/reconcile.hpp"

namespace orderhub::servicing {

struct Work;

/// Errors: Invalid with the JSON Pointer of the first field that is wrong.
Result<domain::Posting> read_posting_record(std::string_view json);

/// Brings the state of the document with that number in line with the books: posted, or differs. A
/// number that the hub does not have, and a draft, change nothing: a reconciliation reports them.
Result<void> apply_posting_record(const Work& work, std::string_view connector,
                                  std::string_view json);

}  // namespace orderhub::servicing
