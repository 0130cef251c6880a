// Flows that decide which order a case is about.
#include "tests/flows/stage.hpp"
#include "tests/servicing/case_desk.hpp"

namespace orderhub::flows {
namespace {

class LinkFlow : public FlowStage {
protected:
    /// A mail comes in, is matched by the hub, and its flow is made; gives the case.
    json::object comes(const char* subject, const char* from, const std::string& steps) {
        EXPECT_TRUE(load({"flow: case_intake\ntitle: Cases\nstarts: {case: new}\nafter:\n" + steps})
                        .empty());
        EXPECT_TRUE(apply("case", servicing::mail("7", subject, "it is late", from), "desk"));
        const std::string id = at(only_case(), "/id");
        EXPECT_TRUE(unit([&](store::Transaction& tx) {
            return engine_->case_came({tx, tx}, by("connector:desk"), id);
        }));
        go_on();
        return only_case();
    }
};

TEST_F(LinkFlow, AFlowLinksWhatTheHubOnlySuggests) {
    const auto linked = comes("order ABC123", "eve@example.test",
                              "  - link: case.suggestions[1].order_id\n"
                              "    when: case.decision == 'suggested'\n"
                              "  - note: Linked {{ order.number }}\n");
    EXPECT_EQ(at(linked, "/decision"), "linked");
    EXPECT_EQ(at(linked, "/order_id"), id_);
    EXPECT_EQ(at(linked, "/decided_by"), "flow:case_intake");
    EXPECT_EQ(told(only_run()), "link_1 done, note_1 done");
    EXPECT_EQ(deliveries("case.link").size(), 1U);
}

TEST_F(LinkFlow, AFlowNamesTheOrderByItsNumber) {
    const auto linked = comes("no signal", "eve@example.test", "  - link: \"{'ABC123'}\"\n");
    EXPECT_EQ(at(linked, "/order_id"), id_);
}

TEST_F(LinkFlow, AFlowTakesALinkBackAndTheHubLeavesItSo) {
    auto none = comes("order ABC123", "ada@example.test", "  - link: \"nil\"\n");
    EXPECT_EQ(at(none, "/decision"), "suggested");
    json::object again = servicing::mail("7", "order ABC123", "still late");
    again["source"].as_object()["observed_at"] = "2026-11-22T14:00:00Z";
    ASSERT_TRUE(apply("case", again, "desk"));
    EXPECT_EQ(at(only_case(), "/decision"), "suggested");
}

TEST_F(LinkFlow, AnOrderThatIsNotThereFailsTheStep) {
    const auto untouched = comes("order ABC123", "ada@example.test", "  - link: \"'NONE'\"\n");
    EXPECT_EQ(at(untouched, "/decision"), "linked");
    EXPECT_EQ(at(only_run(), "/state"), "failed");
    EXPECT_NE(at(only_run(), "/message").find("there is no order NONE"), std::string::npos);
}

TEST_F(LinkFlow, AFlowOfAnActionHasNoCaseToLink) {
    const auto complaints =
        load({"flow: cancel\ntitle: C\nstarts: {action: cancel}\nafter:\n  - link: \"nil\"\n"});
    ASSERT_FALSE(complaints.empty());
    EXPECT_NE(complaints.front().message.find("has no case"), std::string::npos);
}

}  // namespace
}  // namespace orderhub::flows
