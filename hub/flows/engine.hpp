// Runs flows: what stands before an action is worked out in its preview and in its submission, what
// follows is made step by step, each in a unit of work with what it changes.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "hub/flows/library.hpp"
#include "hub/flows/runs.hpp"
#include "hub/servicing/service.hpp"

namespace orderhub::flows {

/// One unit of work as flows see it.
struct Unit {
    servicing::State& state;
    Runs& runs;
};

/// An action as somebody asks for it.
struct Asked {
    domain::ActionKind action = domain::ActionKind::cancel;
    std::string order_id;
    std::int64_t order_version = 0;
    boost::json::object input;
    std::int64_t flow_version = 0;  ///< of the flow that a preview showed; 0: whichever there is
};

/// A flow that is started by hand.
struct Start {
    std::string flow;
    std::string order_id;  ///< or empty
    std::string case_id;   ///< or empty
    boost::json::object input;
    std::string parent_id = {};  ///< the run that waits for it
};

enum class Decision { approve, decline, return_ };

/// Any thread; state lies in the store only. Several hubs may step the same runs: each step saves
/// its run under the version that it read, so that the effects of one are kept.
class Engine {
public:
    /// Whether what a step waits for is looked for, or taken to come at once: to try a flow out.
    enum class Waits { real, assumed };

    Engine(servicing::Settings settings, const Library& library, Waits waits = Waits::real)
        : settings_(settings), service_(std::move(settings)), library_(library), waits_(waits) {}

    /// Service::preview() of the action with the fees of its flow. Adds "flow": null, or {"name",
    /// "version", "fees": [{"label","basis","value"}], "approvals": [{"role","reason"}]}. Errors:
    /// also Denied "refused_by_flow", Invalid "script_failed" ..., Conflict "flow_changed".
    Result<boost::json::object> preview(Unit unit, const servicing::Request& request,
                                        const Asked& asked) const;

    /// Service::submit() likewise, with the id of the run in "flow_run" (null if nothing follows).
    /// If a person must agree first nothing is done yet: {"order_id", "order_version", "plan",
    /// "flow", "flow_run", "waits_for": {"role","reason"}}.
    Result<boost::json::object> submit(Unit unit, const servicing::Request& request,
                                       const Asked& asked) const;

    /// Starts a flow that starts by hand and gives the run. Errors: NotFound, Invalid (field).
    Result<Run> start(Unit unit, const servicing::Request& request, const Start& start) const;
    /// A case came in: starts its flow, if there is one.
    Result<void> case_came(Unit unit, const servicing::Request& request,
                           std::string_view case_id) const;

    /// Makes the run's next step, or sees whether what it waits for is there. True if the next can
    /// be made at once. Errors: Conflict "run_moved" if somebody else moved it meanwhile: nothing
    /// is to be kept.
    Result<bool> step(Unit unit, std::int64_t now_ms, const std::string& run_id) const;
    /// Whether step() would move it: to be asked in a read, so that no unit is spent on a no.
    bool may_move(Unit unit, std::int64_t now_ms, const std::string& run_id) const;
    /// A step could not be made at all: an exception.
    Result<void> give_up(Unit unit, std::int64_t now_ms, const std::string& run_id,
                         const std::string& why) const;

    /// What a person decides about a run that asks. Approved, the action is submitted in the name
    /// of who asked for it, if the order is still as it was then; if not, or if it cannot be done
    /// any more, the run is returned with the reason. Errors: NotFound, Conflict "not_asking",
    /// Denied "own_request", "role_needed".
    Result<Run> decide(Unit unit, const servicing::Request& request, const std::string& run_id,
                       Decision decision, const std::string& comment) const;
    /// Ends it where it stands; what was done stays done. Errors: NotFound, Conflict "run_over".
    Result<Run> cancel(Unit unit, const servicing::Request& request, const std::string& run_id,
                       const std::string& reason) const;
    /// Makes the failed step again. Errors: NotFound, Conflict "not_failed".
    Result<Run> retry(Unit unit, const servicing::Request& request,
                      const std::string& run_id) const;

    const servicing::Service& service() const { return service_; }
    const servicing::Settings& settings() const { return settings_; }
    const Library& library() const { return library_; }
    bool assumes() const { return waits_ == Waits::assumed; }

private:
    servicing::Settings settings_;
    servicing::Service service_;
    const Library& library_;
    const Waits waits_;
};

}  // namespace orderhub::flows
