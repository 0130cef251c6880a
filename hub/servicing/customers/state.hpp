// What servicing keeps of customers: the part of a unit of work that is about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::servicing {

/// A customer: a person or a business account. All instants are RFC 3339, UTC.
struct CustomerRow {
    std::string id;    ///< "cu_" and a UUIDv7
    std::string kind;  ///< person | account
    std::string name;
    std::string named_at;  ///< of the order or case that showed the name; the newest one counts
    std::string created_at;
    std::string joined_into = {};  ///< id of the customer that it is a part of now; or empty
};

/// An identity, and why it is its customer's. It belongs to exactly one.
struct IdentityRow {
    std::string key;    ///< domain::key_of()
    std::string value;  ///< the number or the e-mail address alone, for searches
    std::string customer_id;
    std::string source;  ///< connector that showed it first
    std::string rule;    ///< first_seen | same_external_id | same_email
    std::string reason;  ///< for a person
    std::string at;
};

struct CustomerHistoryRow {
    std::string customer_id;
    std::string at;
    std::string actor;       ///< as an Event's
    std::string what;        ///< identity_added | joined | split
    std::string why;         ///< for a person
    std::string other = {};  ///< id of the other customer, or empty
};

struct CustomerQuery {
    std::string text = {};  ///< exact e-mail, external id or customer id; empty for all
    std::string before_id = {};
    std::uint32_t limit = 50;
};

struct CustomerCounts {
    std::int64_t orders = 0;
    std::int64_t cases = 0;
};

/// See State. A business account's orders are those bought for it, its cases those of its buyers;
/// its buyers are the persons who ordered for it.
class CustomerState {
public:
    virtual ~CustomerState() = default;

    virtual std::optional<CustomerRow> customer(std::string_view id) = 0;
    /// Newest first, without those that were joined into another; the id of such a one finds that
    /// other.
    virtual std::vector<CustomerRow> find_customers(const CustomerQuery& query) = 0;
    /// Inserts or replaces.
    virtual void save_customer(const CustomerRow& row) = 0;

    virtual std::optional<IdentityRow> identity(std::string_view key) = 0;
    /// Oldest first.
    virtual std::vector<IdentityRow> identities(std::string_view customer_id,
                                                std::uint32_t limit) = 0;
    virtual void add_identity(const IdentityRow& row) = 0;

    /// Whether an identity of one was separated from an identity of the other.
    virtual bool are_separated(std::string_view one, std::string_view other) = 0;
    /// Two were joined after all.
    virtual void forget_separations(std::string_view one, std::string_view other) = 0;

    virtual void append_history(const CustomerHistoryRow& row) = 0;
    /// Newest first.
    virtual std::vector<CustomerHistoryRow> customer_history(std::string_view customer_id,
                                                             std::uint32_t limit) = 0;

    /// All that `gone` has belongs to `stays` from now on: identities, orders, cases, history.
    virtual void join_customers(std::string_view gone, std::string_view stays) = 0;
    /// An identity of `from`, and the orders and cases that are its by this identity, belong to
    /// `to` from now on.
    virtual void move_identity(std::string_view key, std::string_view from,
                               std::string_view to) = 0;
    /// A person says that this identity and those that `customer_id` has now are not one customer.
    virtual void separate(std::string_view key, std::string_view customer_id) = 0;

    virtual CustomerCounts customer_counts(std::string_view customer_id) = 0;
    virtual std::vector<CustomerRow> buyers(std::string_view account_id, std::uint32_t limit) = 0;
    virtual std::vector<CustomerRow> accounts_of(std::string_view person_id,
                                                 std::uint32_t limit) = 0;
};

}  // namespace orderhub::servicing
