#include "hub/flows/gate.hpp"

#include <boost/json/array.hpp>

namespace orderhub::flows {

namespace json = boost::json;

namespace {

class Gate {
public:
    Gate(const Engine& engine, Unit unit, const servicing::Request& request, const Flow& flow,
         const Asked& asked)
        : engine_(engine),
          unit_(unit),
          request_(request),
          flow_(flow),
          asked_(asked),
          names_(request.now_ms, 1) {
        passed_.input = asked.input;
        names_.offer("input", [this] { return Result<json::value>(passed_.input); });
        names_.offer("order", [this] { return order(); });
        names_.offer("plan", [this] { return plan(); });
        names_.offer("steps", [this] { return Result<json::value>(outputs_); });
        names_.set("request", {{"actor", request.actor}, {"role", request.role}});
    }

    Result<Passed> run() {
        const bool is_limited = engine_.settings().refund_limits.contains(request_.role);
        if (!flow_.list("/before").empty() || is_limited) ORDERHUB_TRY(know_currency());
        ORDERHUB_TRY(run_list("/before"));
        if (is_limited) ORDERHUB_TRY(ask_above_limit());
        return std::move(passed_);
    }

private:
    Result<void> know_currency() {
        const auto row = unit_.state.order(asked_.order_id);
        if (!row)
            return fail(ErrorKind::NotFound, "no_such_order",
                        "there is no order " + asked_.order_id);
        const auto currency = domain::currency(row->currency);
        if (!currency) return std::unexpected(currency.error());
        currency_ = *currency;
        names_.use(currency_);
        return {};
    }

    Result<json::value> order() {
        auto view = engine_.service().order(unit_.state, asked_.order_id);
        if (!view) return std::unexpected(view.error());
        return json::value(*std::move(view));
    }

    Result<json::value> plan() {
        auto shown =
            engine_.service().preview(unit_.state, request_, asked_.action, asked_.order_id,
                                      asked_.order_version, passed_.input);
        if (!shown) return std::unexpected(shown.error());
        return std::move(shown->at("plan"));
    }

    Result<void> run_list(const std::string& list) {
        for (const std::string& pointer : flow_.list(list))
            ORDERHUB_TRY(run_step(*flow_.at(pointer)));
        return {};
    }

    Result<void> run_step(const Step& step) {
        const auto wanted = holds(step, "/when", step.written.if_contains("when"));
        if (!wanted) return std::unexpected(wanted.error());
        if (!*wanted) return {};
        switch (step.kind) {
            case StepKind::check:
                return check(step);
            case StepKind::fee:
                return charge(step);
            case StepKind::approval:
                return ask(step);
            case StepKind::branch:
                return branch(step);
            default:
                return compute(step);
        }
    }

    /// True if there is no condition.
    Result<bool> holds(const Step& step, std::string_view member, const json::value* lua) {
        if (lua == nullptr) return true;
        return names_.holds(flow_.script(step.pointer + std::string(member), lua->as_string()));
    }

    Result<void> check(const Step& step) {
        const auto good = holds(step, "/check", &step.settings());
        if (!good) return std::unexpected(good.error());
        if (*good) return {};
        const auto* refuse = step.written.if_contains("refuse");
        if (refuse == nullptr)
            return fail(ErrorKind::Denied, "refused_by_flow",
                        "the flow " + flow_.name + " does not allow this: " + step.id);
        const auto text = names_.say(flow_, step.pointer + "/refuse", *refuse);
        if (!text) return std::unexpected(text.error());
        return fail(ErrorKind::Denied, "refused_by_flow", *text);
    }

    Result<void> charge(const Step& step) {
        const json::value* tax = step.setting("tax");
        const bool on_top = tax != nullptr && tax->as_string() == "added";
        std::string basis = on_top ? "amount_without_tax" : "amount_with_tax";
        std::string value = step.text("fixed");
        if (step.setting("percent_net") != nullptr) {
            basis = "percentage";
            value = step.text("percent_net");
        } else if (step.setting("percent_gross") != nullptr) {
            basis = "percentage_gross";
            value = step.text("percent_gross");
        } else if (const auto* computed = step.setting("computed")) {
            const auto amount = compute_fee(step, computed->as_string());
            if (!amount) return std::unexpected(amount.error());
            value = *amount;
        }
        if (value.empty()) return {};
        json::object fee{{"label", step.text("label")}, {"basis", basis}, {"value", value}};
        passed_.fees.push_back(fee);
        json::value& fees = passed_.input["fees"];
        if (!fees.is_array()) fees = json::array();
        fees.as_array().push_back(std::move(fee));
        names_.forget("plan");
        names_.forget("input");
        return {};
    }

    /// Empty if there is nothing to charge.
    Result<std::string> compute_fee(const Step& step, std::string_view lua) {
        const auto value = names_.run(flow_.script(step.pointer + "/fee/computed", lua));
        if (!value) return std::unexpected(value.error());
        if (value->is_null()) return std::string();
        const auto* money = value->if_object();
        const auto* amount = money == nullptr ? nullptr : money->if_contains("amount");
        if (amount == nullptr || money->at("currency").as_string() != currency_.code)
            return fail(ErrorKind::Invalid, "script_failed",
                        flow_.script(step.pointer + "/fee/computed", lua).file + ":" +
                            std::to_string(flow_.line_of(step.pointer + "/fee/computed")) +
                            ": a fee must be money in " + currency_.code + ", or nil");
        const auto minor = domain::parse_decimal(amount->as_string(), currency_);
        if (!minor) return std::unexpected(minor.error());
        return *minor > domain::Minor{} ? std::string(amount->as_string()) : std::string();
    }

    Result<void> ask(const Step& step) {
        if (step.setting("refunds_above") != nullptr) {
            const auto planned = plan();
            if (!planned) return std::unexpected(planned.error());
            if (!over_limit(step, refund_total(planned->as_object(), currency_), currency_))
                return {};
        }
        Ask wanted{step.id, step.text("role"), flow_.title, 0};
        if (const auto* reason = step.setting("reason")) {
            const auto text = names_.say(flow_, step.pointer + "/approval/reason", *reason);
            if (!text) return std::unexpected(text.error());
            wanted.reason = *text;
        }
        if (step.setting("within") != nullptr)
            wanted.within_ms = to_milliseconds(step.text("within"));
        passed_.asks.push_back(std::move(wanted));
        return {};
    }

    Result<void> ask_above_limit() {
        const auto planned = plan();
        if (!planned) return std::unexpected(planned.error());
        const auto refund = refund_total(planned->as_object(), currency_);
        const auto over = over_refund_limit(engine_.settings(), request_.role, refund, currency_);
        if (!over) return {};
        passed_.asks.push_back(
            {"refund_limit", over->approver, limit_words(request_.role, *over, currency_), 0});
        return {};
    }

    Result<void> branch(const Step& step) {
        const auto yes = holds(step, "/branch/if", step.setting("if"));
        if (!yes) return std::unexpected(yes.error());
        return run_list(step.pointer + (*yes ? "/branch/then" : "/branch/else"));
    }

    Result<void> compute(const Step& step) {
        auto value =
            names_.run(flow_.script(step.pointer + "/compute", step.settings().as_string()));
        if (!value) return std::unexpected(value.error());
        outputs_[step.id] = *std::move(value);
        names_.forget("steps");
        return {};
    }

    const Engine& engine_;
    Unit unit_;
    const servicing::Request& request_;
    const Flow& flow_;
    const Asked& asked_;
    Names names_;
    domain::Currency currency_;
    Passed passed_;
    json::object outputs_;
};

}  // namespace

Result<Passed> pass_gate(const Engine& engine, Unit unit, const servicing::Request& request,
                         const Flow& flow, const Asked& asked) {
    return Gate(engine, unit, request, flow, asked).run();
}

json::object gate_view(const Flow& flow, const Passed& passed) {
    json::array asks;
    for (const Ask& each : passed.asks)
        asks.push_back({{"role", each.role}, {"reason", each.reason}});
    return {{"name", flow.name},
            {"version", flow.version},
            {"fees", passed.fees},
            {"approvals", std::move(asks)}};
}

std::string limit_words(const std::string& role, const OverLimit& over,
                        const domain::Currency& currency) {
    return "The role " + role + " may give back " + over.limit + " " + std::string(currency.code) +
           " in one action.";
}

domain::Minor refund_total(const json::object& plan, const domain::Currency& currency) {
    domain::Minor total;
    for (const json::value& refund : plan.at("refunds").as_array())
        total += domain::parse_decimal(refund.at("amount").as_string(), currency).value();
    return total;
}

bool over_limit(const Step& approval, domain::Minor refund, const domain::Currency& currency) {
    const json::value* limit = approval.setting("refunds_above");
    if (limit == nullptr) return true;
    if (const auto* by_currency = limit->if_object())
        limit = by_currency->if_contains(currency.code);
    if (limit == nullptr) return true;
    const auto amount = domain::parse_decimal(limit->as_string(), currency);
    return !amount || refund > *amount;
}

}  // namespace orderhub::flows
