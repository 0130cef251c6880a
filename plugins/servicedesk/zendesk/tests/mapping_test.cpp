// Documents of Zendesk, in the form that its reference gives them, and the records that they
// become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "account.hpp"
#include "testing/documents.hpp"

namespace orderhub::zendesk::testing {
namespace {

using orderhub::testing::document_at;

Settings settings() {
    Json with = config();
    with.set("fields", Json::parse(R"({"order_number": 360000000001})"));
    return to_settings(with);
}

class Mapping : public ::testing::TestWithParam<const char*> {};

TEST_P(Mapping, GivesTheExpectedRecord) {
    const std::filesystem::path folder = std::filesystem::path(ZENDESK_CASES) / GetParam();
    const Json input = document_at(folder / "input.json");
    CaseDocument document{
        input.at("ticket"), input.at("comments").items(), {}, {}, "2026-11-23T10:00:00.000Z"};
    add_by_id(document.people, input["users"]);
    add_by_id(document.groups, input["groups"]);
    EXPECT_EQ(sdk::to_json(to_case(settings(), document)).dump(),
              document_at(folder / "expected.json").dump());
}

INSTANTIATE_TEST_SUITE_P(Documents, Mapping,
                         ::testing::Values("conversation", "deleted", "few_members"),
                         [](const auto& each) { return std::string(each.param); });

TEST(MappingDetail, TheFirstMessageAndTheNewestAreKept) {
    Settings few = settings();
    few.max_messages = 3;
    few.max_message_bytes = 3;
    CaseDocument document{Json::parse(R"({"id": 1})"), {}, {}, {}, "2026-11-23T10:00:00.000Z"};
    for (int id = 12; id > 0; --id)
        document.comments.push_back(
            Json::object({{"id", id}, {"body", std::to_string(id) + "ää"}}));
    const auto messages = to_case(few, document).messages;
    ASSERT_EQ(messages.size(), 3U);
    EXPECT_EQ(messages[0].text, "1ä");
    EXPECT_EQ(messages[1].external_id, "11");
    EXPECT_EQ(messages[2].text, "12");
}

std::string noticed(std::string_view body) {
    return noticed_ticket(body).value_or("");
}

TEST(MappingDetail, ANoticeNamesItsTicket) {
    EXPECT_EQ(noticed(R"({"type": "zen:event-type:ticket.created", "subject": "zen:ticket:35436",
                          "detail": {"id": "35436", "status": "OPEN"}, "event": {}})"),
              "35436");
    EXPECT_EQ(noticed(R"({"type": "zen:event-type:user.created", "detail": {"id": "7"}})"), "");
    EXPECT_EQ(noticed(R"({"ticket_id": 35436})"), "35436");
    EXPECT_EQ(noticed(R"({"ticket_id": "9007199254740993"})"), "9007199254740993");
}

TEST(MappingDetail, WhatIsNoNoticeIsSaid) {
    for (const char* body :
         {"", "[]", "{}", R"({"ticket_id": "../users/1"})", R"({"ticket_id": 1.5})",
          R"({"ticket_id": "99999999999999999999"})",
          R"({"type": "zen:event-type:ticket.created", "detail": {"id": "-1"}})"})
        EXPECT_THROW(noticed(body), sdk::JsonError) << body;
}

TEST(MappingDetail, WhiteSpaceInAFieldDoesNotCount) {
    const Json ticket = Json::parse(
        R"({"custom_fields": [{"id": 1, "value": "2 x Mug, paid "}, {"id": 2, "value": null}]})");
    EXPECT_TRUE(
        fields_that_differ(
            ticket,
            Json::parse(R"([{"id": 1, "value": "2 x Mug,\n  paid"}, {"id": 2, "value": ""}])"))
            .empty());
    EXPECT_EQ(fields_that_differ(ticket, Json::parse(R"([{"id": 1, "value": "3 x Mug, paid"}])")),
              std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace orderhub::zendesk::testing
