// The columns of a delivery, in one place.
#pragma once

#include <stdexcept>
#include <string>

#include "hub/routing/queue.hpp"
#include "hub/store/sql/database.hpp"

#define ORDERHUB_DELIVERY_COLUMNS                                                          \
    "id, connector, order_key, kind, key, payload, order_id, action_id, case_id, state,"   \
    " attempts, failures, crashes, tried_since, next_at, created_at, updated_at, result, " \
    "error_code,"                                                                          \
    " error_message, history, owner"

namespace orderhub::store {

/// The current row of a SELECT of ORDERHUB_DELIVERY_COLUMNS.
inline routing::Delivery read_delivery(Query& query) {
    routing::Delivery row;
    std::string state;
    query.read(row.id, row.connector, row.order_key, row.kind, row.key, row.payload, row.order_id,
               row.action_id, row.case_id, state, row.attempts, row.failures, row.crashes,
               row.tried_since, row.next_at, row.created_at, row.updated_at, row.result,
               row.error_code, row.error_message, row.history, row.owner);
    const auto known = routing::delivery_state(state);
    if (!known) throw std::runtime_error("delivery " + row.id + " has the unknown state " + state);
    row.state = *known;
    return row;
}

}  // namespace orderhub::store
