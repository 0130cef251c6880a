#include <algorithm>

#include "hub/store/sql/secret_places.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

std::string SqlTransaction::connector_state(std::string_view connector, std::string_view key) {
    auto query = db_.query("SELECT value FROM connector_state WHERE connector = ? AND key = ?");
    if (!query.bind(connector, key).step()) return {};
    return sources_.keyring->reveal(query.text(0), state_place(connector, key));
}

void SqlTransaction::set_connector_state(std::string_view connector, std::string_view key,
                                         std::string_view value) {
    db_.query(
           "INSERT INTO connector_state (connector, key, value) VALUES (?, ?, ?)"
           " ON CONFLICT (connector, key) DO UPDATE SET value = excluded.value")
        .bind(connector, key, sources_.keyring->protect(value, state_place(connector, key)))
        .run();
}

std::string SqlTransaction::record_digest(std::string_view connector, std::string_view kind,
                                          std::string_view external_id) {
    auto query = db_.query(
        "SELECT digest FROM record_digests"
        " WHERE connector = ? AND kind = ? AND external_id = ?");
    return query.bind(connector, kind, external_id).step() ? query.text(0) : std::string{};
}

void SqlTransaction::set_record_digest(std::string_view connector, std::string_view kind,
                                       std::string_view external_id, std::string_view digest) {
    db_.query(
           "INSERT INTO record_digests (connector, kind, external_id, digest)"
           " VALUES (?, ?, ?, ?)"
           " ON CONFLICT (connector, kind, external_id) DO UPDATE SET digest = excluded.digest")
        .bind(connector, kind, external_id, digest)
        .run();
}

std::optional<routing::Instant> SqlTransaction::next_due(std::string_view connector) {
    const auto message = next_message_due(connector);
    const auto delivery = next_delivery_due(connector);
    if (!message || !delivery) return message ? message : delivery;
    return std::min(*message, *delivery);
}

routing::Backlog SqlTransaction::backlog(std::string_view connector) {
    const auto count = [&](std::string_view sql) {
        auto query = db_.query(sql);
        query.bind(connector).step();
        return static_cast<std::uint64_t>(query.integer(0));
    };
    routing::Backlog backlog;
    backlog.messages =
        count("SELECT count(*) FROM inbox WHERE state = 'waiting' AND connector = ?") +
        count("SELECT count(*) FROM inbox WHERE state = 'working' AND connector = ?");
    backlog.parked_messages =
        count("SELECT count(*) FROM inbox WHERE state = 'parked' AND connector = ?");
    backlog.parked_deliveries =
        count("SELECT count(*) FROM deliveries WHERE state = 'parked' AND connector = ?");
    backlog.deliveries = count("SELECT count(*) FROM deliveries WHERE open = 1 AND connector = ?") -
                         backlog.parked_deliveries;
    return backlog;
}

}  // namespace orderhub::store
