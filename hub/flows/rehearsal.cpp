#include "hub/flows/rehearsal.hpp"

#include <boost/json/array.hpp>

#include "hub/flows/views.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr int kMostSteps = 2'000;

json::object problem(const Error& error) {
    return {{"code", error.code}, {"message", error.message}};
}

class Rehearsal {
public:
    Rehearsal(const Engine& engine, Unit unit, const servicing::Request& request,
              const Trial& trial)
        : unit_(unit),
          request_(request),
          trial_(trial),
          engine_(engine.settings(), library_, Engine::Waits::assumed) {
        std::vector<FlowPtr> flows{trial.flow};
        for (const FlowPtr& other : engine.library().all())
            if (other->name != trial.flow->name && !same_start(*other, *trial.flow))
                flows.push_back(other);
        library_.use(std::move(flows));
    }

    Result<json::object> run() {
        json::object told{{"flow", trial_.flow->name}, {"preview", nullptr}, {"refused", nullptr}};
        const auto id = trial_.flow->action ? submit(told) : start();
        if (!id && id.error().kind == ErrorKind::NotFound) return std::unexpected(id.error());
        if (!id) told["refused"] = problem(id.error());
        add_run(told, id.value_or(""));
        return told;
    }

private:
    Result<std::string> start() {
        const auto run = engine_.start(
            unit_, request_, {trial_.flow->name, trial_.order_id, trial_.case_id, trial_.input});
        if (!run) return std::unexpected(run.error());
        return run->id;
    }

    Result<std::string> submit(json::object& told) {
        const auto row = unit_.state.order(trial_.order_id);
        if (!row)
            return fail(ErrorKind::NotFound, "no_such_order", "There is no such order.",
                        "/order_id");
        const Asked asked{*trial_.flow->action, trial_.order_id, row->version, trial_.input};
        auto shown = engine_.preview(unit_, request_, asked);
        if (!shown) return std::unexpected(shown.error());
        told["preview"] = *std::move(shown);
        const auto done = engine_.submit(unit_, request_, asked);
        if (!done) return std::unexpected(done.error());
        const json::value& run = done->at("flow_run");
        if (run.is_null()) return std::string();
        std::string id(run.as_string());
        ORDERHUB_TRY(agree(id));
        return id;
    }

    /// As long as somebody is asked before the action.
    Result<void> agree(const std::string& id) {
        const servicing::Request chief{"agent:somebody with the role", request_.trace,
                                       request_.now_ms, "admin"};
        while (unit_.runs.run(id)->state == RunState::asking) {
            const auto decided = engine_.decide(unit_, chief, id, Decision::approve, "assumed");
            if (!decided) return std::unexpected(decided.error());
        }
        return {};
    }

    void add_run(json::object& told, const std::string& id) {
        told["state"] = "done";
        told["message"] = "";
        told["steps"] = json::array();
        if (id.empty()) return;
        go_on(id);
        json::object view = run_view(unit_.runs.run(id).value(), unit_.runs.run_steps(id));
        for (const char* name : {"state", "message", "steps"})
            told[name] = view[name];
    }

    void go_on(const std::string& id) {
        for (int made = 0; made < kMostSteps; ++made) {
            const auto again = engine_.step(unit_, request_.now_ms, id);
            if (again && *again) continue;
            if (!begin_children(id)) return;
        }
    }

    /// The newest child goes on by itself before its parent. False if there is none to wait for.
    bool begin_children(const std::string& id) {
        const auto parent = unit_.runs.run(id);
        if (!parent || parent->state != RunState::waiting) return false;
        for (const Run& run : unit_.runs.find_runs({.order_id = trial_.order_id}))
            if (run.parent_id == id && !is_over(run.state)) {
                go_on(run.id);
                return is_over(unit_.runs.run(run.id)->state);
            }
        return false;
    }

    Unit unit_;
    const servicing::Request& request_;
    const Trial& trial_;
    Library library_;
    Engine engine_;
};

}  // namespace

Result<json::object> rehearse(const Engine& engine, Unit unit, const servicing::Request& request,
                              const Trial& trial) {
    return Rehearsal(engine, unit, request, trial).run();
}

}  // namespace orderhub::flows
