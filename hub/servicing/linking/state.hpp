// What servicing keeps for finding orders of cases, and cases of orders: the part of a unit of work
// that is about it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::servicing {

/// A look-up key (a hash: two things may share one) and who has it, newest first.
struct KeyHits {
    std::int64_t key = 0;
    std::vector<std::string> ids;
};

/// That a mailbox is a customer's, because an agent linked a case of this mailbox to his order.
struct AliasRow {
    std::string mailbox;
    std::string customer_id;
    std::string case_id;
    std::string actor;
    std::string at;  ///< RFC 3339, UTC
};

/// See State.
/// A desk that is to be told again, but not yet.
struct RefreshRow {
    std::string case_id;
    std::string order_id;  ///< one of the case's
    std::int64_t due_at = 0;
};

class LinkingState {
public:
    virtual ~LinkingState() = default;

    /// Orders that were saved with one of the keys, at most `limit` for each. An order that was
    /// changed since may have lost what the key stands for.
    virtual std::vector<KeyHits> orders_by_keys(std::span<const std::int64_t> keys,
                                                std::uint32_t limit) = 0;
    /// An order's document as it is, while others may change it; empty if there is none.
    virtual std::string order_document(std::string_view id) = 0;
    /// The same of the orders that came in last.
    virtual std::vector<std::string> newest_order_documents(std::uint32_t limit) = 0;
    /// As orders_by_keys(), of cases that wait for their order.
    virtual std::vector<KeyHits> cases_by_keys(std::span<const std::int64_t> keys,
                                               std::uint32_t limit) = 0;

    /// Inserts; of one that is there nothing changes.
    virtual void add_alias(const AliasRow& row) = 0;
    /// What a case has taught of a customer is forgotten.
    virtual void forget_aliases(std::string_view case_id, std::string_view customer_id) = 0;
    /// Customers whose the mailbox is, at most ten.
    virtual std::vector<std::string> customers_of_alias(std::string_view mailbox) = 0;

    /// The case's desk is to be told of its orders then; of a case that waits already nothing
    /// changes.
    virtual void refresh_later(const RefreshRow& row) = 0;
    /// Takes those whose time has come out, at most `limit`, the longest due first.
    virtual std::vector<RefreshRow> take_due_refreshes(std::int64_t now_ms,
                                                       std::uint32_t limit) = 0;
    /// When the first of them is due.
    virtual std::optional<std::int64_t> next_refresh() = 0;
};

}  // namespace orderhub::servicing
