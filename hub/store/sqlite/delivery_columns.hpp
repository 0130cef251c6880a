// The columns of a delivery, in one place, and how its instants are shown to agents.
#pragma once

#include <chrono>
#include <ctime>
#include <stdexcept>
#include <string>

#include "hub/routing/queue.hpp"
#include "hub/store/sqlite/connection.hpp"

#define ORDERHUB_DELIVERY_COLUMNS                                                              \
    "id, connector, order_key, kind, key, payload, order_id, change_order_id, case_id, state," \
    " attempts, failures, crashes, next_at, created_at, updated_at, result, error_code,"       \
    " error_message, history"

namespace orderhub::store {

/// The current row of a SELECT of ORDERHUB_DELIVERY_COLUMNS.
inline routing::Delivery read_delivery(Query& query) {
    routing::Delivery row;
    std::string state;
    query.read(row.id, row.connector, row.order_key, row.kind, row.key, row.payload, row.order_id,
               row.change_order_id, row.case_id, state, row.attempts, row.failures, row.crashes,
               row.next_at, row.created_at, row.updated_at, row.result, row.error_code,
               row.error_message, row.history);
    const auto known = routing::delivery_state(state);
    if (!known) throw std::runtime_error("delivery " + row.id + " has the unknown state " + state);
    row.state = *known;
    return row;
}

/// "2026-01-31T12:00:00.123Z"
inline std::string rfc3339(routing::Instant instant_ms) {
    const std::time_t seconds = instant_ms / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    const std::string millis = std::to_string(1000 + instant_ms % 1000).substr(1);
    return std::string(text, length) + "." + millis + "Z";
}

}  // namespace orderhub::store
