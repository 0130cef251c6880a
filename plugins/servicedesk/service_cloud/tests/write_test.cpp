// Links and notes: what is written, in one request, and once.
#include <gtest/gtest.h>

#include "org.hpp"

namespace orderhub::service_cloud::testing {
namespace {

const Json kLink = Json::parse(R"({"case": {"external_id": "500000000000001AAA"},
    "order": {"number": "SH-1001", "url": "https://hub.example.test/orders/1", "digest": "2 x Mug, paid", "total": "40.30 EUR"}})");

class WriteTest : public ::testing::Test {
protected:
    explicit WriteTest(const Json& with = config()) : host(with) { org.attach(host); }

    Json note_of(std::string text) const {
        return Json::object(
            {{"case", Json::object({{"external_id", kCase}})}, {"text", std::move(text)}});
    }

    Org org;
    FakeHost host;
};

TEST_F(WriteTest, ALinkIsOneRequestForFieldsAndNote) {
    org.summaries = {Json::object({{"Id", "1Os000000000001AAA"}})};
    const Outcome outcome = host.execute("case.link", "k-1", kLink);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(org.changes, 1);
    const Json& row = org.cases.at(kCase);
    EXPECT_EQ(row["OrderNumber__c"], Json("SH-1001"));
    EXPECT_EQ(row["OrderUrl__c"], Json("https://hub.example.test/orders/1"));
    EXPECT_EQ(row["OrderDigest__c"], Json("2 x Mug, paid"));
    EXPECT_EQ(row["OrderTotal__c"], Json("40.30 EUR"));
    EXPECT_EQ(row["OrderLinkKey__c"], Json("k-1"));
    EXPECT_EQ(row["OrderSummary__c"], Json("1Os000000000001AAA"));
    ASSERT_EQ(org.comments.size(), 1U);
    EXPECT_EQ(org.comments[0]["IsPublished"], Json(false));
    EXPECT_EQ(
        org.comments[0]["CommentBody"],
        Json("Order SH-1001\n2 x Mug, paid\nhttps://hub.example.test/orders/1\n\n[orderhub:k-1]"));
    EXPECT_EQ(outcome.result["external_id"], org.comments[0]["Id"]);
}

TEST_F(WriteTest, TheLookupIsLeftAloneUnlessOneSummaryHasTheNumber) {
    org.cases.at(kCase).set("OrderSummary__c", "1Os000000000009AAA");
    org.summaries = {Json::object({{"Id", "1Os000000000001AAA"}}),
                     Json::object({{"Id", "1Os000000000002AAA"}})};
    EXPECT_EQ(host.execute("case.link", "k-1", kLink).outcome, OH_DONE);
    EXPECT_EQ(org.cases.at(kCase)["OrderSummary__c"], Json("1Os000000000009AAA"));
}

TEST_F(WriteTest, ARefreshWritesTheFieldsAlone) {
    host.execute("case.link", "k-1", kLink);
    Json refresh = kLink;
    refresh.set("refresh", true);
    const Outcome outcome = host.execute("case.link", "k-2", refresh);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(org.cases.at(kCase)["OrderLinkKey__c"], Json("k-2"));
    EXPECT_EQ(org.comments.size(), 1U);
}

TEST_F(WriteTest, ALinkThatIsTakenBackEmptiesTheFields) {
    org.summaries = {Json::object({{"Id", "1Os000000000001AAA"}})};
    host.execute("case.link", "k-1", kLink);
    const Json none =
        Json::parse(R"({"case": {"external_id": "500000000000001AAA"}, "refresh": true,
        "order": {"number": "", "url": "", "digest": "", "total": ""}})");
    const Outcome outcome = host.execute("case.link", "k-2", none);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    for (const char* field :
         {"OrderNumber__c", "OrderUrl__c", "OrderDigest__c", "OrderTotal__c", "OrderSummary__c"})
        EXPECT_TRUE(org.cases.at(kCase)[field].is_null()) << field;
    EXPECT_EQ(org.comments.size(), 1U);
}

TEST_F(WriteTest, ALaterAttemptFindsTheNoteAndWritesNothing) {
    const Outcome first = host.execute("case.link", "k-1", kLink);
    const Outcome again = host.execute("case.link", "k-1", kLink, 2);
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(again.result["external_id"], first.result["external_id"]);
    EXPECT_EQ(org.changes, 1);
    EXPECT_EQ(host.execute("case.link", "k-2", kLink, 2).outcome, OH_DONE);
    EXPECT_EQ(org.changes, 2);
}

TEST_F(WriteTest, OwnNotesAreNoMessages) {
    host.execute("case.note", "k-1", note_of("Refund sent."));
    org.add_comment("00a000000000009AAA", kCase, "2026-11-22T18:05:00.000+0000",
                    "An agent's words");
    const Outcome outcome = host.poll();
    ASSERT_EQ(outcome.records.size(), 1U);
    const auto messages = outcome.records[0].second.at("messages").items();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0]["text"], Json("An agent's words"));
    EXPECT_EQ(messages[0]["direction"], Json("internal"));
}

TEST_F(WriteTest, ALongNoteBecomesSeveralCommentsAtOnce) {
    const Outcome outcome = host.execute("case.note", "k-1", note_of(std::string(7990, 'x')));
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(org.changes, 1);
    ASSERT_EQ(org.comments.size(), 3U);
    for (const Json& comment : org.comments) {
        EXPECT_LE(comment["CommentBody"].text().size(), 4000U);
        EXPECT_TRUE(comment["CommentBody"].text().ends_with("\n\n[orderhub:k-1]"));
    }
}

TEST_F(WriteTest, AnIdThatIsNoneIsRefusedBeforeAnythingIsSent) {
    Json link = kLink;
    link.set("case", Json::object({{"external_id", "../Account/001"}}));
    const Outcome outcome = host.execute("case.link", "k-1", link);
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "bad_case_id");
    EXPECT_EQ(org.changes, 0);
}

Json with_feed() {
    Json with = config();
    with.set("note", "feed_item");
    with.set("fields", Json::object());
    return with;
}

class FeedTest : public WriteTest {
protected:
    FeedTest() : WriteTest(with_feed()) {}
};

TEST_F(FeedTest, ANoteIsAnInternalFeedItemThatIsFoundAgain) {
    ASSERT_EQ(host.execute("case.note", "k-1", note_of("Refund sent.")).outcome, OH_DONE);
    ASSERT_EQ(org.feed_items.size(), 1U);
    EXPECT_EQ(org.feed_items[0]["Visibility"], Json("InternalUsers"));
    EXPECT_EQ(host.execute("case.note", "k-1", note_of("Refund sent."), 2).outcome, OH_DONE);
    EXPECT_EQ(org.changes, 1);
}

TEST_F(WriteTest, TheCheckNamesWhatIsMissing) {
    EXPECT_EQ(host.check().outcome, OH_DONE);
    Json with = config();
    with.set("fields", Json::object({{"order_number", "CaseNumber"}}));
    FakeHost read_only(with);
    org.attach(read_only);
    EXPECT_EQ(read_only.check().code, "no_permission");
    with.set("fields", Json::object({{"order_number", "Nothing__c"}}));
    FakeHost missing(with);
    org.attach(missing);
    EXPECT_EQ(missing.check().code, "no_such_field");
    with.set("fields", Json::object({{"order_summary", "OrderNumber__c"}}));
    FakeHost no_lookup(with);
    org.attach(no_lookup);
    EXPECT_EQ(no_lookup.check().code, "no_lookup");
    org.faults.push_back({"GET", "/sobjects/Case/describe", refused(404, "NOT_FOUND", "")});
    EXPECT_EQ(host.check().code, "no_such_object");
    org.faults.push_back(
        {"GET", " LIMIT 1", refused(400, "INVALID_FIELD", "No such column 'Orign'")});
    const Outcome condition = host.check();
    EXPECT_EQ(condition.outcome, OH_REJECTED);
    EXPECT_TRUE(condition.message.find("Orign") != std::string::npos) << condition.message;
}

}  // namespace
}  // namespace orderhub::service_cloud::testing
