// The use cases of order servicing. Each runs inside one unit of work: what it decides, the journal
// and the commands to the outside are stored together or not at all. No I/O of its own; time and
// ids are given.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/customer.hpp"
#include "hub/domain/plan.hpp"
#include "hub/linking/settings.hpp"
#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

/// Fresh ids: prefix ("os", "dl", ...) + "_" + UUIDv7.
using MakeId = std::function<std::string(std::string_view prefix)>;

/// Which connector carries out a command that is not bound to the order's or case's own. Empty:
/// nobody can.
using Route = std::function<std::string(std::string_view command_kind)>;
/// Whether a configured connector can carry out a command.
using CanExecute = std::function<bool(std::string_view connector, std::string_view command_kind)>;

/// Payments whose money a provider's connector moves in place of the storefront's. A list that is
/// empty fits all.
struct PaymentRoute {
    std::string connector;
    std::vector<std::string> storefronts;  ///< connectors that the orders came from
    std::vector<std::string> methods;
    std::vector<std::string> references;  ///< how the payment's reference begins
};

/// In hundredths of a percent of an order's original total.
struct GiftLimits {
    std::int64_t goodwill = 10'000;
    std::int64_t appeasement = 10'000;
};

class GoodsWords;
/// Nothing read yet.
std::shared_ptr<GoodsWords> make_goods_words();

/// By currency: what one action of a role may give back to a customer before somebody else has to
/// agree, as decimal text.
using RefundLimits = std::map<std::string, std::string, std::less<>>;

/// What never changes while the hub runs.
struct Settings {
    std::string public_url;  ///< for links: <public_url>/orders/<id>
    /// Before a document's number. The books know it by its number, so no other hub that posts
    /// there may use it.
    std::string credit_memo_prefix;
    std::string invoice_prefix;
    std::string return_prefix;
    domain::Policy policy;
    /// What a role may give away; a role that is not listed may give what `policy` says.
    std::map<std::string, GiftLimits, std::less<>> gift_limits;
    /// By role. A role that is not listed has no limit; one that is listed has none in a currency
    /// that is not.
    std::map<std::string, RefundLimits, std::less<>> refund_limits = {};
    linking::Settings linking = {};  ///< how cases find their orders
    std::shared_ptr<GoodsWords> goods_words = make_goods_words();
    MakeId make_id;
    Route route;
    CanExecute can_execute;
    std::vector<PaymentRoute> payment_routes = {};  ///< the first that fits counts
};

/// Who asks, and when.
struct Request {
    std::string actor;  ///< "agent:NAME", "connector:NAME", "hub"
    std::string trace;
    std::int64_t now_ms = 0;
    std::string role = {};     ///< of a person: what he may give away depends on it
    std::string address = {};  ///< from where a person or a program asks
};

/// How a delivery went on; servicing moves refunds, memos, exceptions and notes accordingly.
struct DeliveryProgress {
    std::string kind;
    std::string key;
    std::string connector;
    std::string order_id;
    std::string action_id;
    std::string case_id;
    std::string state;    ///< routing::DeliveryState as text
    std::string result;   ///< JSON object when done
    std::string code;     ///< why not, otherwise
    std::string message;  ///< the outside system's words
};

class Service {
public:
    explicit Service(Settings settings) : settings_(std::move(settings)) {}

    /// Applies a canonical record (sdk/schemas/records) of a connector. Twice, late or out of order
    /// changes nothing. Errors: Invalid, with the field's JSON Pointer.
    Result<void> apply_record(State& state, const Request& request, std::string_view connector,
                              std::string_view kind, std::string_view json) const;

    /// What the action would do: {"order_id", "order_version", "plan"}. `expected_version` 0 means
    /// whatever is there. `input` is the action's, see the API's document (<Action>Input). Errors:
    /// NotFound, Conflict ("order_changed", "suspended", "unmanaged"), Denied, Invalid (field).
    Result<boost::json::object> preview(State& state, const Request& request,
                                        domain::ActionKind action, std::string_view order_id,
                                        std::int64_t expected_version,
                                        const boost::json::object& input) const;

    /// Does it: the same plan, byte for byte, now stored, with the commands on their way.
    /// `expected_version` is required (> 0). Gives {"order_id", "order_version" (the new one),
    /// "action_id", "plan", "created": {"change_orders", "refunds", "credit_memos", "invoices",
    /// "fulfilments", "return_orders": lists of ids, "exchange_order": id or null}}.
    Result<boost::json::object> submit(State& state, const Request& request,
                                       domain::ActionKind action, std::string_view order_id,
                                       std::int64_t expected_version,
                                       const boost::json::object& input) const;

    /// What can be done to the order now: {"order_id", "order_version", "actions": [{"action",
    /// "possible", "code", "reason", "lines": [{"line_id", "units", "blocked": [{"units", "code",
    /// "reason"}]}]}]}. Error: NotFound.
    Result<boost::json::object> eligibility(State& state, const Request& request,
                                            std::string_view order_id) const;

    /// What happened to an order after a version of it, for somebody who came too late: events as
    /// events() gives them, at most the 20 newest.
    boost::json::array changes_since(State& state, std::string_view order_id,
                                     std::int64_t version) const;

    /// Called in the unit of work that stores a delivery's progress.
    Result<void> on_delivery(State& state, const Request& request,
                             const DeliveryProgress& progress) const;

    /// An order as the API and the command line show it, steps included. Error: NotFound.
    Result<boost::json::object> order(State& state, std::string_view order_id) const;
    /// One page of orders: {"items":[...], "next": id or null}.
    boost::json::object orders(State& state, const OrderQuery& query) const;
    Result<boost::json::object> case_(State& state, std::string_view case_id) const;
    boost::json::object cases(State& state, const CaseQuery& query) const;
    /// {"items":[...], "next": sequence}.
    boost::json::object events(State& state, std::int64_t after, std::uint32_t limit,
                               std::string_view order_id) const;

    /// One page of customers: {"items": [{"id", "kind", "name", "created_at"}], "next": id or
    /// null}.
    boost::json::object customers(State& state, const CustomerQuery& query) const;
    /// A customer as the API shows it; the id of one that was joined into another gives that other.
    /// Error: NotFound.
    Result<boost::json::object> customer(State& state, std::string_view customer_id) const;
    /// A person says that two are one customer; the older stays, and is given. Errors: NotFound,
    /// Invalid (field), Conflict "already_joined".
    Result<boost::json::object> join_customers(State& state, const Request& request,
                                               std::string_view customer_id, std::string_view other,
                                               const std::string& reason) const;
    /// A person says that some identities (their kind does not count) are somebody else's: a new
    /// customer, who is given, with the orders and cases that were told by them. No rule joins the
    /// two again. Errors: NotFound, Invalid (field).
    Result<boost::json::object> split_customer(State& state, const Request& request,
                                               std::string_view customer_id,
                                               const std::vector<domain::Identity>& identities,
                                               const std::string& reason) const;

    /// An agent says which orders, at least one, a case is about: confirms what the hub found, or
    /// links anew. What it was linked to else is ruled out for this case; an address that the
    /// orders do not have is learned as their customer's. Error: NotFound.
    Result<boost::json::object> link_case(State& state, const Request& request,
                                          std::string_view case_id,
                                          const std::vector<std::string>& order_ids) const;
    /// An agent rules an order out for a case: it is neither linked nor suggested again. If it was
    /// linked, the hub suggests others. Error: NotFound.
    Result<boost::json::object> reject_order(State& state, const Request& request,
                                             std::string_view case_id,
                                             std::string_view order_id) const;
    /// An agent says that a case is about no order of the hub; what it was linked to is ruled out.
    Result<boost::json::object> unlink_case(State& state, const Request& request,
                                            std::string_view case_id) const;
    /// Tells desks again of orders that have changed, those whose time has come and at most
    /// `limit`; true if there may be more.
    bool refresh_desks(State& state, const Request& request, std::uint32_t limit) const;
    /// A flow (`by`: "flow:NAME") decides in the hub's place which orders a case is about; none
    /// takes the hub's link back, and what fits is suggested. What an agent has decided stays.
    /// Errors: NotFound, Conflict "order_ruled_out".
    Result<void> decide_case(State& state, const Request& request, std::string_view case_id,
                             const std::vector<std::string>& order_ids,
                             const std::string& by) const;

private:
    Settings settings_;
};

}  // namespace orderhub::servicing
