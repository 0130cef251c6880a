// The order summary: what was ordered, and everything that happened to it since. Originals are
// never edited: the summary is original + change orders. All instants are milliseconds since the
// epoch; all amounts are in the order's currency.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/domain/money.hpp"

namespace orderhub::domain {

enum class LineKind { product, delivery, fee };
enum class TaxLocale { net, gross };

/// A company on whose behalf a person buys.
struct Account {
    std::string external_id;
    std::string name;
};

struct Customer {
    std::string external_id;
    std::string name;
    std::string email;
    std::string phone;
    Account account = {};  ///< empty for a private person
};

struct Address {
    std::string name, company, line1, line2, city, state, postcode, country, phone;
};

/// Lines that go to one recipient by one method.
struct DeliveryGroup {
    std::string id;  ///< the storefront's
    Address recipient;
    std::string method;
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

/// Units that share one price, and how many of them are gone. What the rest is worth: see
/// units.hpp. A pool without units holds value that stayed when its units went, such as what a
/// customer does not get back for a damaged unit.
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
    std::string delivery_group;  ///< id of a DeliveryGroup; empty: the order's only one
    /// Line id of the bundle that this is a part of. A bundle's own line is a container: it has no
    /// value, and its counters follow from its parts'.
    std::string bundle;
    std::int64_t units_per_bundle = 0;
    Amount unit_price;  ///< list price, for display only
    Amount list;        ///< of all ordered units, before discounts
    std::vector<Adjustment> adjustments;
    Amount original;  ///< list + adjustments: what the ordered units cost
    /// In the order in which units are taken: most discounted first. See units.hpp.
    std::vector<Pool> pools;

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
    std::int64_t in_fulfilment() const { return allocated - fulfilled; }
    std::int64_t available_to_return() const { return fulfilled - return_initiated; }
    std::int64_t available_to_exchange() const {
        return available_to_cancel() + available_to_return();
    }
    /// 0 too if units that were sent again came back.
    std::int64_t available_to_reship() const {
        return std::max<std::int64_t>(0, fulfilled - reshipped - return_initiated);
    }
};

/// Where units stand: neither allocated nor fulfilled, allocated, fulfilled.
enum class Stage { pre, in, post };

/// `refund` and `chargeback`: money that somebody else gave back without touching a line.
enum class ChangeKind { cancel, return_, discount, fee, add, adjust, refund, chargeback };
/// Whether a change that the hub decided has reached the storefront. `none`: nothing is expected
/// there.
enum class Echo { none, expected, done, seen };

struct ChangeLine {
    std::string line_id;
    std::int64_t quantity = 0;  ///< units that it is about; 0 for an amount only
    Amount delta;               ///< signed change of the order's total
    std::vector<Tax> taxes;     ///< signed; add up to delta.tax if the line has taxes
};

struct ChangeOrder {
    std::string id;
    std::string action_id;  ///< of the action that made it; empty if done elsewhere
    ChangeKind kind = ChangeKind::cancel;
    Stage stage = Stage::pre;
    std::string origin;  ///< "hub", or the connector where somebody did it
    std::string actor;
    std::string reason;
    std::int64_t at = 0;
    std::vector<ChangeLine> lines;
    Amount delta;
    Minor money;      ///< of kind refund or chargeback: what was given back
    std::string key;  ///< of the command that tells the storefront; the storefront shows it back
    Echo echo = Echo::none;
    std::int64_t done_at = 0;  ///< when the storefront confirmed
};

enum class PaymentState { pending, authorized, captured, declined, failed, cancelled };

/// A movement of money that the hub wants from a payment provider. `intent`: planned; `reserved`:
/// stored, its amount is held, its command waits; the table of allowed moves is in money_state.hpp.
enum class MoneyState { intent, reserved, sent, unknown, pending, succeeded, failed };

enum class OperationKind { capture, reverse };

/// A capture of authorized money, or the reversal of an authorization.
struct PaymentOperation {
    std::string id;
    std::string key;  ///< stable for its life
    std::string action_id;
    OperationKind kind = OperationKind::capture;
    std::string external_id;
    Minor amount;
    MoneyState state = MoneyState::intent;
    std::string message;  ///< the provider's words if it failed
    std::int64_t at = 0;
};

struct Payment {
    std::string external_id;
    std::string method;
    PaymentState state = PaymentState::pending;
    Minor amount;
    std::string reference;
    std::int64_t at = 0;
    std::vector<PaymentOperation> operations;
    // Of money that came from another order by an exchange: the order and its payment that hold it.
    std::string source_order;
    std::string source_payment;
};

/// change: for change orders of an action. excess: paid twice. goodwill: a gift. transfer: went to
/// an exchange order. foreign: somebody else made it.
enum class RefundKind { change, excess, goodwill, transfer, foreign };

struct Refund {
    std::string id;
    std::string key;  ///< stable for its life; empty if somebody else made it
    std::string external_id;
    std::string payment;    ///< external id
    std::string operation;  ///< id of the capture that it is for, if the payment has several
    Minor amount;
    RefundKind kind = RefundKind::change;
    MoneyState state = MoneyState::intent;
    std::string origin;  ///< "hub", or the connector where somebody did it
    std::string action_id;
    std::string reason;
    std::string reference;
    std::string message;   ///< the provider's words if it failed
    std::string replaces;  ///< id of the failed refund in whose place it stands
    std::string order;     ///< transfer: id of the order that the money went to
    /// That gives it back, if it is not the order's own: then the storefront need not show it.
    std::string connector = {};
    std::int64_t at = 0;
    std::int64_t done_at = 0;
};

enum class FulfilmentKind { standard, reship };
/// `pending`: allocated, not on its way yet.
enum class FulfilmentState { draft, pending, shipped, delivered, cancelled };

struct FulfilmentLine {
    std::string line_id;
    std::int64_t quantity = 0;
};

/// A fulfilment order: units that leave together.
struct Fulfilment {
    std::string id;
    std::string key;  ///< of the command that asks for it; empty if somebody else made it
    std::string external_id;
    FulfilmentKind kind = FulfilmentKind::standard;
    FulfilmentState state = FulfilmentState::pending;
    std::vector<FulfilmentLine> lines;
    std::string carrier, tracking_number, tracking_url;
    std::int64_t at = 0;
    std::string origin;  ///< "hub", or the connector that showed it
    std::string action_id;
    std::string reason;
};

/// `differs`: posted, but the amounts read back are not ours.
enum class DocumentState { queued, unknown, posted, differs, refused };

struct DocumentLine {
    LineKind kind = LineKind::product;
    std::string sku;
    std::string name;
    std::int64_t quantity = 1;
    Amount total;  ///< positive
    std::vector<Tax> taxes;
};

/// A credit memo, or an invoice for fees, as the books get it. Amounts are positive.
struct Document {
    std::string id;
    std::string number;  ///< ours, without gaps in its series: "CM-000001"
    std::string action_id;
    std::vector<std::string> change_orders;
    std::vector<std::string> fulfilments;  ///< ids of those that had brought the units
    std::string reason;
    std::string key;
    std::int64_t at = 0;
    Amount total;
    std::vector<DocumentLine> lines;
    DocumentState state = DocumentState::queued;
    std::string posted_number;  ///< in the financial system
    std::string message;
};

/// What a fee is counted from. percentage: of what the units cost; percentage_gross: of what they
/// cost before discounts.
enum class FeeBasis { amount_with_tax, amount_without_tax, percentage, percentage_gross };

struct Fee {
    std::string label;
    FeeBasis basis = FeeBasis::amount_with_tax;
    std::int64_t value = 0;  ///< minor units, or hundredths of a percent
};

/// What happens to the delivery charge of units that go.
enum class DeliveryRule { keep, proportional };

enum class ReturnState { draft, submitted, approved, partly_received, received, closed, cancelled };

/// Units that are expected back. Once something of it was received it is frozen; units that are
/// still missing go on as a new line.
struct ReturnLine {
    std::string id;  ///< "r1", "r2", ... within the return order
    std::string line_id;
    std::int64_t expected = 0;
    std::int64_t received = 0;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::string reason;
    std::string condition;  ///< of the accepted units, a word of the policy
    std::string rejection_reason;
    std::int64_t received_at = 0;
    Pool held;  ///< the expected units at the price that they had when the return began
};

/// A return that is checked before money moves (RMA).
struct ReturnOrder {
    std::string id;
    std::string number;  ///< "RMA-000001"
    std::string action_id;
    ReturnState state = ReturnState::draft;
    std::string reason;
    std::string actor;
    std::int64_t at = 0;
    std::int64_t closed_at = 0;
    std::vector<ReturnLine> lines;
    std::vector<Fee> fees;
    DeliveryRule delivery = DeliveryRule::keep;
    std::string exchange_order;  ///< id of the order that its refundable value is reserved for
};

enum class ExceptionState { active, ignored, resolved };

/// Something that a person must look at.
struct ProcessException {
    std::string id;
    std::string code;  ///< stable: "totals_differ"
    std::string
        subject;  ///< what it is about, so that it is raised once: a line id, a change order id ...
    std::string category;  ///< fulfilment | invoicing | payment | order
    std::string severity;  ///< high | low
    std::string message;
    ExceptionState state = ExceptionState::active;
    bool suspends = false;  ///< while it is active nothing else is done to the order
    std::int64_t raised_at = 0;
    std::int64_t resolved_at = 0;
    std::string resolved_by;
    std::string resolution;        ///< how, in that person's words
    std::string priority = "low";  ///< high | low: what a person takes first
};

/// An action that was submitted: change orders, refunds and documents name it.
struct ActionTaken {
    std::string id;
    std::string name;  ///< a word of ActionKind
    std::string actor;
    std::string reason;
    std::int64_t at = 0;
    bool announced = false;    ///< the cases have had their note
    std::string subject = {};  ///< id of the return order, fulfilment, ... that it was about
};

/// exchange: the other order was made to replace units of this one; exchanged: the reverse.
enum class Relation { exchange, exchanged };

struct RelatedOrder {
    Relation relation = Relation::exchange;
    std::string order_id;
    std::string number;
};

struct Order {
    std::string id;
    std::int64_t version = 0;
    std::string connector;
    std::string external_id;
    std::string number;
    std::string channel;
    std::string url;
    bool managed = true;  ///< false: shown and linked, never changed by the hub
    Currency currency;
    TaxLocale tax_locale = TaxLocale::net;
    std::string storefront_state;
    std::int64_t placed_at = 0;
    std::int64_t observed_at = 0;  ///< of the last snapshot that counted
    std::int64_t updated_at = 0;
    Customer customer;
    Address billing_address;
    Address shipping_address;
    std::vector<DeliveryGroup> delivery_groups;
    std::vector<Line> lines;
    std::vector<ActionTaken> actions;
    std::vector<ChangeOrder> change_orders;
    std::vector<Payment> payments;
    std::vector<Refund> refunds;
    std::vector<Fulfilment> fulfilments;
    std::vector<ReturnOrder> return_orders;
    std::vector<Document> credit_memos;
    std::vector<Document> invoices;
    std::vector<ProcessException> exceptions;
    std::vector<RelatedOrder> related;
    Amount storefront_totals;  ///< as it said last
};

/// Null if there is none.
Line* find_line(Order& order, std::string_view id);
const Line* find_line(const Order& order, std::string_view id);
Line* find_line_by_external_id(Order& order, std::string_view external_id);
ChangeOrder* find_change_order(Order& order, std::string_view id);
Payment* find_payment(Order& order, std::string_view external_id);
const Payment* find_payment(const Order& order, std::string_view external_id);
Fulfilment* find_fulfilment(Order& order, std::string_view id);
ReturnOrder* find_return_order(Order& order, std::string_view id);
const ReturnOrder* find_return_order(const Order& order, std::string_view id);

/// Line ids and where their lines stand in order.lines; for work on many lines. Good while no line
/// is added.
std::unordered_map<std::string_view, std::size_t> index_of_lines(const Order& order);

bool is_container(const Order& order, const Line& line);  ///< a bundle's own line
/// An active exception says that nothing may be done. Null if none does.
const ProcessException* suspension(const Order& order);

}  // namespace orderhub::domain
