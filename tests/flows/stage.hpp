// Flows on a real SQLite store, with the order of servicing's tests: three mugs, two of them
// shipped.
#pragma once

#include "hub/flows/engine.hpp"
#include "hub/flows/views.hpp"
#include "tests/servicing/desk.hpp"

namespace orderhub::flows {

namespace json = boost::json;
using domain::ActionKind;
using servicing::at;
using servicing::units;

class FlowStage : public servicing::Servicing {
protected:
    void SetUp() override {
        Servicing::SetUp();
        engine_ = std::make_unique<Engine>(settings(), library_);
    }

    servicing::Settings settings() {
        servicing::Settings all;
        all.public_url = "http://hub.test";
        all.credit_memo_prefix = "CM-";
        all.invoice_prefix = "IN-";
        all.return_prefix = "RMA-";
        all.refund_limits = refund_limits_;
        all.make_id = [this](std::string_view prefix) {
            return std::string(prefix) + "_" + std::to_string(50'000 + ++made_);
        };
        all.route = [this](std::string_view kind) {
            return kind == "order.forward" ? receiver_ : books_;
        };
        all.can_execute = [this](std::string_view, std::string_view kind) {
            return cannot_.count(std::string(kind)) == 0;
        };
        return all;
    }

    /// Loads flows, each text under the name that it gives itself.
    std::vector<Complaint> load(const std::vector<std::string>& texts) {
        std::vector<FlowFile> files;
        for (const std::string& text : texts) {
            const auto begin = text.find("flow: ") + 6;
            files.push_back({text.substr(begin, text.find('\n', begin) - begin) + ".yaml", text});
        }
        return unit([&](store::Transaction& tx) { return library_.load(tx, clock_, files); });
    }

    servicing::Request by(const std::string& actor = "agent:test",
                          const std::string& role = "agent") {
        return {actor, "trace", clock_ += 1000, role};
    }

    std::int64_t version() { return now().at("version").as_int64(); }

    Result<json::object> preview(ActionKind action, const json::object& input) {
        return unit([&](store::Transaction& tx) {
            return engine_->preview({tx, tx}, by(), {action, id_, 0, input});
        });
    }
    Result<json::object> submit(ActionKind action, const json::object& input) {
        const auto expected = version();
        return unit([&](store::Transaction& tx) {
            return engine_->submit({tx, tx}, by(), {action, id_, expected, input});
        });
    }
    Result<flows::Run> start(const std::string& flow, json::object input = {}) {
        return unit([&](store::Transaction& tx) {
            return engine_->start({tx, tx}, by(), {flow, id_, {}, std::move(input)});
        });
    }
    Result<flows::Run> decide(const std::string& run, Decision decision,
                              const std::string& actor = "agent:chief",
                              const std::string& role = "admin") {
        return unit([&](store::Transaction& tx) {
            return engine_->decide({tx, tx}, by(actor, role), run, decision, "because");
        });
    }

    /// Moves all runs until none goes on by itself; each step is a unit of its own.
    void go_on() {
        for (int rounds = 0; rounds < 300; ++rounds) {
            bool moved = false;
            for (const std::string& run : runs())
                moved = step(run) || moved;
            if (!moved && !any_ready()) return;
        }
        ADD_FAILURE() << "the runs never rest";
    }
    /// One that another run has started, for example.
    bool any_ready() {
        return unit(
            [&](store::Transaction& tx) { return !tx.find_runs({.state = "ready"}).empty(); });
    }
    bool step(const std::string& run) {
        const auto moved =
            unit([&](store::Transaction& tx) { return engine_->step({tx, tx}, clock_, run); });
        EXPECT_TRUE(moved) << (moved ? "" : moved.error().message);
        return moved && *moved;
    }
    std::vector<std::string> runs() {
        return unit([&](store::Transaction& tx) {
            std::vector<std::string> ids;
            for (const auto& run : tx.find_runs({}))
                ids.push_back(run.id);
            return ids;
        });
    }
    json::object run_of(const std::string& id) {
        return unit(
            [&](store::Transaction& tx) { return run_view(tx.run(id).value(), tx.run_steps(id)); });
    }
    json::object only_run() { return run_of(runs().at(0)); }
    /// "check done, fee skipped, ..." of a run.
    static std::string told(const json::object& run) {
        std::string out;
        for (const auto& each : run.at("steps").as_array())
            out += (out.empty() ? "" : ", ") + std::string(each.at("step").as_string()) + " " +
                   std::string(each.at("state").as_string());
        return out;
    }
    /// Every delivery that waits is done, as the outside would say.
    void all_done() {
        for (const auto& delivery : deliveries()) {
            std::string result = "{}";
            if (delivery.kind == "refund.create")
                result = R"({"external_id":"re-1","state":"succeeded"})";
            if (delivery.kind == "credit_memo.post" || delivery.kind == "invoice.post") {
                const json::value payload = json::parse(delivery.payload);
                const json::value& document = payload.as_object().begin()->value();
                result = json::serialize(
                    json::object{{"number", "X-1"}, {"totals", document.at("totals")}});
            }
            EXPECT_TRUE(progress(delivery, "done", result)) << delivery.kind;
        }
    }
    std::vector<std::string> event_types() {
        return unit([&](store::Transaction& tx) {
            std::vector<std::string> types;
            for (const auto& event : tx.events(0, 200, ""))
                types.push_back(event.type);
            return types;
        });
    }
    bool happened(const std::string& type) {
        const auto types = event_types();
        return std::ranges::find(types, type) != types.end();
    }

    Library library_;
    std::map<std::string, servicing::RefundLimits, std::less<>> refund_limits_;
    std::unique_ptr<Engine> engine_;
    std::int64_t clock_ = 1'795'100'000'000;

private:
    int made_ = 0;
};

}  // namespace orderhub::flows
