// Flows tried out on real state, of which nothing is kept.
#include "hub/flows/rehearsal.hpp"

#include "stage.hpp"

namespace orderhub::flows {
namespace {

class FlowRehearsal : public FlowStage {
protected:
    json::object tried(const std::string& text, const json::object& input) {
        const auto parsed = parse_flow("mine.yaml", text);
        EXPECT_TRUE(parsed) << parsed.error().front().text();
        json::object told;
        const auto undone = store_->write([&](store::Transaction& tx) -> Result<void> {
            const auto found = rehearse(*engine_, {tx, tx}, by(), {*parsed, id_, {}, input});
            if (!found) return std::unexpected(found.error());
            told = *found;
            return fail(ErrorKind::Conflict, "undone", "nothing is kept");
        });
        EXPECT_EQ(undone.error().code, "undone") << undone.error().message;
        return told;
    }
    static std::string told_steps(const json::object& told) {
        std::string names;
        for (const auto& step : told.at("steps").as_array())
            names += std::string(step.at("step").as_string()) + " ";
        return names;
    }
};

TEST_F(FlowRehearsal, GoesToTheEndWhateverItWouldWaitFor) {
    ASSERT_TRUE(load({}).empty());
    const auto told = tried(
        "flow: mine\ntitle: Mine\nstarts: {action: return}\n"
        "before:\n  - fee: {label: Shipping, fixed: \"2.40\"}\n  - approval: {role: admin}\n"
        "after:\n  - wait: {for: refund_succeeded, within: 1d}\n  - pause: 3d\n"
        "  - {id: last, note: over}\n",
        units(1));
    EXPECT_EQ(at(told, "/state"), "done") << at(told, "/message");
    EXPECT_EQ(at(told, "/preview/plan/refunds/0/amount"), "9.60");
    EXPECT_EQ(at(told, "/refused"), "null");
    EXPECT_EQ(told_steps(told), "approval_1 wait_1 pause_1 last ");
    EXPECT_TRUE(deliveries().empty());
    EXPECT_TRUE(runs().empty());
}

TEST_F(FlowRehearsal, SaysWhyItWouldBeRefused) {
    const auto told = tried(
        "flow: mine\ntitle: Mine\nstarts: {action: return}\n"
        "before:\n  - {check: \"false\", refuse: no}\n",
        units(1));
    EXPECT_EQ(at(told, "/refused/message"), "no");
    EXPECT_EQ(at(told, "/steps"), "[]");
}

}  // namespace
}  // namespace orderhub::flows
