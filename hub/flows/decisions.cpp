// What people do to runs: approve, decline, return, cancel, try again.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/flows/step.hpp"
#include "hub/flows/walk.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

Result<Run> find(Unit unit, const std::string& id) {
    auto run = unit.runs.run(id);
    if (!run) return fail(ErrorKind::NotFound, "no_such_run", "there is no run " + id);
    return *std::move(run);
}

std::string_view word(Decision decision) {
    return decision == Decision::approve   ? "approved"
           : decision == Decision::decline ? "declined"
                                           : "returned";
}

Result<void> may_decide(const servicing::Request& request, const Run& run) {
    if (run.state != RunState::asking)
        return fail(ErrorKind::Conflict, "not_asking",
                    "nobody is asked: the run is " + std::string(to_text(run.state)));
    if (request.actor == run.started_by)
        return fail(ErrorKind::Denied, "own_request",
                    "you asked for this yourself: somebody else must decide");
    if (request.role != run.ask_role && request.role != "admin")
        return fail(ErrorKind::Denied, "role_needed",
                    "only somebody with the role " + run.ask_role + " can decide this");
    return {};
}

class Verdict {
public:
    Verdict(const Engine& engine, Unit unit, const servicing::Request& request, Run run,
            Decision decision, const std::string& comment)
        : engine_(engine),
          unit_(unit),
          request_(request),
          run_(std::move(run)),
          memory_(run_),
          decision_(decision),
          comment_(comment) {}

    Result<Run> carry_out() {
        journal(engine_, unit_, request_, run_, "flow." + std::string(word(decision_)),
                {{"comment", comment_}, {"reason", run_.message}});
        const bool before = !memory_.text("action").empty();
        if (before)
            ORDERHUB_TRY(decide_action());
        else
            ORDERHUB_TRY(decide_step());
        ORDERHUB_TRY(save(unit_, run_, memory_, request_.now_ms));
        return run_;
    }

private:
    /// An approval that stands before an action.
    Result<void> decide_action() {
        const json::object ask =
            memory_.array("asks").at(memory_.array("asks").size() - asks_left()).as_object();
        record(std::string(ask.at("step").as_string()), memory_.number("number"),
               decision_ == Decision::approve ? "done" : "failed",
               {{"input", {{"role", ask.at("role")}, {"reason", ask.at("reason")}}}});
        if (decision_ != Decision::approve) {
            end();
            return {};
        }
        memory_.set("asks_left", static_cast<std::int64_t>(asks_left() - 1));
        if (asks_left() > 0) {
            ask_next(engine_, unit_, request_, run_, memory_);
            return {};
        }
        return submit();
    }

    std::size_t asks_left() const { return static_cast<std::size_t>(memory_.number("asks_left")); }

    /// In the name of who asked for it. What cannot be done any more goes back to him.
    Result<void> submit() {
        const servicing::Request asker{run_.started_by, memory_.text("trace"), request_.now_ms,
                                       memory_.text("role")};
        const auto action = domain::action_kind(memory_.text("action")).value();
        const auto done =
            engine_.service().submit(unit_.state, asker, action, run_.order_id,
                                     memory_.number("order_version"), memory_.object("input"));
        memory_.forget("action");
        if (!done) {
            run_.state = RunState::returned;
            run_.message = done.error().code == "order_changed"
                               ? "the order has changed meanwhile: preview it anew"
                               : done.error().message;
            run_.due_at = 0;
            run_.ask_role.clear();
            memory_.set("failure", {{"code", done.error().code}, {"message", run_.message}});
            return {};
        }
        run_.action_id = done->at("action_id").as_string();
        memory_.set("journal_start", unit_.runs.journal_end());
        const auto flow = engine_.library().version(unit_.runs, run_.flow, run_.flow_version);
        if (!flow) return std::unexpected(flow.error());
        go_on(enter(**flow, "/after", memory_.object("loops")));
        return {};
    }

    /// An approval that is a step of its own.
    Result<void> decide_step() {
        const auto flow = engine_.library().version(unit_.runs, run_.flow, run_.flow_version);
        if (!flow) return std::unexpected(flow.error());
        const Step* step = (*flow)->at(memory_.position());
        if (step == nullptr)
            return fail(ErrorKind::Conflict, "not_asking", "the flow has no such step");
        record(step->id, memory_.object("current")["number"].as_int64(),
               decision_ == Decision::approve ? "done" : "failed", {});
        memory_.forget("current");
        if (decision_ != Decision::approve) {
            end();
            return {};
        }
        memory_.object("outputs")[step->id] = {{"by", request_.actor}, {"comment", comment_}};
        go_on(next(**flow, step->pointer, memory_.object("loops")));
        return {};
    }

    void go_on(const std::string& pointer) {
        memory_.go_to(pointer);
        run_.state = RunState::ready;
        run_.due_at = request_.now_ms;
        run_.message.clear();
        run_.ask_role.clear();
    }

    void end() {
        run_.state = decision_ == Decision::decline ? RunState::declined : RunState::returned;
        run_.message = comment_;
        run_.due_at = 0;
        run_.ask_role.clear();
    }

    void record(const std::string& step, std::int64_t number, std::string_view state,
                json::object document) {
        RunStep row;
        row.run_id = run_.id;
        row.number = number;
        row.step = step;
        row.kind = "approval";
        row.state = state;
        row.started_at = run_.updated_at;
        for (const RunStep& earlier : unit_.runs.run_steps(run_.id))
            if (earlier.number == number) row.started_at = earlier.started_at;
        row.ended_at = request_.now_ms;
        document["output"] = json::value(word(decision_));
        document["by"] = request_.actor;
        document["comment"] = comment_;
        row.document = json::serialize(document);
        unit_.runs.save_step(row);
    }

    const Engine& engine_;
    Unit unit_;
    const servicing::Request& request_;
    Run run_;
    Memory memory_;
    Decision decision_;
    std::string comment_;
};

}  // namespace

void ask_next(const Engine& engine, Unit unit, const servicing::Request& request, Run& run,
              Memory& memory) {
    json::array& asks = memory.array("asks");
    if (!memory.has("asks_left")) memory.set("asks_left", static_cast<std::int64_t>(asks.size()));
    const auto left = static_cast<std::size_t>(memory.number("asks_left"));
    const json::object& ask = asks.at(asks.size() - left).as_object();
    const std::int64_t number = memory.number("number") + 1;
    memory.set("number", number);
    run.state = RunState::asking;
    run.ask_role = ask.at("role").as_string();
    run.message = ask.at("reason").as_string();
    const std::int64_t within = ask.at("within_ms").as_int64();
    run.due_at = within > 0 ? request.now_ms + within : 0;
    unit.runs.save_step({run.id, number, std::string(ask.at("step").as_string()), "approval",
                         "waiting", request.now_ms, 0,
                         json::serialize(json::object{
                             {"input", {{"role", run.ask_role}, {"reason", run.message}}}})});
    journal(engine, unit, request, run, "flow.asked",
            {{"role", run.ask_role}, {"reason", run.message}});
}

Result<Run> Engine::decide(Unit unit, const servicing::Request& request, const std::string& run_id,
                           Decision decision, const std::string& comment) const {
    auto run = find(unit, run_id);
    if (!run) return run;
    ORDERHUB_TRY(may_decide(request, *run));
    return Verdict(*this, unit, request, *std::move(run), decision, comment).carry_out();
}

Result<Run> Engine::cancel(Unit unit, const servicing::Request& request, const std::string& run_id,
                           const std::string& reason) const {
    auto run = find(unit, run_id);
    if (!run) return run;
    if (is_over(run->state))
        return fail(ErrorKind::Conflict, "run_over",
                    "the run is " + std::string(to_text(run->state)));
    Memory memory(*run);
    if (const auto* child = memory.object("current").if_contains("child")) {
        const auto ended = cancel(unit, request, std::string(child->as_string()), reason);
        if (!ended && ended.error().code != "run_over") return ended;
        run = find(unit, run_id);  // its end woke this one
    }
    run->state = RunState::cancelled;
    run->message = reason;
    run->due_at = 0;
    run->ask_role.clear();
    journal(*this, unit, request, *run, "flow.cancelled", {{"reason", reason}});
    ORDERHUB_TRY(save(unit, *run, memory, request.now_ms));
    return run;
}

Result<Run> Engine::retry(Unit unit, const servicing::Request& request,
                          const std::string& run_id) const {
    auto run = find(unit, run_id);
    if (!run) return run;
    if (run->state != RunState::failed)
        return fail(
            ErrorKind::Conflict, "not_failed",
            "only a failed run is tried again; this one is " + std::string(to_text(run->state)));
    Memory memory(*run);
    memory.forget("failure");
    run->state = RunState::ready;
    run->due_at = request.now_ms;
    run->message.clear();
    journal(*this, unit, request, *run, "flow.retried");
    ORDERHUB_TRY(save(unit, *run, memory, request.now_ms));
    return run;
}

}  // namespace orderhub::flows
