// Every way in which an exchange can fail, at every request of a link: which outcome the hub is
// told, and that repeating the command then leaves exactly one effect.
#include <gtest/gtest.h>

#include <ostream>

#include "desk.hpp"

namespace orderhub::request_tracker::testing {
namespace {

constexpr std::string_view kRead = "/ticket/1";
constexpr std::string_view kComment = "/ticket/1/comment";

Answer truncated() {
    return {200, "{\"id\": 1, \"Subj", {{"content-type", "application/json"}}, OH_HTTP_ANSWERED};
}
Answer html() {
    return {200, "<html>Log in</html>", {{"content-type", "text/html"}}, OH_HTTP_ANSWERED};
}
Answer empty_500() {
    return {500, "", {}, OH_HTTP_ANSWERED};
}
Answer throttled() {
    Answer answer = words(429, "slow down");
    answer.headers.emplace_back("retry-after", "17");
    return answer;
}
/// RT's answer to a comment, about a transaction that is none.
Answer false_201() {
    Answer answer = ok(json::array{"Comments added"}, 201);
    answer.headers.emplace_back("location", "/REST/2.0/transaction/999");
    return answer;
}
Answer stopping() {
    return {0, "", {}, OH_HTTP_STOPPING};
}

struct Case {
    const char* name;
    Fault fault;
    oh_outcome outcome;
    const char* code;
};

std::ostream& operator<<(std::ostream& out, const Case& each) {
    return out << each.name;
}

std::vector<Case> cases() {
    const auto get = [](Answer a) { return Fault{"GET", std::string(kRead), std::move(a)}; };
    const auto put = [](Answer a, bool done = false) {
        return Fault{"PUT", std::string(kRead), std::move(a), done};
    };
    const auto post = [](Answer a, bool done = false) {
        return Fault{"POST", std::string(kComment), std::move(a), done};
    };
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(words(401, "Unauthorized")), OH_RETRY, "unauthorized"},
        {"read_403", get(words(403, "Forbidden")), OH_RETRY, "unauthorized"},
        {"read_429", get(throttled()), OH_RETRY, "throttled"},
        {"read_500", get(empty_500()), OH_RETRY, "server_error"},
        {"read_truncated", get(truncated()), OH_RETRY, "bad_answer"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"read_stopping", get(stopping()), OH_RETRY, "stopping"},
        {"put_unreachable", put(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"put_lost_before", put(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"put_lost_after", put(testkit::no_answer(), true), OH_DONE, ""},
        {"put_500_before", put(empty_500()), OH_UNKNOWN, "server_error"},
        {"put_500_after", put(empty_500(), true), OH_DONE, ""},
        {"put_502_after", put({502, "bad gateway", {}, OH_HTTP_ANSWERED}, true), OH_DONE, ""},
        {"put_503", put(words(503, "busy")), OH_RETRY, "throttled"},
        {"put_429", put(throttled()), OH_RETRY, "throttled"},
        {"put_401", put(words(401, "Unauthorized")), OH_RETRY, "unauthorized"},
        {"put_400", put(words(400, "JSON parse error")), OH_REJECTED, "http_400"},
        {"put_html_after", put(html(), true), OH_DONE, ""},
        {"put_html_before", put(html()), OH_UNKNOWN, "bad_answer"},
        {"put_truncated_before", put(truncated()), OH_REJECTED, "field_not_written"},
        {"comment_unreachable", post(testkit::not_sent()), OH_UNKNOWN, "unreachable"},
        {"comment_lost_before", post(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"comment_lost_after", post(testkit::no_answer(), true), OH_DONE, ""},
        {"comment_500_before", post(empty_500()), OH_UNKNOWN, "server_error"},
        {"comment_500_after", post(empty_500(), true), OH_DONE, ""},
        {"comment_429", post(throttled()), OH_UNKNOWN, "throttled"},
        {"comment_400", post(words(400, "ContentType")), OH_REJECTED, "http_400"},
        {"comment_html_after", post(html(), true), OH_DONE, ""},
        {"comment_html_before", post(html()), OH_UNKNOWN, "bad_answer"},
        {"comment_201_before", post(false_201()), OH_UNKNOWN, "no_comment"},
        {"comment_unreachable_read_back",
         {"GET", "/transaction/56", testkit::not_sent()},
         OH_UNKNOWN,
         "unreachable"},
        {"comment_stopping", post(stopping()), OH_UNKNOWN, "stopping"},
    };
}

Outcome link(FakeHost& host, std::uint32_t attempt) {
    const json::object payload{
        {"case", {{"external_id", "1"}}},
        {"order", {{"number", "1001"}, {"url", "https://x.test/1001"}, {"digest", "2 x Mug"}}}};
    return host.execute("case.link", "d-1", payload, attempt);
}

class Failure : public ::testing::TestWithParam<Case> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEffect) {
    Desk desk;
    FakeHost host(config());
    desk.attach(host);
    desk.faults.push_back(GetParam().fault);
    const Outcome first = link(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(desk.faults[0].times, 0) << "the fault was never met";
    const Outcome again = link(host, 2);
    EXPECT_EQ(again.outcome, OH_DONE) << again.message;
    EXPECT_EQ(desk.count("Comment"), 1U);
    EXPECT_EQ(desk.count("CustomField"), 4U);
}

INSTANTIATE_TEST_SUITE_P(Link, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, TheDelayThatTheServerAsksForIsHanded) {
    Desk desk;
    FakeHost host(config());
    desk.attach(host);
    desk.faults.push_back({"GET", "/ticket/1", throttled()});
    EXPECT_EQ(link(host, 1).retry_after_ms, 17'000U);
}

TEST(FailureDetail, A500ThatStaysIsAMatterOfRights) {
    Desk desk;
    FakeHost host(config());
    desk.attach(host);
    desk.faults.push_back({"PUT", "/ticket/1", empty_500(), false, 99});
    for (std::uint32_t attempt = 1; attempt < 5; ++attempt)
        EXPECT_EQ(link(host, attempt).outcome, OH_UNKNOWN);
    const Outcome last = link(host, 5);
    EXPECT_EQ(last.outcome, OH_REJECTED);
    EXPECT_EQ(last.code, "server_error");
}

TEST(FailureDetail, AReadBackThatFailsAfterTheWriteIsUnknown) {
    Desk desk;
    FakeHost host(config());
    int reads = 0;
    host.peer = [&](const Request& request) {
        const bool ticket = request.method == "GET" && request.url.contains("/ticket/1?");
        return ticket && ++reads == 2 ? testkit::not_sent() : desk.answer(request);
    };
    const Outcome outcome = link(host, 1);
    EXPECT_EQ(outcome.outcome, OH_UNKNOWN);
    EXPECT_EQ(outcome.code, "unreachable");
}

TEST(FailureDetail, ALookThatFailsNeverComments) {
    Desk desk;
    FakeHost host(config());
    desk.attach(host);
    desk.faults.push_back({"GET", "/ticket/1/history", testkit::no_answer()});
    EXPECT_EQ(link(host, 2).outcome, OH_UNKNOWN);
    EXPECT_EQ(desk.count("Comment"), 0U);
}

TEST(FailureDetail, ACommentWhoseLookFailsIsUnknown) {
    Desk desk;
    FakeHost host(config());
    desk.attach(host);
    desk.faults.push_back({"POST", "/ticket/1/comment", testkit::no_answer(), true});
    desk.faults.push_back({"GET", "/ticket/1/history", empty_500()});
    EXPECT_EQ(link(host, 1).outcome, OH_UNKNOWN);
    EXPECT_EQ(link(host, 2).outcome, OH_DONE);
    EXPECT_EQ(desk.count("Comment"), 1U);
}

TEST(FailureDetail, AnEtagThatIsNoneOfRtsIsNotSentBack) {
    Desk desk;
    FakeHost host(config());
    host.peer = [&](const Request& request) {
        Answer answer = desk.answer(request);
        for (auto& [name, value] : answer.headers)
            if (name == "etag") value = "\"{{secret:webhook_secret}}\"";
        return answer;
    };
    EXPECT_EQ(link(host, 1).outcome, OH_DONE);
    for (const Request& request : host.requests)
        for (const auto& [name, value] : request.headers)
            EXPECT_NE(name, "If-Match");
}

}  // namespace
}  // namespace orderhub::request_tracker::testing
