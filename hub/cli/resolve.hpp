// People name orders and cases by what they see: a number, an id of the outside system, or ours.
#pragma once

#include "hub/cli/session.hpp"

namespace orderhub::cli {

/// The order of an id, a number or an external id. Fails with kNotFound, or with kConflict if there
/// are several.
Expected<Answer> find_order(Session& session, const std::string& named);
/// The same for a case: an id, or the number of the ticket.
Expected<Answer> find_case(Session& session, const std::string& named);

/// The id only; asks the hub only if `named` is not an id already.
Expected<std::string> order_id(Session& session, const std::string& named);
Expected<std::string> case_id(Session& session, const std::string& named);

}  // namespace orderhub::cli
