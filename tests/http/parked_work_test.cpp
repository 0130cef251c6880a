// Parked work over the API: found, looked at, changed, tried again, given up.
#include <set>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

class ParkedWorkTest : public ApiTest {
protected:
    void SetUp() override {
        ApiTest::SetUp();
        order_ = import_order();
    }

    /// A parked note to the desk, with the given text; its id.
    std::string park_note(const std::string& key, const std::string& code = "closed") {
        std::string id;
        EXPECT_TRUE(store_->write([&](store::Transaction& unit) -> Result<void> {
            servicing::OutgoingCommand command;
            command.connector = "shop";
            command.order_key = "cs_1";
            command.kind = "case.note";
            command.key = key;
            command.order_id = order_;
            command.payload = json::serialize(note("written to ann@example.com"));
            unit.send(command);
            routing::DeliveryQuery newest;
            newest.kind = "case.note";
            auto delivery = unit.find_deliveries(newest).at(0);
            delivery.state = routing::DeliveryState::parked;
            delivery.error_code = code;
            delivery.error_message = "The ticket is closed.";
            unit.update(delivery);
            id = delivery.id;
            return {};
        }));
        return id;
    }
    static json::object note(const std::string& text) {
        return {{"case", {{"external_id", "1"}}}, {"text", text}};
    }
    std::int64_t park_message(const std::string& id, const std::string& kind,
                              const std::string& body) {
        std::int64_t sequence = 0;
        EXPECT_TRUE(store_->write([&](store::Transaction& unit) -> Result<void> {
            routing::InboxMessage message;
            message.connector = "shop";
            message.message_id = id;
            message.record_kind = kind;
            message.headers = "{}";
            message.body = body;
            message.state = routing::InboxState::parked;
            message.error_code = "bad_record";
            unit.accept(message);
            sequence = unit.find_messages({}).back().sequence;
            return {};
        }));
        return sequence;
    }
    json::array page_after(std::int64_t sequence) {
        const auto path = "/api/v1/events?limit=200&after=" + std::to_string(sequence);
        return call("GET", path).document().at("items").as_array();
    }
    json::array entries(std::string_view type) {
        json::array found;
        std::int64_t after = 0;
        for (json::array page = page_after(after); !page.empty(); page = page_after(after))
            for (const auto& each : page) {
                after = each.at("sequence").as_int64();
                if (each.at("type").as_string() == type) found.push_back(each);
            }
        return found;
    }
    std::size_t count(const std::string& path) {
        return call("GET", path, "admin").document().at("items").as_array().size();
    }

    std::string order_;
};

TEST_F(ParkedWorkTest, DeliveriesAreFoundByKindCodeAndAge) {
    park_note("n1");
    park_note("n2", "no_such_case");
    const std::string parked = "/api/v1/deliveries?state=parked";
    EXPECT_EQ(count(parked), 2U);
    EXPECT_EQ(count(parked + "&code=no_such_case&kind=case.note"), 1U);
    EXPECT_EQ(count(parked + "&kind=refund.create"), 0U);
    EXPECT_EQ(count(parked + "&order=" + order_), 2U);
    EXPECT_EQ(count(parked + "&older_than=2020-01-01"), 0U);
    EXPECT_EQ(count(parked + "&older_than=2100-01-01T00:00:00Z"), 2U);
    EXPECT_EQ(call("GET", parked + "&older_than=soon").status, 400);
}

TEST_F(ParkedWorkTest, ADeliveryShowsWhatWaitsBehindIt) {
    const auto first = park_note("n1");
    park_note("n2");
    const auto shown = call("GET", "/api/v1/deliveries/" + first).document();
    EXPECT_EQ(shown.at("waiting_behind").at("count"), 1);
    EXPECT_EQ(shown.at("waiting_behind").at("first").at(0).at("kind"), "case.note");
    EXPECT_TRUE(shown.at("original").is_null());
}

TEST_F(ParkedWorkTest, AnEditIsRecordedMemberByMemberAndTheFirstPayloadStays) {
    const auto id = park_note("n1");
    const auto path = "/api/v1/deliveries/" + id;
    auto reply = send("POST", path + ":edit", {{"payload", note("shorter")}}, "admin");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.document().at("payload"), json::value(note("shorter")));
    EXPECT_EQ(reply.document().at("state"), "parked");
    send("POST", path + ":edit", {{"payload", note("shorter")}}, "admin");
    send("POST", path + ":edit", {{"payload", note("shortest")}}, "admin");
    const auto found = entries("delivery.edited");
    ASSERT_EQ(found.size(), 2U) << "nothing is told of an edit that changes nothing";
    EXPECT_EQ(found[0].at("data").at("changes"),
              (json::array{{{"op", "replace"},
                            {"path", "/text"},
                            {"before", "written to ann@example.com"},
                            {"value", "shorter"}}}));
    const auto shown = call("GET", path).document();
    EXPECT_EQ(shown.at("original").at("payload"), json::value(note("written to ann@example.com")));
    EXPECT_EQ(shown.at("original").at("edited_by"), "agent:test admin");
}

TEST_F(ParkedWorkTest, DecisionsAreInTheAuditLogWithTheAddressTheyCameFrom) {
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    const Headers traced{{"traceparent", "00-" + trace + "-b7ad6b7169203331-01"}};
    const auto path = "/api/v1/deliveries/" + park_note("n1");
    send("POST", path + ":edit", {{"payload", note("shorter")}}, "admin", traced);
    send("POST", "/api/v1/deliveries:retry", json::object{{"dry_run", false}}, "admin", traced);
    const auto message = "/api/v1/inbox/" + std::to_string(park_message("m1", "", "{"));
    send("POST", message + ":edit", json::object{{"body", "{}"}}, "admin", traced);
    send("POST", message + ":drop", json::object{{"reason", "a test"}}, "admin", traced);
    const auto log = call("GET", "/api/v1/audit?after=0&actor=agent:test%20admin", "admin");
    std::set<std::string> types;
    for (const auto& each : log.document().at("items").as_array()) {
        types.insert(each.at("type").as_string().c_str());
        EXPECT_EQ(each.at("address"), "127.0.0.1") << each;
        EXPECT_EQ(each.at("trace").as_string(), trace) << each;
    }
    EXPECT_EQ(types, (std::set<std::string>{"delivery.edited", "delivery.retried", "message.edited",
                                            "message.dropped"}));
}

TEST_F(ParkedWorkTest, AnEditMustFitTheCommandsSchema) {
    const auto id = park_note("n1");
    const auto path = "/api/v1/deliveries/" + id + ":edit";
    auto payload = note("x");
    payload["text"] = 7;
    const auto reply = send("POST", path, {{"payload", payload}}, "admin");
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.document().at("errors").at(0).at("pointer"), "/payload/text");
    EXPECT_EQ(send("POST", path, {{"payload", note("x")}}, "agent").status, 403);
    send("POST", "/api/v1/deliveries/" + id + ":retry", {}, "admin");
    EXPECT_EQ(send("POST", path, {{"payload", note("x")}}, "admin").code(), "wrong_state");
    EXPECT_TRUE(entries("delivery.edited").empty());
}

TEST_F(ParkedWorkTest, ManyDeliveriesAreTriedAgainByFilter) {
    for (int i = 0; i < 250; ++i)
        park_note("n" + std::to_string(i));
    park_note("other", "no_such_case");
    const std::string path = "/api/v1/deliveries:retry";
    const auto dry =
        send("POST", path, {{"code", "closed"}, {"dry_run", true}}, "admin").document();
    EXPECT_EQ(dry.at("count"), 250);
    EXPECT_EQ(count("/api/v1/deliveries?state=parked&limit=200"), 200U) << "nothing was done";
    const auto part = send("POST", path, {{"code", "closed"}, {"limit", 130}}, "admin").document();
    EXPECT_EQ(part.at("count"), 130);
    const auto rest =
        send("POST", path, {{"code", "closed"}, {"before", part.at("next")}}, "admin").document();
    EXPECT_EQ(rest.at("count"), 120);
    EXPECT_TRUE(rest.at("next").is_null());
    EXPECT_EQ(count("/api/v1/deliveries?state=parked"), 1U);
    EXPECT_EQ(send("POST", path, {{"code", "closed"}}, "admin").document().at("count"), 0);
    EXPECT_EQ(entries("delivery.retried").size(), 250U) << "one entry each";
}

TEST_F(ParkedWorkTest, AMessageIsEditedDroppedAndFoundAgain) {
    const auto sequence = park_message("m1", "", "not what was meant");
    const auto path = "/api/v1/inbox/" + std::to_string(sequence);
    const auto edited = send("POST", path + ":edit", {{"body", "what was meant"}}, "admin");
    ASSERT_EQ(edited.status, 200) << edited.body;
    EXPECT_EQ(edited.document().at("body"), "what was meant");
    EXPECT_EQ(edited.document().at("original").at("body"), "not what was meant");
    const auto change = entries("message.edited").at(0).at("data").at("changes").at(0);
    EXPECT_FALSE(change.as_object().contains("before")) << "what is not JSON is not quoted";
    for (int times = 0; times < 2; ++times) {
        const auto dropped = send("POST", path + ":drop", {{"reason", "a test"}}, "admin");
        EXPECT_EQ(dropped.status, 200);
        EXPECT_EQ(dropped.document().at("state"), "dropped");
    }
    EXPECT_EQ(entries("message.dropped").size(), 1U);
    EXPECT_EQ(count("/api/v1/inbox"), 0U);
    EXPECT_EQ(count("/api/v1/inbox?state=dropped"), 1U);
    EXPECT_EQ(send("POST", path + ":edit", {{"body", "x"}}, "admin").status, 409);
    EXPECT_EQ(send("POST", path + ":retry", {}, "admin").status, 409);
}

TEST_F(ParkedWorkTest, APolledRecordMustStayARecord) {
    const auto sequence = park_message("order:77:abc", "order", "{}");
    const auto path = "/api/v1/inbox/" + std::to_string(sequence) + ":edit";
    EXPECT_EQ(send("POST", path, {{"body", "{"}}, "admin").code(), "invalid_record");
    auto record = order_record();
    record["currency"] = 5;
    const auto reply = send("POST", path, {{"body", json::serialize(record)}}, "admin");
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.document().at("errors").at(0).at("pointer"), "/body/currency");
    EXPECT_EQ(send("POST", path, {{"body", json::serialize(order_record())}}, "admin").status, 200);
}

TEST_F(ParkedWorkTest, MessagesAreFoundAndTriedAgainByFilter) {
    park_message("m1", "", "a");
    park_message("order:77:abc", "order", "{}");
    park_message("order:770:abc", "order", "{}");
    EXPECT_EQ(count("/api/v1/inbox?kind=order"), 2U);
    EXPECT_EQ(count("/api/v1/inbox?order=" + order_), 1U);
    EXPECT_EQ(count("/api/v1/inbox?order=os_none"), 0U);
    EXPECT_EQ(count("/api/v1/inbox?connector=desk"), 0U);
    const auto page = call("GET", "/api/v1/inbox?limit=1", "admin").document();
    EXPECT_EQ(count("/api/v1/inbox?after=" + std::to_string(page.at("next").as_int64())), 2U);
    const std::string path = "/api/v1/inbox:retry";
    EXPECT_EQ(
        send("POST", path, {{"kind", "order"}, {"dry_run", true}}, "admin").document().at("count"),
        2);
    EXPECT_EQ(send("POST", path, {{"kind", "order"}}, "admin").document().at("count"), 2);
    EXPECT_EQ(send("POST", path, {{"order", "os_none"}}, "admin").document().at("count"), 0);
    EXPECT_EQ(count("/api/v1/inbox"), 1U);
    EXPECT_EQ(entries("message.retried").size(), 2U);
}

}  // namespace
}  // namespace orderhub::http
