// What erasing a person's data needs of a store: the part of a unit of work that is about it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::servicing {

/// One erasure, kept to go on with after the hub was ended, and to tell what it did. Instants are
/// milliseconds since the epoch.
struct ErasureRow {
    std::string id;  ///< "er_" and a UUIDv7
    std::string customer_id;
    std::string state;  ///< running | waiting (for work that is not over) | done
    bool dry_run = false;
    std::string actor;  ///< as an Event's
    std::string address;
    std::string reason;
    /// JSON: how far it is and what it counted; while it goes on also what it looks for.
    std::string document;
    std::int64_t started_at = 0;
    std::int64_t updated_at = 0;
};

/// Where texts lie that may name a person, beside orders and cases of his.
enum class SweptPlace {
    messages,
    deliveries,
    events,
    answers,
    originals,
    flow_runs,
    replays,
    cases,
    identities,
    history
};

/// A record's object as one text: "shop/order:77".
inline std::string record_name(std::string_view connector, std::string_view kind,
                               std::string_view external_id) {
    return std::string(connector).append("/").append(kind).append(":").append(external_id);
}

struct SweptRow {
    std::string key;  ///< where the next page goes on
    std::string order_id;
    std::string case_id;
    std::string record;    ///< that a polled message brought, see record_name()
    std::string type;      ///< of an event, or of a delivery
    bool is_open = false;  ///< work that is not over: it still needs what it says
    std::vector<std::string> texts;
};

/// See State.
class ErasureState {
public:
    virtual ~ErasureState() = default;

    /// Inserts or replaces.
    virtual void save_erasure(const ErasureRow& row) = 0;
    virtual std::optional<ErasureRow> erasure(std::string_view id) = 0;
    /// Newest first.
    virtual std::vector<ErasureRow> erasures(std::uint32_t limit) = 0;
    /// The oldest that runs, or that has waited since before the instant.
    virtual std::optional<ErasureRow> next_erasure(std::int64_t waiting_since_before) = 0;

    /// Marks that outlive the data: records of these objects, and older records of these
    /// identities, are stored without personal data. Of an identity only a checksum is kept.
    virtual bool any_erased() = 0;
    /// When; 0 if it was not.
    virtual std::int64_t erased_at(std::string_view connector, std::string_view kind,
                                   std::string_view external_id) = 0;
    virtual void mark_erased(std::string_view connector, std::string_view kind,
                             std::string_view external_id, std::int64_t at) = 0;
    virtual std::int64_t identity_erased_at(std::string_view key) = 0;
    virtual void mark_identity_erased(std::string_view key, std::int64_t at) = 0;

    /// What cases have taught of a customer.
    virtual std::vector<std::string> mailboxes_of(std::string_view customer_id) = 0;
    virtual void forget_order_keys(std::string_view order_id,
                                   std::span<const std::int64_t> keys) = 0;
    /// Identities, aliases, separations and history go; with `whole` the customer too, and those
    /// that were joined into it.
    virtual void forget_customer(std::string_view customer_id, bool whole) = 0;

    /// The next rows of a place after a key, in the order of their keys.
    virtual std::vector<SweptRow> sweep(SweptPlace place, std::string_view after,
                                        std::uint32_t limit) = 0;
    /// One of them as it is now, and nobody else changes it meanwhile.
    virtual std::optional<SweptRow> swept(SweptPlace place, std::string_view key) = 0;
    /// Stores the texts of a row that swept() gave. Of a message all that came goes, and a parked
    /// one counts as dropped; of an event the checksum is given that its line has now.
    virtual std::string rewrite(SweptPlace place, const SweptRow& row) = 0;
    /// The same of the message that brought a record.
    virtual void erase_message(std::string_view connector, std::string_view message_id) = 0;
};

}  // namespace orderhub::servicing
