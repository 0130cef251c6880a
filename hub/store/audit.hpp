// The journal as an audit log: searched, and sealed so that changes to it are noticed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/servicing/state.hpp"

namespace orderhub::store {

/// So many places of the journal are looked at for one page: there is no index for each wish.
inline constexpr std::int64_t kMostLookedAt = 100'000;

/// What is looked for; an empty member asks for nothing.
struct AuditQuery {
    std::string actor = {};     ///< exactly
    std::string type = {};      ///< the beginning of it
    std::string order_id = {};  ///< exactly
    std::string from = {};      ///< RFC 3339 UTC, inclusive
    std::string to = {};        ///< exclusive
    /// Where to go on: `after` reads forward, `before` backward from the newest if it is 0.
    std::optional<std::int64_t> after = std::nullopt;
    std::int64_t before = 0;
    std::uint32_t limit = 100;
};

/// `erased` is the hex SHA-256 of the event's line as it was when something in it was erased for
/// the first time; empty if nothing was.
struct AuditEvent : servicing::Event {
    std::string erased = {};
};

/// At most `limit` events. A search looks at a bounded part of the journal in one go, so a page may
/// be short, even empty, and yet have a next one.
struct AuditPage {
    std::vector<AuditEvent> events;
    std::optional<std::int64_t> next;  ///< the next page's `after` or `before`
};

/// Covers the events from `first` to `last`.
struct Seal {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t events = 0;
    std::string hash;  ///< hex SHA-256, see http::seal_hash()
    std::int64_t sealed_at_ms = 0;
};

class Audit {
public:
    virtual ~Audit() = default;
    virtual AuditPage audit(const AuditQuery& query) = 0;
    virtual std::optional<Seal> last_seal() = 0;
    /// Those that end after a sequence, oldest first.
    virtual std::vector<Seal> seals(std::int64_t after, std::uint32_t limit) = 0;
    /// Throws if another begins at the same event.
    virtual void add_seal(const Seal& seal) = 0;
};

}  // namespace orderhub::store
