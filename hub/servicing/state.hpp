// What servicing needs of a store: one transaction's view of orders, cases, journal and outgoing
// commands. Documents are JSON text that only servicing's codec reads; beside them stand the
// columns that searches use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/servicing/customers/state.hpp"
#include "hub/servicing/linking/state.hpp"

namespace orderhub::servicing {

/// An order summary as stored. `version` starts at 1 and rises by one with each save.
struct OrderRow {
    std::string id;  ///< "os_" and a UUIDv7
    std::int64_t version = 0;
    std::string document;
    // For search and lists, derived from the document at each save:
    std::string connector;    ///< where it came from
    std::string external_id;  ///< there
    std::string number;
    std::string email;  ///< lower case, trimmed
    std::string customer_name;
    std::string phone;  ///< digits with a leading +, or empty
    std::string status;
    std::string currency;
    std::string grand_total;  ///< decimal text, tax included
    std::string placed_at;
    std::string updated_at;
    bool has_exception = false;
    /// And the numbers of its credit memos and invoices: further words that it is found by.
    std::vector<std::string> tracking_numbers;
    // Who ordered, and for which business account; the identities say by what they were told.
    // Empty if nothing tells, or the order was saved last by a release that did not ask.
    std::string customer_id = {};
    std::string customer_identity = {};
    std::string account_id = {};
    std::string account_identity = {};
    std::vector<std::int64_t> match_keys = {};  ///< what a case finds it by; not read back
};

/// A support case as stored.
struct CaseRow {
    std::string id;  ///< "cs_" and a UUIDv7
    std::int64_t version = 0;
    std::string document;
    std::string connector;
    std::string external_id;
    std::string subject;
    std::string requester_email;
    std::string state;     ///< open | closed
    std::string decision;  ///< linked | suggested | none
    std::string order_id;  ///< the linked order, or empty
    std::string updated_at;
    std::string customer_id = {};        ///< as in OrderRow
    std::string customer_identity = {};  ///< as in OrderRow
    // Not read back:
    std::vector<std::string> further_orders = {};  ///< beyond order_id
    std::vector<std::int64_t> match_keys = {};     ///< of an order that it waits for
};

/// One line of the journal: what happened, to what, by whom. Append-only; the audit log is a view
/// of it.
struct Event {
    std::int64_t sequence = 0;  ///< given by the store
    std::string id;             ///< "ev_" and a UUIDv7
    std::string type;           ///< "order.imported", "change_order.submitted", ...
    std::string order_id;
    std::string case_id;
    std::string actor;  ///< "agent:NAME", "connector:NAME", "hub"
    std::string trace;
    std::string data;  ///< JSON object
    std::string at;    ///< RFC 3339 UTC
    /// From where the actor asked: an IP address; empty for connectors and the hub itself.
    std::string address = {};
};

/// An effect that is wanted in an outside system. Becomes a delivery, in order for its (connector,
/// order_key).
struct OutgoingCommand {
    std::string connector;
    std::string order_key;
    std::string kind;     ///< "refund.create", ...
    std::string key;      ///< idempotency key: [A-Za-z0-9_-]{1,64}, unique over all time
    std::string payload;  ///< JSON, sdk/schemas/commands
    std::string order_id;
    std::string action_id;  ///< or empty
    std::string case_id;    ///< or empty
};

/// A step that is under way or over, as an agent sees it.
struct StepRow {
    std::string delivery_id;
    std::string kind;
    std::string connector;
    std::string state;  ///< see routing::DeliveryState, as text
    std::uint32_t attempts = 0;
    std::string message;  ///< the outside system's words if it is not done
    std::string updated_at;
    std::string key;
    std::string action_id;
};

struct OrderQuery {
    std::string text =
        {};  ///< exact order number, e-mail, external id, phone or tracking number; empty for all
    std::string status = {};  ///< or empty
    bool only_exceptions = false;
    std::string before_id = {};  ///< page: rows older than this id; empty for the newest
    std::uint32_t limit = 50;
    std::string customer_id = {};  ///< a person, or empty
    std::string account_id = {};   ///< a business account, or empty
};

struct CaseQuery {
    std::string text = {};      ///< exact external id or requester e-mail; empty for all
    std::string decision = {};  ///< or empty
    std::string order_id = {};  ///< or empty; among others too
    std::string before_id = {};
    std::uint32_t limit = 50;
    std::string customer_id = {};  ///< a person, or an account for its buyers' cases; or empty
};

/// One transaction. Valid inside the unit of work that it was given to, on its thread only. Storage
/// failures are thrown (std::runtime_error) and undo the whole unit.
class State : public CustomerState, public LinkingState {
public:
    virtual std::optional<OrderRow> order(std::string_view id) = 0;
    virtual std::optional<OrderRow> order_by_source(std::string_view connector,
                                                    std::string_view external_id) = 0;
    /// Newest first.
    virtual std::vector<OrderRow> find_orders(const OrderQuery& query) = 0;
    /// Inserts (version 1) or replaces (version = stored + 1; anything else is a bug and throws).
    virtual void save_order(const OrderRow& row) = 0;

    virtual std::optional<CaseRow> case_by_id(std::string_view id) = 0;
    virtual std::optional<CaseRow> case_by_source(std::string_view connector,
                                                  std::string_view external_id) = 0;
    virtual std::vector<CaseRow> find_cases(const CaseQuery& query) = 0;
    virtual void save_case(const CaseRow& row) = 0;

    virtual void append(Event event) = 0;
    /// Oldest first, after `after`, at most `limit`; order_id empty for all orders.
    virtual std::vector<Event> events(std::int64_t after, std::uint32_t limit,
                                      std::string_view order_id) = 0;

    virtual void send(const OutgoingCommand& command) = 0;
    virtual std::vector<StepRow> steps(std::string_view order_id) = 0;

    /// The next number of a series, from 1, without gaps: taken and kept in the same transaction.
    virtual std::int64_t next_number(std::string_view series) = 0;
};

}  // namespace orderhub::servicing
