// Tickets recorded from Request Tracker 5.0.3, replayed through the whole connector: the case
// record that comes of each.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "desk.hpp"

namespace orderhub::request_tracker {
namespace {

using namespace testing;

json::object load(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return json::parse(text.str()).as_object();
}

/// Answers by path; lists once, then with an empty page, as RT does behind the end.
Answer replay(const json::object& answers, const Request& request) {
    constexpr std::string_view kBase = "https://desk.example.test/REST/2.0";
    const std::string path = request.url.substr(kBase.size(), request.url.find('?') - kBase.size());
    const json::value* found = answers.if_contains(path);
    if (!found) return words(404, "Not Found");
    if (request.url.contains("&page=") && !request.url.ends_with("&page=1"))
        return ok(json::object{{"items", json::array{}}, {"total", nullptr}});
    const json::object& recorded = found->as_object();
    Answer answer = ok(recorded.at("body"), recorded.at("status").to_number<int>());
    if (const json::value* etag = recorded.if_contains("etag"))
        answer.headers.emplace_back("etag", etag->as_string().c_str());
    return answer;
}

json::object notice(const json::object& input) {
    return {{"event", "ticket.transactions"},
            {"ticket_id", std::stol(input.at("ticket").as_string().c_str())},
            {"queue", input.at("queue")},
            {"transactions", json::array{json::object{{"creator", "agent1"}, {"type", "Status"}}}}};
}

class RecordedTicket : public ::testing::TestWithParam<std::string> {};

TEST_P(RecordedTicket, BecomesThisCase) {
    const std::filesystem::path folder = std::filesystem::path(REQUEST_TRACKER_CASES) / GetParam();
    const json::object input = load(folder / "input.json");
    FakeHost host(config());
    host.peer = [&](const Request& request) {
        return replay(input.at("answers").as_object(), request);
    };
    const Outcome outcome = host.receive(json::serialize(notice(input)));
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(outcome.records.size(), 1U);
    EXPECT_EQ(outcome.records[0].first, "case");
    EXPECT_EQ(json::value(outcome.records[0].second), json::value(load(folder / "expected.json")))
        << json::serialize(outcome.records[0].second);
}

INSTANTIATE_TEST_SUITE_P(All, RecordedTicket,
                         ::testing::Values("conversation", "html_mail", "merged", "empty"));

Entry entry(std::string type, std::string creator = "agent1", std::string id = "1") {
    return {std::move(id), std::move(type), std::move(creator), "2026-11-22T18:36:21Z"};
}

TEST(Direction, FollowsTypeAndSide) {
    const std::vector<std::string> requestors{"ada@example.test"};
    const Person staff{"agent1", "", "", true};
    const Person other{"eve", "", "", false};
    EXPECT_EQ(direction(entry("Comment", "ada@example.test"), requestors, nullptr), "internal");
    EXPECT_EQ(direction(entry("Create", "hub"), requestors, nullptr), "inbound");
    EXPECT_EQ(direction(entry("Correspond", "ada@example.test"), requestors, nullptr), "inbound");
    EXPECT_EQ(direction(entry("Correspond", "agent1"), requestors, &staff), "outbound");
    EXPECT_EQ(direction(entry("Correspond", "eve"), requestors, &other), "inbound");
    EXPECT_EQ(direction(entry("Correspond", "gone"), requestors, nullptr), "outbound");
}

TEST(Echo, IsOnlyWhatTheConnectorItselfWrites) {
    EXPECT_TRUE(is_echo(entry("Comment", "hub"), "hub"));
    EXPECT_TRUE(is_echo(entry("CustomField", "hub"), "hub"));
    EXPECT_TRUE(is_echo(entry("EmailRecord", "RT_System"), "hub"));
    EXPECT_FALSE(is_echo(entry("Create", "hub"), "hub"));
    EXPECT_FALSE(is_echo(entry("Comment", "agent1"), "hub"));
    EXPECT_FALSE(is_echo(entry("Status", "hub"), "hub"));
}

TEST(Messages, AreTheFirstAndTheNewest) {
    std::vector<Entry> history{entry("Create", "a", "1"), entry("Status", "a", "2")};
    for (int id = 3; id <= 9; ++id)
        history.push_back(entry("Correspond", "a", std::to_string(id)));
    const auto chosen = choose_messages(history, 3);
    ASSERT_EQ(chosen.size(), 3U);
    EXPECT_EQ(chosen[0].id, "1");
    EXPECT_EQ(chosen[1].id, "8");
    EXPECT_EQ(chosen[2].id, "9");
    EXPECT_EQ(choose_messages(history, 8).size(), 8U);
    EXPECT_EQ(choose_messages(history, 1).at(0).id, "1");
}

TEST(Parts, PlainTextBeforeHtmlAndNeverAFile) {
    const std::vector<Part> parts{{"1", "5", "multipart/mixed", "", 0},
                                  {"2", "5", "text/plain", "label.txt", 5},
                                  {"3", "5", "text/html", "", 9},
                                  {"4", "5", "text/plain", "", 4}};
    EXPECT_EQ(choose_part(parts)->id, "4");
    EXPECT_EQ(choose_part({parts.begin(), parts.begin() + 3})->id, "3");
    EXPECT_EQ(choose_part({parts.begin(), parts.begin() + 2}), nullptr);
}

}  // namespace
}  // namespace orderhub::request_tracker
