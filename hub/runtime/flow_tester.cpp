#include "hub/runtime/flow_tester.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "hub/flows/gate.hpp"
#include "hub/runtime/flow_bench.hpp"

namespace orderhub::runtime {

namespace json = boost::json;
namespace fs = std::filesystem;
using schemas::Complaint;
using schemas::YamlFile;

namespace {

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

json::object member(const json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    const auto* object = value == nullptr ? nullptr : value->if_object();
    return object == nullptr ? json::object() : *object;
}

std::string read_text(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

json::array list_of(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

/// What an expectation can be about; all as JSON, so that they compare and print alike.
class Findings {
public:
    Findings(FlowBench& bench, const json::object& last, const std::string& refusal)
        : bench_(bench), last_(last), refusal_(refusal) {}

    /// Null if there is no such thing to expect.
    std::optional<json::value> find(std::string_view name) {
        using Find = json::value (Findings::*)();
        struct Row {
            std::string_view name;
            Find find;
        };
        static constexpr std::array kRows{Row{"refund", &Findings::refund},
                                          Row{"fees", &Findings::fees},
                                          Row{"total", &Findings::total},
                                          Row{"approvals", &Findings::approvals},
                                          Row{"state", &Findings::state},
                                          Row{"steps", &Findings::steps},
                                          Row{"commands", &Findings::commands},
                                          Row{"exceptions", &Findings::exceptions},
                                          Row{"order_status", &Findings::order_status},
                                          Row{"refused", &Findings::refused}};
        const auto row = std::ranges::find(kRows, name, &Row::name);
        if (row == kRows.end()) return std::nullopt;
        return (this->*row->find)();
    }

private:
    json::object plan() const { return member(last_, "plan"); }

    json::value refund() {
        const json::object shown = plan();
        if (shown.empty()) return nullptr;
        const auto currency = domain::currency(shown.at("currency").as_string()).value();
        return json::value(domain::to_decimal(flows::refund_total(shown, currency), currency));
    }
    json::value fees() {
        const json::object totals = member(member(plan(), "invoice"), "totals");
        return totals.empty() ? json::value("none") : totals.at("inc");
    }
    json::value total() {
        const json::object after = member(member(plan(), "totals"), "after");
        return after.empty() ? json::value(nullptr) : after.at("inc");
    }
    json::value approvals() {
        json::array roles;
        const json::object flow = member(last_, "flow");
        if (!flow.empty())
            for (const json::value& each : flow.at("approvals").as_array())
                roles.push_back(each.at("role"));
        return roles;
    }
    json::value state() {
        const json::object run = bench_.run();
        return run.empty() ? json::value("none") : run.at("state");
    }
    json::value steps() {
        json::array told;
        const json::object run = bench_.run();
        if (!run.empty())
            for (const json::value& step : run.at("steps").as_array())
                told.emplace_back(text_of(step.at("step")) + " " + text_of(step.at("state")));
        return told;
    }
    json::value commands() { return list_of(bench_.commands()); }
    json::value exceptions() { return list_of(bench_.exceptions()); }
    json::value order_status() { return bench_.order().at("status"); }
    json::value refused() { return json::value(refusal_); }

    FlowBench& bench_;
    const json::object& last_;
    const std::string& refusal_;
};

class CaseRun {
public:
    CaseRun(const YamlFile& file, std::string pointer, const std::vector<flows::FlowPtr>& flows)
        : file_(file), pointer_(std::move(pointer)), bench_(flows) {}

    std::vector<Complaint> run(const json::object& order, const json::array& steps) {
        if (const auto imported = bench_.import(order); !imported)
            complain("/order", "the order is refused: " + imported.error().field + ": " +
                                   imported.error().message);
        for (std::size_t i = 0; i < steps.size() && complaints_.empty(); ++i)
            make(steps[i], pointer_ + "/steps/" + std::to_string(i));
        if (!refusal_.empty()) complain(refused_at_, refusal_);
        return std::move(complaints_);
    }

private:
    void complain(const std::string& pointer, std::string message) {
        complaints_.push_back(file_.complaint(pointer, std::move(message)));
    }

    void make(const json::value& step, const std::string& at) {
        const auto* object = step.if_object();
        if (object == nullptr || object->size() != 1)
            return complain(at,
                            "a step is one of preview, submit, start, approve, decline, "
                            "return, outside, wait, expect");
        const std::string kind(object->begin()->key());
        const json::value& value = object->begin()->value();
        if (kind == "expect") return expect(value, at + "/expect");
        if (!refusal_.empty()) return;  // said at the end
        note(act(kind, value), at);
    }

    Result<json::object> act(const std::string& kind, const json::value& value) {
        const json::object asked = value.is_object() ? value.get_object() : json::object();
        const json::object input = member(asked, "input");
        const auto word = [&](std::string_view name) {
            const auto* text = asked.if_contains(name);
            return text == nullptr ? std::string() : text_of(*text);
        };
        const auto done = [](const Result<void>& result) {
            return result ? Result<json::object>(json::object())
                          : Result<json::object>(std::unexpected(result.error()));
        };
        if (kind == "preview") return bench_.preview(word("action"), input);
        if (kind == "submit") return bench_.submit(word("action"), input);
        if (kind == "start") return done(bench_.start(word("flow"), input));
        if (kind == "approve") return done(bench_.decide(text_of(value), flows::Decision::approve));
        if (kind == "decline") return done(bench_.decide(text_of(value), flows::Decision::decline));
        if (kind == "return") return done(bench_.decide(text_of(value), flows::Decision::return_));
        if (kind == "outside") return done(bench_.outside_does());
        if (kind == "wait") return done(bench_.wait(flows::to_milliseconds(text_of(value))));
        return fail(ErrorKind::Invalid, "no_such_step", "there is no step " + kind);
    }

    void note(const Result<json::object>& result, const std::string& at) {
        if (!result) {
            refusal_ = result.error().message;
            refused_at_ = at;
        } else if (!result->empty()) {
            last_ = *result;
        }
    }

    void expect(const json::value& wanted, const std::string& at) {
        if (!wanted.is_object()) return complain(at, "what is expected must be a map");
        Findings findings(bench_, last_, refusal_);
        for (const auto& [name, value] : wanted.get_object()) {
            const auto found = findings.find(name);
            const std::string pointer = at + "/" + std::string(name);
            if (!found)
                complain(pointer, "nothing is known of " + std::string(name));
            else if (!fits(name, *found, value))
                complain(pointer, std::string(name) + " is " + text_of(*found) + ", expected " +
                                      text_of(value));
        }
        if (wanted.get_object().contains("refused")) refusal_.clear();
    }

    static bool fits(std::string_view name, const json::value& found, const json::value& wanted) {
        if (name != "refused") return found == wanted;
        return !text_of(found).empty() && text_of(found).find(text_of(wanted)) != std::string::npos;
    }

    const YamlFile& file_;
    const std::string pointer_;
    FlowBench bench_;
    json::object last_;
    std::string refusal_;
    std::string refused_at_;
    std::vector<Complaint> complaints_;
};

class CaseFile {
public:
    explicit CaseFile(const std::string& path)
        : path_(path), file_(YamlFile::read(path, complaints_)) {}

    std::vector<FlowCase> run() {
        const auto* root = file_.value().if_object();
        if (complaints_.empty() && root == nullptr) complain("", "must be a map");
        if (complaints_.empty()) read(*root);
        if (!complaints_.empty()) return {{path_, "", complaints_}};
        return std::move(cases_);
    }

private:
    void complain(std::string_view pointer, std::string message) {
        complaints_.push_back(file_.complaint(pointer, std::move(message)));
    }

    void read(const json::object& root) {
        const auto* flow = root.if_contains("flow");
        const auto* list = root.if_contains("cases");
        if (flow == nullptr || list == nullptr || !list->is_array())
            return complain("", "needs flow, order and a list of cases");
        load_flow(text_of(*flow));
        const json::object order = read_order(root);
        if (!complaints_.empty()) return;
        for (std::size_t i = 0; i < list->get_array().size(); ++i) {
            const json::value& each = list->get_array()[i];
            const auto* object = each.if_object();
            const auto* steps = object == nullptr ? nullptr : object->if_contains("steps");
            const std::string pointer = "/cases/" + std::to_string(i);
            if (steps == nullptr || !steps->is_array() || !object->contains("case"))
                return complain(pointer, "a case has a name (case) and steps");
            cases_.push_back({path_, text_of(object->at("case")),
                              CaseRun(file_, pointer, flows_).run(order, steps->get_array())});
        }
    }

    /// A path beside this file, or the name of a built-in flow; the other built-in ones are there.
    void load_flow(const std::string& named) {
        const fs::path path = fs::path(path_).parent_path() / named;
        std::vector<flows::FlowPtr> built_in;
        for (const flows::BuiltInFlow& each : flows::built_in_flows())
            if (const auto parsed =
                    flows::parse_flow(std::string(each.name), std::string(each.text)))
                built_in.push_back(*parsed);
        if (fs::is_regular_file(path)) {
            const auto parsed = flows::parse_flow(path.string(), read_text(path));
            if (!parsed) {
                complaints_ = parsed.error();
                return;
            }
            flows_.push_back(*parsed);
        }
        for (const flows::FlowPtr& each : built_in)
            if (flows_.empty() ||
                (each->name != flows_.front()->name && !flows::same_start(*each, *flows_.front())))
                flows_.push_back(each);
        const auto has_name = [&](const flows::FlowPtr& each) { return each->name == named; };
        if (!fs::is_regular_file(path) && std::ranges::none_of(flows_, has_name))
            complain("/flow", "there is no such file and no such built-in flow: " + named);
    }

    json::object read_order(const json::object& root) {
        const auto* order = root.if_contains("order");
        if (order == nullptr) {
            complain("", "needs an order");
            return {};
        }
        if (order->is_object()) return order->get_object();
        const fs::path path = fs::path(path_).parent_path() / text_of(*order);
        const auto file = YamlFile::read(path.string(), complaints_);
        return file.value().is_object() ? file.value().get_object() : json::object();
    }

    const std::string path_;
    std::vector<Complaint> complaints_;
    YamlFile file_;
    std::vector<flows::FlowPtr> flows_;
    std::vector<FlowCase> cases_;
};

}  // namespace

std::vector<FlowCase> run_flow_cases(const std::string& file) {
    return CaseFile(file).run();
}

}  // namespace orderhub::runtime
