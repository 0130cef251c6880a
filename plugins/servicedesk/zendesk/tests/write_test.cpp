// Links and notes, and what the check sees.
#include <gtest/gtest.h>

#include "account.hpp"

namespace orderhub::zendesk::testing {
namespace {

const std::string kNote =
    R"({"case": {"external_id": "35436"}, "text": "Refund of 20.00 EUR sent."})";

Json link_of(bool is_refresh = false) {
    Json link = Json::parse(R"({"case": {"external_id": "35436"},
        "order": {"number": "CT-1001", "url": "https://hub.test/orders/1", "digest": "2 x Mug\npaid",
                  "total": "40.30 EUR"}})");
    if (is_refresh) link.set("refresh", true);
    return link;
}

class WriteTest : public ::testing::Test {
protected:
    WriteTest() : host(config()) { account.attach(host); }

    Outcome link(std::uint32_t attempt = 1) {
        return host.execute("case.link", "d-1", link_of(), attempt);
    }
    Outcome note(std::uint32_t attempt = 1) {
        return host.execute("case.note", "d-2", Json::parse(kNote), attempt);
    }
    Json written() const { return Json::parse(host.requests.back().body).at("ticket"); }

    Account account;
    FakeHost host;
};

TEST_F(WriteTest, ALinkIsOneGuardedChange) {
    const Outcome outcome = link();
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.result.at("external_id").text(), "1002");
    EXPECT_EQ(account.changes, 1);
    EXPECT_EQ(account.field(kTicket, 1), "CT-1001");
    EXPECT_EQ(account.field(kTicket, 2), "https://hub.test/orders/1");
    EXPECT_EQ(account.field(kTicket, 3), "2 x Mug\npaid");
    EXPECT_EQ(account.field(kTicket, 4), "40.30 EUR");
    EXPECT_EQ(account.field(kTicket, 5), "d-1");
    EXPECT_EQ(written().at("updated_stamp").text(), "2026-11-22T09:00:00Z");
    EXPECT_TRUE(written().at("safe_update").boolean());
    const Json& comment = account.comments.at(kTicket).back();
    EXPECT_FALSE(comment.at("public").boolean());
    EXPECT_EQ(comment.at("body").text(),
              "Order CT-1001\n2 x Mug\npaid\nhttps://hub.test/orders/1\n\n[orderhub:d-1]");
}

TEST_F(WriteTest, ANoteIsPrivate) {
    ASSERT_EQ(note().outcome, OH_DONE);
    EXPECT_FALSE(written().at("comment").at("public").boolean());
    EXPECT_TRUE(written()["custom_fields"].is_null());
}

TEST_F(WriteTest, ARepeatedCommandFindsItsComment) {
    const Outcome first = note();
    for (int i = 0; i < 70; ++i)
        account.add_comment(kTicket, true, "and then");
    const Outcome second = note(2);
    EXPECT_EQ(second.outcome, OH_DONE);
    EXPECT_EQ(second.result.dump(), first.result.dump());
    EXPECT_EQ(account.changes, 1);
}

TEST_F(WriteTest, AKeyThatACustomerWroteIsNotBelieved) {
    account.add_comment(kTicket, true, "[orderhub:d-2] is what I was told");
    EXPECT_EQ(note(2).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 1);
    const Outcome outcome = host.poll();
    EXPECT_EQ(outcome.records.at(0).second.at("messages").items().size(), 2U);
}

TEST_F(WriteTest, ARefreshWritesFieldsAlone) {
    link();
    Json changed = link_of(true);
    EXPECT_EQ(host.execute("case.link", "d-1", changed, 2).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 1) << "nothing differed";
    EXPECT_EQ(host.execute("case.link", "d-9", changed).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 2);
    EXPECT_EQ(account.field(kTicket, 5), "d-9");
    EXPECT_EQ(account.comments.at(kTicket).size(), 2U);
}

TEST_F(WriteTest, ALinkThatIsTakenBackEmptiesTheFields) {
    link();
    const Json none = Json::parse(R"({"case": {"external_id": "35436"}, "refresh": true,
        "order": {"number": "", "url": "", "digest": "", "total": ""}})");
    EXPECT_EQ(host.execute("case.link", "d-9", none).outcome, OH_DONE);
    for (const std::int64_t id : {1, 2, 3, 4})
        EXPECT_EQ(account.field(kTicket, id), "") << id;
    EXPECT_EQ(account.comments.at(kTicket).size(), 2U);
}

TEST_F(WriteTest, AConflictIsReadAgainAndTriedAgain) {
    account.edits_by_others = 2;
    EXPECT_EQ(link().outcome, OH_DONE);
    EXPECT_EQ(account.changes, 1);
    account.edits_by_others = 3;
    const Outcome outcome = note();
    EXPECT_EQ(outcome.outcome, OH_RETRY);
    EXPECT_EQ(outcome.code, "conflict");
    EXPECT_EQ(account.changes, 1);
    EXPECT_EQ(note(2).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 2);
}

TEST_F(WriteTest, AFieldThatIsDroppedIsSaid) {
    account.dropped = 4;
    for (std::uint32_t attempt = 1; attempt < 3; ++attempt) {
        const Outcome outcome = link(attempt);
        EXPECT_EQ(outcome.outcome, OH_REJECTED);
        EXPECT_EQ(outcome.code, "field_not_written");
        EXPECT_NE(outcome.message.find("ticket field 4"), std::string::npos);
    }
    account.dropped = 0;
    EXPECT_EQ(link(3).outcome, OH_DONE);
    EXPECT_EQ(account.field(kTicket, 4), "40.30 EUR");
    EXPECT_EQ(account.comments.at(kTicket).size(), 2U);
}

TEST_F(WriteTest, WhatCannotBeChangedIsRejectedWithZendesksWords) {
    account.tickets.at(kTicket).set("status", "closed");
    const Outcome closed = note();
    EXPECT_EQ(closed.outcome, OH_REJECTED);
    EXPECT_NE(closed.message.find("Status: closed prevents ticket update"), std::string::npos);
    account.tickets.at(kTicket).set("status", "deleted");
    EXPECT_EQ(link().code, "no_such_case");
    const auto elsewhere =
        Json::parse(R"({"case": {"external_id": "1/../../users"}, "text": "x"})");
    EXPECT_EQ(host.execute("case.note", "d-3", elsewhere).code, "bad_case_id");
}

TEST_F(WriteTest, SignsInAsConfigured) {
    note();
    const auto header = [](const FakeHost& of) {
        for (const auto& [name, value] : of.requests.at(0).headers)
            if (name == "authorization") return value;
        return std::string();
    };
    EXPECT_EQ(header(host), "Basic {{basic:user:api_token}}");
    FakeHost other(Json::parse(
        R"({"base_url": "https://acme.zendesk.com", "access_token": "{{secret:access_token}}"})"));
    account.attach(other);
    other.execute("case.note", "d-7", Json::parse(kNote));
    EXPECT_EQ(header(other), "Bearer {{secret:access_token}}");
}

TEST(Settings, OneWayOfSigningInMustBeThere) {
    for (
        const char* config :
        {R"({"base_url": "https://acme.zendesk.com"})",
         R"({"base_url": "https://acme.zendesk.com", "user": "a@b.c/token"})",
         R"({"base_url": "https://acme.zendesk.com", "user": "a@b.c/token", "api_token": "x", "access_token": "y"})"})
        EXPECT_THROW(FakeHost{Json::parse(config)}, std::runtime_error) << config;
}

TEST_F(WriteTest, TheCheckNamesWhatIsMissing) {
    EXPECT_EQ(host.check().outcome, OH_DONE) << host.check().message;
    account.fields.set("3", "text");
    EXPECT_EQ(host.check().code, "wrong_field");
    account.fields.set("3", nullptr);
    EXPECT_EQ(host.check().code, "no_such_field");
    account.fields.set("3", "textarea");
    account.faults.push_back({"GET", "/incremental/",
                              ok(Json::parse(R"({"error": {"title": "Forbidden",
        "message": "You do not have access to this page."}})"),
                                 403)});
    const Outcome forbidden = host.check();
    EXPECT_EQ(forbidden.code, "unauthorized");
    EXPECT_NE(forbidden.message.find("You do not have access"), std::string::npos);
    account.me = Json::object({{"id", 5}, {"role", "end-user"}});
    EXPECT_EQ(host.check().code, "no_permission");
    account.me = Json::object({{"id", nullptr}, {"name", "Anonymous user"}});
    EXPECT_EQ(host.check().code, "not_signed_in");
}

}  // namespace
}  // namespace orderhub::zendesk::testing
