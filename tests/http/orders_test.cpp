// Orders and their actions: preconditions, idempotency, what a caller sees.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

class Orders : public ApiTest {
protected:
    void SetUp() override {
        ApiTest::SetUp();
        id_ = import_order();
        etag_ = call("GET", "/api/v1/orders/" + id_).headers["etag"];
    }

    std::string action(const std::string& verb) const {
        return "/api/v1/orders/" + id_ + "/actions/return:" + verb;
    }
    static json::value plan(const Reply& reply) { return reply.document().at("plan"); }
    static json::value units(int quantity) {
        return json::object{
            {"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", quantity}}}},
            {"reason", "broken"}};
    }
    Reply submit(int quantity, const std::string& key, const std::string& etag) {
        return send("POST", action("submit"), units(quantity), "agent",
                    {{"If-Match", etag}, {"Idempotency-Key", key}});
    }
    std::size_t deliveries() {
        return call("GET", "/api/v1/deliveries?order=" + id_)
            .document()
            .at("items")
            .as_array()
            .size();
    }

    std::string id_;
    std::string etag_;
};

TEST_F(Orders, AreFoundByNumberAndEmail) {
    for (const auto* text : {"T-1", "ann@example.com", "Ann@Example.com"}) {
        const auto reply = call("GET", "/api/v1/orders?q=" + std::string(text));
        ASSERT_EQ(reply.status, 200) << reply.body;
        EXPECT_EQ(reply.document().at("items").as_array().size(), 1u) << text;
    }
    EXPECT_TRUE(call("GET", "/api/v1/orders?q=T-2").document().at("items").as_array().empty());
}

TEST_F(Orders, CarryTheirVersionAsETag) {
    const auto reply = call("GET", "/api/v1/orders/" + id_);
    EXPECT_EQ(reply.headers.at("etag"),
              "\"" + std::to_string(reply.document().at("version").as_int64()) + "\"");
}

TEST_F(Orders, PreviewChangesNothing) {
    const auto preview = send("POST", action("preview"), units(2));
    ASSERT_EQ(preview.status, 200) << preview.body;
    // The order's version, and that of the flow whose fees are in the figures.
    EXPECT_EQ(preview.headers.at("etag"), "\"1.1\"");
    EXPECT_EQ(plan(preview).at("refunds").at(0).at("amount").as_string(), "24.00");
    EXPECT_EQ(call("GET", "/api/v1/orders/" + id_).headers["etag"], etag_);
    EXPECT_EQ(deliveries(), 0u);
}

TEST_F(Orders, SubmitGivesThePreviewsFigures) {
    const auto preview = send("POST", action("preview"), units(2));
    const auto reply = submit(2, "k1", etag_);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(json::serialize(plan(reply)), json::serialize(plan(preview)));
    const json::value created = reply.document().at("created");
    EXPECT_EQ(created.at("refunds").as_array().size(), 1u);
    EXPECT_EQ(created.at("credit_memos").as_array().size(), 1u);
    EXPECT_TRUE(created.at("exchange_order").is_null());
    EXPECT_NE(reply.headers.at("etag"), etag_);
    EXPECT_GE(deliveries(), 2u);
}

TEST_F(Orders, SubmitNeedsAnIdempotencyKey) {
    const auto reply = send("POST", action("submit"), units(1), "agent", {{"If-Match", etag_}});
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.code(), "idempotency_key_required");
}

TEST_F(Orders, SubmitNeedsIfMatch) {
    const auto reply =
        send("POST", action("submit"), units(1), "agent", {{"Idempotency-Key", "k"}});
    EXPECT_EQ(reply.status, 428);
    EXPECT_EQ(reply.code(), "if_match_required");
}

TEST_F(Orders, ARepeatedSubmitGivesTheFirstAnswerAndDoesNothing) {
    const auto first = submit(1, "same", etag_);
    const auto made = deliveries();
    const auto second = submit(1, "same", etag_);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.headers.at("etag"), first.headers.at("etag"));
    EXPECT_EQ(second.headers.at("idempotency-replayed"), "true");
    EXPECT_EQ(first.headers.count("idempotency-replayed"), 0u);
    EXPECT_EQ(deliveries(), made);
}

TEST_F(Orders, AKeyIsForOneRequestOnly) {
    submit(1, "same", etag_);
    const auto now = call("GET", "/api/v1/orders/" + id_).headers["etag"];
    const auto other = submit(2, "same", now);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "idempotency_key_reused");
}

TEST_F(Orders, AKeyIsOfOneToken) {
    submit(1, "same", etag_);
    const auto now = call("GET", "/api/v1/orders/" + id_).headers["etag"];
    const auto other = send("POST", action("submit"), units(1), "admin",
                            {{"If-Match", now}, {"Idempotency-Key", "same"}});
    EXPECT_EQ(other.status, 200) << other.body;
    EXPECT_EQ(other.headers.count("idempotency-replayed"), 0u);
}

TEST_F(Orders, ARefusedSubmitLeavesTheKeyFree) {
    EXPECT_EQ(submit(9, "k", etag_).status, 422);
    EXPECT_EQ(submit(1, "k", etag_).status, 200);
}

TEST_F(Orders, AnOldVersionIsRefusedWithTheNewOne) {
    submit(1, "k1", etag_);
    const auto now = call("GET", "/api/v1/orders/" + id_).headers["etag"];
    for (const auto* verb : {"submit", "preview"}) {
        const auto reply = send("POST", action(verb), units(1), "agent",
                                {{"If-Match", etag_}, {"Idempotency-Key", "k2"}});
        EXPECT_EQ(reply.status, 409);
        EXPECT_EQ(reply.code(), "order_changed");
        EXPECT_EQ(reply.headers.at("etag"), now);
        EXPECT_EQ("\"" + std::to_string(reply.document().at("order_version").as_int64()) + "\"",
                  now);
        const auto document = reply.document();
        const auto& changes = document.at("changes").as_array();
        ASSERT_FALSE(changes.empty());
        EXPECT_EQ(changes.back().at("actor").as_string(), "agent:test agent");
        EXPECT_EQ(changes.back().at("order_id").as_string(), id_);
    }
}

TEST_F(Orders, ChangesAreOnlyThoseAfterTheVersionThatWasAsked) {
    submit(1, "k1", etag_);
    const auto then = call("GET", "/api/v1/orders/" + id_).headers["etag"];
    send("POST", "/api/v1/orders/" + id_ + "/actions/discount:submit",
         json::object{{"basis", "amount_with_tax"}, {"value", "1.00"}, {"reason", "late"}}, "agent",
         {{"If-Match", then}, {"Idempotency-Key", "k2"}});
    const auto of_first = submit(1, "k3", etag_).document();
    const auto of_second = submit(1, "k4", then).document();
    EXPECT_GT(of_first.at("changes").as_array().size(), of_second.at("changes").as_array().size());
    EXPECT_EQ(of_first.at("order_version"), of_second.at("order_version"));
    ASSERT_FALSE(of_second.at("changes").as_array().empty());
}

TEST_F(Orders, SayWhatCanBeDoneToThem) {
    const auto reply = call("GET", "/api/v1/orders/" + id_ + "/actions");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.headers.at("etag"), etag_);
    std::map<std::string, bool> possible;
    const auto document = reply.document();
    for (const auto& each : document.at("actions").as_array())
        possible[each.at("action").as_string().c_str()] = each.at("possible").as_bool();
    EXPECT_TRUE(possible.at("return"));
    EXPECT_FALSE(possible.at("cancel"));
    EXPECT_EQ(call("GET", "/api/v1/orders/os_none/actions").status, 404);
}

TEST_F(Orders, AGiftBeyondTheRolesLimitIsRefused) {
    const json::object gift{{"kind", "goodwill"}, {"amount", "5.00"}, {"reason", "sorry"}};
    const auto path = "/api/v1/orders/" + id_ + "/actions/refund:preview";
    const auto of_agent = send("POST", path, gift, "agent");
    EXPECT_EQ(of_agent.status, 403) << of_agent.body;
    EXPECT_EQ(of_agent.code(), "over_limit");
    EXPECT_EQ(send("POST", path, gift, "admin").status, 200);
}

TEST_F(Orders, ASuspendedOrderIsAConflictWithoutANewVersion) {
    send("POST", "/api/v1/orders/" + id_ + "/actions/suspend:submit",
         json::object{{"reason", "fraud"}}, "agent",
         {{"If-Match", etag_}, {"Idempotency-Key", "k"}});
    const auto reply = send("POST", action("preview"), units(1));
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.code(), "suspended");
    EXPECT_FALSE(reply.document().contains("order_version"));
    EXPECT_EQ(call("GET", "/api/v1/orders/" + id_).document().at("suspended"), true);
}

TEST_F(Orders, TheTraceOfTheCallerIsInTheJournal) {
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    send("POST", action("submit"), units(1), "agent",
         {{"If-Match", etag_},
          {"Idempotency-Key", "k"},
          {"traceparent", "00-" + trace + "-b7ad6b7169203331-01"}});
    const auto events = call("GET", "/api/v1/orders/" + id_ + "/events").document();
    const auto& last = events.at("items").as_array().back();
    EXPECT_EQ(last.at("trace").as_string(), trace);
    EXPECT_EQ(last.at("actor").as_string(), "agent:test agent");
}

TEST_F(Orders, PagesGoOnWhereTheLastEnded) {
    const auto page = call("GET", "/api/v1/orders?limit=1").document();
    ASSERT_TRUE(page.at("next").is_string());
    const std::string next(page.at("next").as_string());
    const auto rest = call("GET", "/api/v1/orders?limit=1&before=" + next).document();
    EXPECT_TRUE(rest.at("items").as_array().empty());
    EXPECT_TRUE(rest.at("next").is_null());
}

}  // namespace
}  // namespace orderhub::http
