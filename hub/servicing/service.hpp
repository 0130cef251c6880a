// The use cases of order servicing. Each runs inside one unit of work: what it decides, the journal
// and the commands to the outside are stored together or not at all. No I/O of its own; time and
// ids are given.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"
#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

/// Fresh ids: prefix ("os", "dl", ...) + "_" + UUIDv7.
using MakeId = std::function<std::string(std::string_view prefix)>;

/// Which connector carries out a command that is not bound to the order's or case's own. Empty:
/// nobody can.
using Route = std::function<std::string(std::string_view command_kind)>;
/// Whether a configured connector can carry out a command.
using CanExecute = std::function<bool(std::string_view connector, std::string_view command_kind)>;

/// What never changes while the hub runs.
struct Settings {
    std::string public_url;  ///< for links: <public_url>/orders/<id>
    /// Before a credit memo's number. The books know a memo by its number, so no other hub that
    /// posts there may use it.
    std::string credit_memo_prefix;
    MakeId make_id;
    Route route;
    CanExecute can_execute;
};

/// Who asks, and when.
struct Request {
    std::string actor;  ///< "agent:NAME", "connector:NAME", "hub"
    std::string trace;
    std::int64_t now_ms = 0;
};

/// How a delivery went on; servicing moves refunds, memos, exceptions and notes accordingly.
struct DeliveryProgress {
    std::string kind;
    std::string key;
    std::string connector;
    std::string order_id;
    std::string change_order_id;
    std::string case_id;
    std::string state;    ///< routing::DeliveryState as text
    std::string result;   ///< JSON object when done
    std::string code;     ///< why not, otherwise
    std::string message;  ///< the outside system's words
};

enum class Action { cancel, return_ };

class Service {
public:
    explicit Service(Settings settings) : settings_(std::move(settings)) {}

    /// Applies a canonical record (sdk/schemas/records) of a connector. Twice, late or out of order
    /// changes nothing. Errors: Invalid, with the field's JSON Pointer.
    Result<void> apply_record(State& state, const Request& request, std::string_view connector,
                              std::string_view kind, std::string_view json) const;

    /// What the action would do: {"order_version", "action", "change_order", "totals":
    /// {"before","after"}, "refunds", "credit_memo", "steps"}. `expected_version` 0 means whatever
    /// is there. `input`:
    /// {"lines":[{"line_id","quantity"}], "reason"}. Errors: NotFound, Conflict ("order_changed"),
    /// Invalid (field).
    Result<boost::json::object> preview(State& state, const Request& request, Action action,
                                        std::string_view order_id, std::int64_t expected_version,
                                        const boost::json::object& input) const;

    /// Does it: the same figures, now stored, with the commands on their way. `expected_version` is
    /// required (> 0). Gives preview's document with "change_order"/"id" set and "order_version"
    /// the new one.
    Result<boost::json::object> submit(State& state, const Request& request, Action action,
                                       std::string_view order_id, std::int64_t expected_version,
                                       const boost::json::object& input) const;

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

    /// An agent says which order a case is about. Error: NotFound.
    Result<boost::json::object> link_case(State& state, const Request& request,
                                          std::string_view case_id,
                                          std::string_view order_id) const;
    Result<boost::json::object> unlink_case(State& state, const Request& request,
                                            std::string_view case_id) const;

private:
    Settings settings_;
};

}  // namespace orderhub::servicing
