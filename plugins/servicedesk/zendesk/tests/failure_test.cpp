// Every way in which an exchange can fail, at every request of a link: which outcome the hub is
// told, and that repeating the command then leaves exactly one effect.
#include <gtest/gtest.h>

#include "account.hpp"
#include "testing/failing.hpp"

namespace orderhub::zendesk::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;

constexpr const char* kRead = "/tickets/35436.json?";
constexpr const char* kWrite = "/tickets/35436.json";
constexpr const char* kLook = "/comments.json";

Answer text(int status, std::string_view body, std::string_view type) {
    return {status, std::string(body), {{"content-type", std::string(type)}}, OH_HTTP_ANSWERED};
}
Answer html(int status = 200) {
    return text(status, "<html>No help desk at acme.zendesk.com</html>", "text/html");
}
Answer truncated() {
    return text(200, R"({"ticket": {"id")", "application/json");
}
Answer throttled() {
    Answer answer = text(429, "Number of allowed API requests per minute exceeded", "text/plain");
    answer.headers.emplace_back("retry-after", "93");
    return answer;
}
Answer stopping() {
    return {0, "", {}, OH_HTTP_STOPPING};
}
Answer invalid() {
    return ok(
        Json::parse(
            R"({"error": "RecordInvalid", "description": "Record validation errors", "details":
        {"base": [{"description": "Subject: cannot be blank", "error": "BlankValue"}]}})"),
        422);
}
Answer without_comment() {
    return ok(Json::parse(R"({"ticket": {"id": 35436}, "audit": {"events": []}})"));
}

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", kRead, std::move(a)}; };
    const auto put = [](Answer a, bool done = false) {
        return Fault{"PUT", kWrite, std::move(a), done};
    };
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(ok(Json::parse(R"({"error": "Couldn't authenticate you"})"), 401)),
         OH_RETRY, "unauthorized"},
        {"read_403",
         get(ok(Json::parse(R"({"error": {"title": "Forbidden", "message": "no"}})"), 403)),
         OH_RETRY, "unauthorized"},
        {"read_429", get(throttled()), OH_RETRY, "throttled"},
        {"read_500", get(html(500)), OH_RETRY, "server_error"},
        {"read_503", get(html(503)), OH_RETRY, "throttled"},
        {"read_truncated", get(truncated()), OH_RETRY, "bad_answer"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"read_list", get(ok(Json::array())), OH_RETRY, "bad_answer"},
        {"read_missing", get(refused(404, "RecordNotFound", "Not found")), OH_REJECTED,
         "no_such_case"},
        {"read_no_account", get(html(404)), OH_REJECTED, "http_404"},
        {"read_stopping", get(stopping()), OH_RETRY, "stopping"},
        {"write_unreachable", put(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", put(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", put(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", put(html(500)), OH_UNKNOWN, "server_error"},
        {"write_500_after", put(html(500), true), OH_DONE, ""},
        {"write_503_before", put(html(503)), OH_UNKNOWN, "throttled"},
        {"write_503_after", put(html(503), true), OH_DONE, ""},
        {"write_429", put(throttled()), OH_RETRY, "throttled"},
        {"write_401", put(refused(401, "invalid_token", "expired")), OH_RETRY, "unauthorized"},
        {"write_422", put(invalid()), OH_REJECTED, "http_422"},
        {"write_truncated_before", put(truncated()), OH_UNKNOWN, "bad_answer"},
        {"write_truncated_after", put(truncated(), true), OH_DONE, ""},
        {"write_html_before", put(html()), OH_UNKNOWN, "bad_answer"},
        {"write_html_after", put(html(), true), OH_DONE, ""},
        {"write_without_comment", put(without_comment()), OH_UNKNOWN, "bad_answer"},
        {"write_stopping", put(stopping()), OH_RETRY, "stopping"},
    };
}

Outcome link(FakeHost& host, std::uint32_t attempt) {
    return host.execute("case.link", "d-1", Json::parse(R"({"case": {"external_id": "35436"},
        "order": {"number": "CT-1001", "url": "https://x.test/1001", "digest": "2 x Mug"}})"),
                        attempt);
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEffect) {
    Account account;
    FakeHost host(config());
    account.attach(host);
    account.faults.push_back(GetParam().fault);
    const Outcome first = link(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(account.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(link(host, 2).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 1);
    EXPECT_EQ(account.comments.at(kTicket).size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Link, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

class FailureDetail : public ::testing::Test {
protected:
    FailureDetail() : host(config()) { account.attach(host); }
    Account account;
    FakeHost host;
};

TEST_F(FailureDetail, TheLimitOfATicketIsHandedOn) {
    account.faults.push_back({"PUT", kWrite, throttled()});
    const Outcome outcome = link(host, 1);
    EXPECT_EQ(outcome.retry_after_ms, 93'000U);
    EXPECT_EQ(outcome.message, "answered 429");
}

TEST_F(FailureDetail, WordsAreReadInEveryForm) {
    const auto words = [this](Answer answer) {
        account.faults = {{"PUT", kWrite, std::move(answer)}};
        return link(host, 1).message;
    };
    EXPECT_EQ(words(invalid()), "answered 422: Subject: cannot be blank");
    EXPECT_EQ(words(refused(400, "BadRequest", "no")), "answered 400: no");
    EXPECT_EQ(words(ok(Json::parse(R"({"error": {"title": "T", "message": "no page"}})"), 400)),
              "answered 400: no page");
    EXPECT_EQ(words(ok(Json::parse(R"({"error": "plain"})"), 400)), "answered 400: plain");
    EXPECT_EQ(words(html(400)), "answered 400");
}

TEST_F(FailureDetail, ALookThatFailsNeverWrites) {
    account.faults.push_back({"GET", kLook, testkit::no_answer()});
    EXPECT_EQ(link(host, 2).outcome, OH_RETRY);
    EXPECT_EQ(account.changes, 0);
}

TEST_F(FailureDetail, AWriteWhoseLookFailsIsUnknown) {
    account.faults.push_back({"PUT", kWrite, testkit::no_answer(), true});
    account.faults.push_back({"GET", kLook, html(500)});
    EXPECT_EQ(link(host, 1).outcome, OH_UNKNOWN);
    EXPECT_EQ(link(host, 2).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 1);
}

TEST_F(FailureDetail, AReadAfterTheWriteThatFailsIsUnknown) {
    account.faults.push_back({"PUT", kWrite, testkit::no_answer(), true});
    host.peer = [this, asked = 0](const Request& request) mutable {
        const bool is_read =
            request.method == "GET" && request.url.find(kRead) != std::string::npos;
        if (is_read && ++asked == 2) return html(500);
        return account.answer(request);
    };
    const Outcome outcome = link(host, 1);
    EXPECT_EQ(outcome.outcome, OH_UNKNOWN);
    EXPECT_EQ(outcome.code, "server_error");
    EXPECT_EQ(link(host, 2).outcome, OH_DONE);
    EXPECT_EQ(account.changes, 1);
}

}  // namespace
}  // namespace orderhub::zendesk::testing
