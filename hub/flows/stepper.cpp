// A run moved on by one step, and what a failure means for it.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/flows/step.hpp"
#include "hub/flows/waits.hpp"
#include "hub/flows/walk.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMostSteps = 5'000;

std::uint64_t seed_of(const Run& run, std::int64_t number) {
    std::uint64_t seed = 14695981039346656037ULL;
    for (const char c : run.id)
        seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return seed + static_cast<std::uint64_t>(number);
}

class Stepper {
public:
    Stepper(const Engine& engine, Unit unit, Run& run, FlowPtr flow, std::int64_t now_ms)
        : engine_(engine),
          unit_(unit),
          run_(run),
          flow_(std::move(flow)),
          memory_(run),
          now_(now_ms) {}

    /// True if another step can be made at once.
    Result<bool> move() {
        know_order();
        if (memory_.position().empty()) return finish();
        const Step* step = flow_->at(memory_.position());
        if (step == nullptr) return failed("no_such_step", "the flow has no such step");
        if (run_.state == RunState::ready) begin();
        Names names(now_, seed_of(run_, memory_.number("number")));
        offer_names(engine_, unit_, run_, memory_, names);
        Making making{engine_, unit_, *flow_, *step, run_, memory_, now_, names};
        auto outcome = make_step(making);
        if (!outcome) return failed(outcome.error().code, outcome.error().message);
        return after(*step, *outcome);
    }

    Result<bool> failed(const std::string& code, const std::string& message) {
        const Step* step = flow_->at(memory_.position());
        const json::object error{{"code", code}, {"message", message}};
        if (step != nullptr && memory_.has("current"))
            record(*step, "failed", {{"error", error}}, now_);
        memory_.forget("current");
        memory_.set("failure", error);
        run_.message = message;
        run_.ask_role.clear();
        run_.due_at = 0;
        // What compensates must not fail unseen: it is tried again by a person.
        if (memory_.has("undoing") || !undo_next()) {
            run_.state = RunState::failed;
            journal_end("flow.failed", {{"code", code}, {"message", message}});
        }
        return saved();
    }

private:
    /// A case may have been linked since.
    void know_order() {
        if (!run_.order_id.empty() || run_.case_id.empty()) return;
        if (const auto row = unit_.state.case_by_id(run_.case_id)) run_.order_id = row->order_id;
    }

    void begin() {
        const std::int64_t number = memory_.number("number") + 1;
        memory_.set("number", number);
        memory_.set("current", {{"number", number}, {"started_at", now_}});
    }

    Result<bool> after(const Step& step, const Outcome& outcome) {
        using Kind = Outcome::Kind;
        const bool waits = outcome.kind == Kind::waiting || outcome.kind == Kind::asking;
        if (waits) return stay(step, outcome);
        if (memory_.number("number") > kMostSteps)
            return failed("too_many_steps",
                          "a run makes at most " + std::to_string(kMostSteps) + " steps");
        record(step, outcome.kind == Kind::skipped ? "skipped" : "done",
               {{"input", outcome.input}, {"output", outcome.output}}, now_);
        if (outcome.kind == Kind::done && step.written.contains("compensate") &&
            !memory_.has("undoing"))
            memory_.array("done_with_compensation").emplace_back(step.pointer);
        memory_.forget("current");
        json::object& loops = memory_.object("loops");
        memory_.go_to(outcome.list.empty() ? next(*flow_, step.pointer, loops)
                                           : enter(*flow_, outcome.list, loops));
        run_.state = RunState::ready;
        run_.due_at = now_;
        run_.ask_role.clear();
        run_.message.clear();
        if (memory_.position().empty()) return finish();
        return saved();
    }

    /// Nothing is stored if it waits for what it has waited for.
    Result<bool> stay(const Step& step, const Outcome& outcome) {
        const RunState state =
            outcome.kind == Outcome::Kind::asking ? RunState::asking : RunState::waiting;
        if (run_.state == state && run_.due_at == outcome.due_at) return false;
        if (run_.state != state) {
            record(step, "waiting", {{"input", outcome.input}, {"output", outcome.output}}, 0);
            if (state == RunState::asking)
                journal(engine_, unit_, request(), run_, "flow.asked",
                        {{"role", outcome.ask_role}, {"reason", outcome.message}});
        }
        run_.state = state;
        run_.due_at = outcome.due_at;
        run_.message = outcome.message;
        run_.ask_role = outcome.ask_role;
        return saved();
    }

    Result<bool> finish() {
        if (undo_next()) return saved();
        const bool undone = memory_.has("undoing");
        run_.state = undone ? RunState::undone : RunState::done;
        run_.due_at = 0;
        run_.message = undone ? memory_.object("failure")["message"].as_string().c_str() : "";
        if (undone) journal_end("flow.undone", memory_.object("failure"));
        return saved();
    }

    /// Goes on with what compensates the last step that has such. False if nothing is left.
    bool undo_next() {
        json::array& left = memory_.array("done_with_compensation");
        if (left.empty()) return false;
        const std::string pointer(left.back().as_string());
        left.pop_back();
        memory_.set("undoing", pointer);
        memory_.set("loops", json::object());
        memory_.go_to(enter(*flow_, pointer + "/compensate", memory_.object("loops")));
        run_.state = RunState::ready;
        run_.due_at = now_;
        return true;
    }

    void record(const Step& step, std::string_view state, json::object document, Instant ended) {
        RunStep row;
        row.run_id = run_.id;
        const json::object& current = memory_.object("current");
        row.number = current.at("number").as_int64();
        row.step = step.id;
        row.kind = to_text(step.kind);
        row.state = state;
        row.started_at = current.at("started_at").as_int64();
        row.ended_at = ended;
        document["pointer"] = step.pointer;
        row.document = json::serialize(document);
        unit_.runs.save_step(row);
        if (state == "done" && !document["output"].is_null())
            memory_.object("outputs")[step.id] = document["output"];
    }

    servicing::Request request() const { return {"hub", memory_.text("trace"), now_, {}}; }

    void journal_end(const std::string& type, json::object data) {
        journal(engine_, unit_, request(), run_, type, std::move(data));
    }

    Result<bool> saved() {
        ORDERHUB_TRY(save(unit_, run_, memory_, now_));
        return run_.state == RunState::ready;
    }

    const Engine& engine_;
    Unit unit_;
    Run& run_;
    FlowPtr flow_;
    Memory memory_;
    std::int64_t now_;
};

bool can_move(const Run& run) {
    return run.state == RunState::ready || run.state == RunState::waiting ||
           run.state == RunState::asking;
}

/// An approval that stands before its action has no step of the definition to be at.
bool stands_before(const Run& run) {
    return run.state == RunState::asking && !Memory(run).text("action").empty();
}

Result<bool> decline_late(Unit unit, Run& run, std::int64_t now_ms) {
    if (run.due_at == 0 || now_ms < run.due_at) return false;
    Memory memory(run);
    run.state = RunState::declined;
    run.message = "nobody decided in time";
    run.ask_role.clear();
    run.due_at = 0;
    ORDERHUB_TRY(save(unit, run, memory, now_ms));
    return false;
}

}  // namespace

Result<bool> Engine::step(Unit unit, std::int64_t now_ms, const std::string& run_id) const {
    auto run = unit.runs.run(run_id);
    if (!run || !can_move(*run)) return false;
    if (stands_before(*run)) return decline_late(unit, *run, now_ms);
    auto flow = library_.version(unit.runs, run->flow, run->flow_version);
    if (!flow) return std::unexpected(flow.error());
    return Stepper(*this, unit, *run, *flow, now_ms).move();
}

bool Engine::may_move(Unit unit, std::int64_t now_ms, const std::string& run_id) const {
    auto run = unit.runs.run(run_id);
    if (!run || !can_move(*run)) return false;
    if (run->state != RunState::waiting || (run->due_at > 0 && run->due_at <= now_ms)) return true;
    const auto flow = library_.version(unit.runs, run->flow, run->flow_version);
    if (!flow) return true;
    Memory memory(*run);
    const Step* step = (*flow)->at(memory.position());
    if (step == nullptr || step->kind != StepKind::wait) return true;
    Names names(now_ms, 0);
    offer_names(*this, unit, *run, memory, names);
    Making making{*this, unit, **flow, *step, *run, memory, now_ms, names};
    const auto outcome = make_wait(making);
    return !outcome || outcome->kind != Outcome::Kind::waiting;
}

Result<void> Engine::give_up(Unit unit, std::int64_t now_ms, const std::string& run_id,
                             const std::string& why) const {
    auto run = unit.runs.run(run_id);
    if (!run || !can_move(*run)) return {};
    Memory memory(*run);
    memory.forget("current");
    memory.set("failure", {{"code", "step_impossible"}, {"message", why}});
    run->state = RunState::failed;
    run->message = why;
    run->due_at = 0;
    run->ask_role.clear();
    journal(*this, unit, {"hub", memory.text("trace"), now_ms, {}}, *run, "flow.failed",
            {{"code", "step_impossible"}, {"message", why}});
    return save(unit, *run, memory, now_ms);
}

}  // namespace orderhub::flows
