// Each fault of the outside system at each request of each sample.
#include <algorithm>
#include <ctime>

#include "clauses.hpp"
#include "judge.hpp"

namespace orderhub::kit {
namespace {

using namespace std::chrono_literals;

FaultCase status_case(int status) {
    FaultCase made;
    made.label = std::to_string(status);
    made.fault.kind = FaultKind::status;
    made.fault.status = status;
    return made;
}

/// Both ways: the request did something, and it did not.
std::vector<FaultCase> both(const std::string& label, FaultKind kind) {
    FaultCase without;
    without.label = label + ", nothing done";
    without.fault.kind = kind;
    FaultCase with = without;
    with.label = label + ", done";
    with.fault.takes_effect = true;
    return {without, with};
}

FaultCase done(const std::string& label, FaultKind kind, bool will_pass) {
    FaultCase made = both(label, kind).back();
    made.label = label;
    made.will_pass = will_pass;
    return made;
}

std::string http_date(std::time_t at) {
    std::tm parts{};
    gmtime_r(&at, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text;
}

std::vector<FaultCase> refused_for_good(std::initializer_list<int> statuses) {
    std::vector<FaultCase> all;
    for (const int status : statuses) {
        FaultCase made = status_case(status);
        made.will_pass = false;
        made.surely_not = true;
        made.for_good = status == 400 || status == 422;
        all.push_back(std::move(made));
    }
    return all;
}

std::vector<FaultCase> logins() {
    FaultCase once = status_case(401);
    once.label = "401 once";
    once.surely_not = true;
    once.asks_login = true;
    FaultCase always = once;
    always.label = "401 from now on";
    always.fault.every = true;
    return {once, always};
}

FaultCase open_case(FaultCase made) {
    made.is_open = true;
    return made;
}

std::vector<FaultCase> server_errors() {
    std::vector<FaultCase> all{open_case(status_case(503))};
    for (const int status : {500, 502, 504}) {
        all.push_back(status_case(status));
        all.push_back(status_case(status));
        all.back().label += ", though done";
        all.back().fault.takes_effect = true;
    }
    return all;
}

std::vector<FaultCase> throttled(bool as_date) {
    FaultCase made = status_case(429);
    made.surely_not = true;
    made.at_least_ms = as_date ? 20'000 : 2'000;
    made.at_most_ms = as_date ? 86'400'000 : 0;
    made.label += as_date ? ", Retry-After in 2 min as a date" : ", Retry-After: 2";
    made.fault.headers["retry-after"] = as_date ? http_date(std::time(nullptr) + 120) : "2";
    return {made};
}

std::vector<FaultCase> cases_for(std::string_view clause) {
    const auto unread = both("reset before it was read", FaultKind::unreachable).front();
    if (clause == "fault_4xx") return refused_for_good({400, 404, 422});
    if (clause == "fault_401") return logins();
    if (clause == "fault_403") return refused_for_good({403});
    if (clause == "fault_408") return {open_case(status_case(408))};
    if (clause == "fault_409") return refused_for_good({409});
    if (clause == "fault_425") return {open_case(status_case(425))};
    if (clause == "fault_429_seconds") return throttled(false);
    if (clause == "fault_429_date") return throttled(true);
    if (clause == "fault_5xx") return server_errors();
    if (clause == "fault_reset_before") return {open_case(unread)};
    if (clause == "fault_reset_after") return both("reset after it was read", FaultKind::reset);
    if (clause == "fault_half_close")
        return {done("half of the answer", FaultKind::half_close, true)};
    if (clause == "fault_huge_body") return {done("a huge answer", FaultKind::huge, false)};
    if (clause == "fault_invalid_utf8") return {done("not UTF-8", FaultKind::bad_utf8, false)};
    if (clause == "fault_content_type") return both("a page for people", FaultKind::wrong_type);
    return both("an answer that never ends", FaultKind::slow);
}

StageSettings settings_for(const FaultCase& fault) {
    StageSettings settings;
    settings.max_response_bytes = 2UL * 1024 * 1024;
    if (fault.fault.kind == FaultKind::slow) {
        settings.http_deadline = 250ms;
        settings.call_deadline = 2s;
    }
    return settings;
}

class FaultCheck {
public:
    FaultCheck(Check& check, Peer& peer, const Sample& sample)
        : check_(check),
          peer_(peer),
          sample_(sample),
          calm_(run_fresh(check.subject, peer, sample)) {}

    bool is_calm() const {
        return calm_.result.outcome == connectors::Outcome::done && !calm_.seen.empty();
    }

    void run_all(const std::vector<FaultCase>& cases) {
        for (const std::size_t ordinal : worth_a_fault(calm_.seen))
            for (const FaultCase& each : cases)
                if (calm_.seen[ordinal].is_write() || !each.fault.takes_effect || cases.size() == 1)
                    run_one(each, ordinal);
    }

private:
    std::string where(const FaultCase& fault, std::size_t ordinal) const {
        return sample_.name + ", request " + std::to_string(ordinal + 1) + " (" +
               calm_.seen[ordinal].exchange + "): " + fault.label;
    }

    void run_one(const FaultCase& fault, std::size_t ordinal) {
        const std::string here = where(fault, ordinal);
        check_.trying(here);
        peer_.begin(sample_.given, sample_.key());
        Fault armed = fault.fault;
        armed.ordinal = ordinal;
        peer_.arm(armed);
        Texts state;
        Trace trace;
        {
            Stage stage(check_.subject, peer_.address(), settings_for(fault));
            if (!stage.start()) return;
            trace = run(stage, peer_, sample_);
            state = stage.state;
            if (fault.fault.kind == FaultKind::slow) poll_on(stage, trace);
        }
        peer_.disarm();
        // On a busy machine the time may be over before the fault's turn comes.
        if (std::ranges::none_of(trace.seen, &Seen::was_faulty)) return;
        const Situation situation{check_.subject.script,
                                  sample_,
                                  fault,
                                  ordinal,
                                  calm_,
                                  trace,
                                  check_.subject.manifest.oauth2.has_value()};
        const auto wrong =
            sample_.kind == SampleKind::execute ? judge_command(situation) : judge_read(situation);
        if (wrong) check_.fail(here, wrong->expected, wrong->seen);
        if (!wrong && sample_.kind == SampleKind::execute) try_again(trace, state, here);
        check_.report_observations(here);
    }

    /// On a busy machine the polls after the faulty one may not keep its short deadline: what they
    /// bring is seen under the usual one.
    void poll_on(const Stage& before, Trace& trace) {
        if (sample_.kind != SampleKind::poll || trace.result.outcome == connectors::Outcome::done)
            return;
        peer_.disarm();
        Stage stage(check_.subject, peer_.address());
        stage.cursor = before.cursor;
        stage.state = before.state;
        if (stage.start()) trace.records.merge(run(stage, peer_, sample_).records);
    }

    /// The outside system is well again: the next attempt must bring it to its end, once.
    void try_again(const Trace& first, const Texts& state, const std::string& here) {
        if (first.result.outcome == connectors::Outcome::rejected) return;
        if (first.result.outcome == connectors::Outcome::done) return;
        Stage stage(check_.subject, peer_.address());
        stage.state = state;
        if (!stage.start()) return;
        const Trace second = run(stage, peer_, sample_, 2);
        check_.expect(second.result.outcome == connectors::Outcome::done,
                      here + "; then a second attempt", "done", words(second.result));
        check_.expect(same_effects(check_.subject.script, calm_.effects, second.effects),
                      here + "; after the second attempt", words(calm_.effects),
                      words(second.effects));
    }

    Check& check_;
    Peer& peer_;
    const Sample& sample_;
    const Trace calm_;
};

}  // namespace

void check_fault(Check& check) {
    Peer peer(check.subject.script);
    const auto cases = cases_for(check.options.clause);
    bool any = false;
    for (const Sample& sample : samples_of(check.subject)) {
        FaultCheck one(check, peer, sample);
        if (!one.is_calm()) continue;
        any = true;
        one.run_all(cases);
    }
    if (!any) check.not_applicable("no sample that succeeds makes a request");
}

}  // namespace orderhub::kit
