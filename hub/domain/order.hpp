// The order summary: what was ordered, and everything that happened to it since. Originals are
// never edited: the summary is original + change orders. All instants are milliseconds since the
// epoch; all amounts are in the order's currency.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/domain/money.hpp"

namespace orderhub::domain {

enum class LineKind { product, delivery, fee };
enum class TaxLocale { net, gross };

struct Customer {
    std::string external_id;
    std::string name;
    std::string email;
    std::string phone;
};

struct Address {
    std::string name, company, line1, line2, city, state, postcode, country, phone;
};

struct Adjustment {
    bool order_level = false;  ///< this line's share of an order discount
    std::string label;
    Amount amount;
};

/// One tax of a line; `rate` is percent as decimal text.
struct Tax {
    std::string label;
    std::string rate;
    Minor amount;
};

/// Units that share one price, and how many of them are gone. What the rest is worth: value().
struct Pool {
    std::int64_t units = 0;
    std::int64_t taken = 0;
    Amount amount;           ///< of all units
    std::vector<Tax> taxes;  ///< of all units; add up to amount.tax
};

struct Line {
    std::string id;  ///< ours: "l1", "l2", ...
    std::string external_id;
    LineKind kind = LineKind::product;
    std::string sku;
    std::string name;
    Amount unit_price;  ///< list price, for display only
    Amount list;        ///< of all ordered units, before discounts
    std::vector<Adjustment> adjustments;
    Amount original;  ///< list + adjustments: what the ordered units cost
    Pool pool;

    std::int64_t ordered = 0;
    std::int64_t cancelled = 0;
    std::int64_t allocated = 0;
    std::int64_t fulfilled = 0;
    std::int64_t return_initiated = 0;  ///< returned or on the way back
    std::int64_t returned = 0;
    std::int64_t reshipped = 0;

    // What the storefront showed last; the difference to the next showing is what happened there.
    std::int64_t seen_quantity = 0;
    Amount seen_total;
    std::int64_t seen_restocked =
        0;  ///< returned units that the storefront took off the line afterwards

    std::int64_t quantity() const { return ordered - cancelled - returned; }
    std::int64_t available_to_cancel() const { return ordered - cancelled - allocated; }
    std::int64_t available_to_return() const { return fulfilled - return_initiated; }
};

enum class ChangeKind { cancel, return_, add, adjust };
/// Whether a change that the hub decided has reached the storefront. `none`: nothing is expected
/// there.
enum class Echo { none, expected, done, seen };

struct ChangeLine {
    std::string line_id;
    std::int64_t quantity = 0;
    Amount delta;  ///< signed change of the order's total
    std::vector<Tax> taxes;
};

struct ChangeOrder {
    std::string id;
    ChangeKind kind = ChangeKind::cancel;
    std::string origin;  ///< "hub", or the connector where somebody did it
    std::string actor;
    std::string reason;
    std::int64_t at = 0;
    std::vector<ChangeLine> lines;
    Amount delta;
    std::string key;  ///< of the command that tells the storefront; the storefront shows it back
    Echo echo = Echo::none;
    std::int64_t done_at = 0;  ///< when the storefront confirmed
    bool announced = false;    ///< the case has had its note
};

enum class PaymentState { pending, authorized, captured, declined, failed, cancelled };

struct Payment {
    std::string external_id;
    std::string method;
    PaymentState state = PaymentState::pending;
    Minor amount;
    std::string reference;
    std::int64_t at = 0;
};

/// intent -> sent -> (unknown ->) pending -> succeeded | failed.
enum class RefundState { intent, sent, unknown, pending, succeeded, failed };

struct Refund {
    std::string id;
    std::string key;  ///< stable for its life; empty if somebody else made it
    std::string external_id;
    std::string payment;  ///< external id
    Minor amount;
    RefundState state = RefundState::intent;
    std::string origin;  ///< "hub", or the connector where somebody did it
    std::string change_order_id;
    std::string reason;
    std::string reference;
    std::string message;  ///< the provider's words if it failed
    std::int64_t at = 0;
    std::int64_t done_at = 0;
};

enum class FulfilmentState { pending, shipped, delivered, cancelled };

struct FulfilmentLine {
    std::string line_id;
    std::int64_t quantity = 0;
};

struct Fulfilment {
    std::string external_id;
    FulfilmentState state = FulfilmentState::pending;
    std::vector<FulfilmentLine> lines;
    std::string carrier, tracking_number, tracking_url;
    std::int64_t at = 0;
};

enum class MemoState { queued, unknown, posted, differs, refused };

struct MemoLine {
    LineKind kind = LineKind::product;
    std::string sku;
    std::string name;
    std::int64_t quantity = 1;
    Amount total;  ///< positive
    std::vector<Tax> taxes;
};

struct CreditMemo {
    std::string id;
    std::string number;  ///< ours, without gaps: "CM-000001"
    std::string change_order_id;
    std::string key;
    std::int64_t at = 0;
    Amount total;
    std::vector<MemoLine> lines;
    MemoState state = MemoState::queued;
    std::string posted_number;  ///< in the financial system
    std::string message;
};

/// Something that a person must look at.
struct ProcessException {
    std::string id;
    std::string code;  ///< stable: "totals_differ"
    std::string
        subject;  ///< what it is about, so that it is raised once: a line id, a change order id ...
    std::string category;  ///< fulfilment | invoicing | payment | order
    std::string severity;  ///< high | low
    std::string message;
    bool active = true;
    std::int64_t raised_at = 0;
    std::int64_t resolved_at = 0;
};

struct Order {
    std::string id;
    std::int64_t version = 0;
    std::string connector;
    std::string external_id;
    std::string number;
    std::string channel;
    std::string url;
    Currency currency;
    TaxLocale tax_locale = TaxLocale::net;
    std::string storefront_state;
    std::int64_t placed_at = 0;
    std::int64_t observed_at = 0;  ///< of the last snapshot that counted
    std::int64_t updated_at = 0;
    Customer customer;
    Address billing_address;
    Address shipping_address;
    std::vector<Line> lines;
    std::vector<ChangeOrder> change_orders;
    std::vector<Payment> payments;
    std::vector<Refund> refunds;
    std::vector<Fulfilment> fulfilments;
    std::vector<CreditMemo> credit_memos;
    std::vector<ProcessException> exceptions;
    Amount storefront_totals;  ///< as it said last
};

/// Null if there is none.
Line* find_line(Order& order, std::string_view id);
const Line* find_line(const Order& order, std::string_view id);
Line* find_line_by_external_id(Order& order, std::string_view external_id);
ChangeOrder* find_change_order(Order& order, std::string_view id);

/// What the units that are left in a pool cost.
Amount value(const Pool& pool, TaxLocale locale);
/// What `quantity` further units of the pool cost, with each tax; quantity <= units - taken.
ChangeLine take(const Pool& pool, std::int64_t quantity, TaxLocale locale);

}  // namespace orderhub::domain
