// An order as its storefront shows it, and what its difference to the order summary means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/domain/order.hpp"

namespace orderhub::domain {

struct SnapshotLine {
    std::string external_id;
    LineKind kind = LineKind::product;
    std::string sku;
    std::string name;
    std::string delivery_group;         ///< id of one of the snapshot's, or empty
    std::string bundle;                 ///< external id of the bundle's line, or empty
    std::int64_t units_per_bundle = 1;  ///< of this part
    std::int64_t quantity = 0;          ///< units that are not cancelled
    std::int64_t ordered_quantity = 0;  ///< units that were placed
    Amount unit_price;
    Amount list;
    std::vector<Adjustment> adjustments;
    Amount total;
    Amount cancelled_total;
    std::vector<Tax> taxes;
};

struct SnapshotCancellation {
    std::string external_id;
    std::string key;
    std::string reason;
};

struct SnapshotRefund {
    std::string external_id;
    std::string payment;
    Minor amount;
    MoneyState state = MoneyState::pending;
    std::string key;
    std::string reason;
    std::string reference;
    std::int64_t at = 0;
    bool chargeback = false;  ///< taken back through the customer's bank
};

/// Fulfilment lines name the storefront's line ids here, and fulfilments have no id.
struct Snapshot {
    std::string external_id;
    std::int64_t observed_at = 0;
    std::string number, channel, url;
    Currency currency;
    TaxLocale tax_locale = TaxLocale::net;
    bool managed = true;
    std::string storefront_state;
    std::int64_t placed_at = 0;
    Customer customer;
    Address billing_address, shipping_address;
    std::vector<DeliveryGroup> delivery_groups;
    std::vector<SnapshotLine> lines;
    Amount totals;
    std::vector<Payment> payments;
    std::vector<SnapshotRefund> refunds;
    std::optional<std::vector<SnapshotCancellation>> cancellations;  ///< if it keeps such a list
    std::vector<Fulfilment> fulfilments;
};

/// Something that applying a snapshot brought about, for the journal.
struct Happening {
    std::string type;     ///< "order.imported", "refund.succeeded", ...
    std::string subject;  ///< id of what it happened to
    std::string text;     ///< for a person
};

/// Brings an order in line with a snapshot of the connector it came from; an order without lines is
/// filled for the first time. What the hub itself caused is recognised and not applied again; what
/// somebody did in the storefront becomes a change order, refund or fulfilment with that origin;
/// what disagrees becomes a process exception. A snapshot that was observed before the last one
/// that counted changes nothing. New change orders, refunds and exceptions have empty ids.
std::vector<Happening> apply_snapshot(Order& order, const Snapshot& snapshot);

/// Raises an exception once: an active one of the same code and subject is only reworded. True if
/// it is new.
bool raise_exception(Order& order, ProcessException exception);
/// Ends an active exception. True if there was one.
bool resolve_exception(Order& order, std::string_view code, std::string_view subject,
                       std::int64_t at);

}  // namespace orderhub::domain
