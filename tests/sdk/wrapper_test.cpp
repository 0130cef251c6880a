// The wrapper's helpers, driven through a connector in the host of the test kit.
#include <gtest/gtest.h>

#include <orderhub/fake_host.hpp>

#include "probe.hpp"

std::function<void(orderhub::sdk::Call&)> work;

namespace {

using namespace orderhub::sdk;
using namespace orderhub::testkit;

std::function<CaseNote::Result(Call&, const Command&, const CaseNote&)> note;

class Probe {
public:
    explicit Probe(const Document&) {}
    void check(Call& call) { work(call); }
    void receive(Call& call, const Message& message) {
        call.set_state("ticket", Json::parse(message.body).at("ticket").text());
        work(call);
    }
    CaseNote::Result case_note(Call& call, const Command& command, const CaseNote& payload) {
        return note(call, command, payload);
    }
};

}  // namespace

ORDERHUB_CONNECTOR(Probe,
                   R"({"name": "probe", "webhook": {}, "commands": ["case.note"], "config": {}})");

namespace {

const Document kNote = Json::parse(R"({"case": {"external_id": "17"}, "text": "hello"})");

struct WrapperTest : ::testing::Test {
    FakeHost host{Json::object()};
    void answer(Answer answer) {
        host.peer = [answer](const Request&) { return answer; };
    }
};

TEST_F(WrapperTest, a_page_leads_to_the_next_by_its_link) {
    host.peer = [](const Request& request) {
        if (request.url.ends_with("page=3")) return Answer{200, "[3]", {}};
        const std::string next = request.url.ends_with("page=2") ? "3" : "2";
        return Answer{
            200,
            "[" + next + "]",
            {{"link", "<?page=1>; rel=\"prev\", </list?page=" + next + ">; rel=\"next\""}}};
    };
    std::string read;
    work = [&](Call& call) {
        const bool all = for_each_page(
            call, {.url = "https://a.example/list"},
            [](const HttpResponse& response, const Json&) { return next_link(response); },
            [&](const Json& page) { return (read += page.dump(), true); });
        EXPECT_TRUE(all);
    };
    EXPECT_EQ(host.check().outcome, OH_DONE);
    EXPECT_EQ(read, "[2][3][3]");
    EXPECT_EQ(host.requests.back().url, "https://a.example/list?page=3");
}

TEST_F(WrapperTest, pages_end_with_the_time_and_in_a_circle) {
    answer({200, "{\"next\": \"/again\"}", {}});
    const auto read_all = [](Call& call) {
        return for_each_page(
            call, {.url = "https://a.example/list"},
            [](const HttpResponse&, const Json& page) { return page["next"].text_or_empty(); },
            [](const Json&) { return true; });
    };
    work = [&](Call& call) { read_all(call); };
    EXPECT_EQ(host.check().code, "page_loop");
    host.time_left_ms = 5'000;
    work = [&](Call& call) { EXPECT_FALSE(read_all(call)); };
    EXPECT_EQ(host.check().outcome, OH_DONE);
}

TEST_F(WrapperTest, graphql_errors_are_classed) {
    work = [](Call& call) {
        graphql(call, "https://a.example/graphql", {}, "{ me }", Json::object(), Effect::read);
    };
    answer({200,
            R"({"errors": [{"message": "slow down", "extensions": {"code": "THROTTLED"}}]})",
            {}});
    EXPECT_EQ(host.check().code, "throttled");
    answer({200, R"({"errors": [{"message": "no such field"}], "data": null})", {}});
    const Outcome refused = host.check();
    EXPECT_EQ(refused.outcome, OH_REJECTED);
    EXPECT_EQ(refused.message, "no such field");
}

TEST_F(WrapperTest, retry_after_is_read_in_both_forms) {
    work = [](Call& call) { get_json(call, "https://a.example"); };
    answer({429, "", {{"retry-after", "2"}}});
    EXPECT_EQ(host.check().retry_after_ms, 2'000U);
    answer({429,
            R"({"message": "too many"})",
            {{"retry-after", "Mon, 23 Nov 2026 10:00:30 GMT"},
             {"date", "Mon, 23 Nov 2026 10:00:00 GMT"}}});
    const Outcome throttled = host.check();
    EXPECT_EQ(throttled.retry_after_ms, 30'000U);
    EXPECT_EQ(throttled.message, "answered 429: too many");
}

TEST_F(WrapperTest, requests_are_encoded) {
    answer({200, "{}", {}});
    work = [](Call& call) {
        send_json(call,
                  form_request("https://a.example/f", {}, {{"a b", "1&2"}, {"c", "\xc3\xa4"}}));
        send_json(call, json_request("PUT", with_query("https://a.example/j?x=1", {{"q", "a/b"}}),
                                     {}, Json::object({{"n", 1}})));
    };
    EXPECT_EQ(host.check().outcome, OH_DONE);
    EXPECT_EQ(host.requests[0].body, "a%20b=1%262&c=%C3%A4");
    EXPECT_EQ(host.requests[1].url, "https://a.example/j?x=1&q=a%2Fb");
    EXPECT_EQ(host.requests[1].body, R"({"n":1})");
}

/// A desk that keeps notes by key, and answers as `fault` says once a note was posted.
struct OnceTest : WrapperTest {
    int notes = 0;
    Answer fault{201, R"({"id": "n1"})", {}};
    bool takes_effect = true;

    OnceTest() {
        host.peer = [this](const Request& request) {
            if (request.method == "GET")
                return Answer{200, notes > 0 ? R"({"id": "n1"})" : "{}", {}};
            if (takes_effect) ++notes;
            return fault;
        };
        note = [](Call& call, const Command& command, const CaseNote& payload) {
            const auto find = [&]() -> std::optional<CaseNote::Result> {
                const Json found = get_json(call, "https://a.example/note");
                return found["id"].is_null() ? std::nullopt
                                             : std::optional(CaseNote::Result{found["id"].text()});
            };
            return do_once(call, command, find, [&] {
                const Json body = Json::object({{"text", payload.text}});
                return CaseNote::Result{
                    send_json(call, json_request("POST", "https://a.example/note", {}, body))
                        .at("id")
                        .text()};
            });
        };
    }
};

TEST_F(OnceTest, done_gives_the_typed_result) {
    const Outcome done = host.execute("case.note", "k1", kNote);
    EXPECT_EQ(done.outcome, OH_DONE);
    EXPECT_EQ(done.result.dump(), R"({"external_id":"n1"})");
    EXPECT_EQ(host.requests.size(), 1U);
}
TEST_F(OnceTest, a_second_attempt_looks_first) {
    notes = 1;
    EXPECT_EQ(host.execute("case.note", "k1", kNote, 2).outcome, OH_DONE);
    EXPECT_EQ(notes, 1);
}
TEST_F(OnceTest, a_lost_answer_is_looked_for) {
    fault = no_answer();
    EXPECT_EQ(host.execute("case.note", "k1", kNote).outcome, OH_DONE);
    takes_effect = false;
    notes = 0;
    EXPECT_EQ(host.execute("case.note", "k2", kNote).outcome, OH_UNKNOWN);
}
TEST_F(OnceTest, an_answer_that_makes_no_sense_is_looked_into) {
    fault = {200, "<html>", {}};
    takes_effect = false;
    EXPECT_EQ(host.execute("case.note", "k1", kNote).outcome, OH_UNKNOWN);
    fault = {200, R"({"no": "id"})", {}};
    EXPECT_EQ(host.execute("case.note", "k1", kNote).outcome, OH_UNKNOWN);
}
TEST_F(OnceTest, what_surely_did_not_happen_is_retried_or_rejected) {
    takes_effect = false;
    for (const auto& [status, outcome] :
         {std::pair{429, OH_RETRY}, {425, OH_RETRY}, {401, OH_RETRY}, {422, OH_REJECTED}}) {
        fault = {status, "{}", {}};
        EXPECT_EQ(host.execute("case.note", "k1", kNote).outcome, outcome) << status;
    }
    fault = not_sent();
    EXPECT_EQ(host.execute("case.note", "k1", kNote).outcome, OH_RETRY);
    for (const int status : {500, 503, 408}) {
        fault = {status, "{}", {}};
        EXPECT_EQ(host.execute("case.note", "k1", kNote).outcome, OH_UNKNOWN) << status;
    }
}

TEST_F(WrapperTest, a_bad_message_is_rejected_and_a_bad_answer_tried_again) {
    work = [](Call& call) { get_json(call, "https://a.example").at("id"); };
    EXPECT_EQ(host.receive("no JSON").outcome, OH_REJECTED);
    EXPECT_EQ(host.receive("{}").code, "bad_document");
    answer({200, "{}", {}});
    const Outcome again = host.receive(R"({"ticket": "17"})");
    EXPECT_EQ(again.outcome, OH_RETRY);
    EXPECT_EQ(again.message, "'id' is missing");
}

TEST_F(WrapperTest, records_and_commands_are_read_and_written_as_their_schemas_say) {
    work = [](Call& call) {
        Case record;
        record.source = {"17", {}, {}, call.now()};
        record.subject = "Where?";
        record.state = Case::State::closed;
        record.created_at = "2026-11-23T10:00:00Z";
        record.messages.push_back({"m1", Case::Message::Direction::inbound, {}, {}, "hello"});
        call.emit(record);
        call.forget_oauth2_token();
    };
    const Outcome done = host.check();
    ASSERT_EQ(done.records.size(), 1U);
    const Json& record = done.records[0].second;
    EXPECT_EQ(record["state"].text(), "closed");
    EXPECT_EQ(record["messages"].items()[0].dump(),
              R"({"external_id":"m1","direction":"inbound","text":"hello"})");
    EXPECT_EQ(record.find("updated_at"), nullptr);
    EXPECT_EQ(to_json(from_json<Case>(record)), record);
    EXPECT_EQ(host.forgotten_tokens, 1);
    try {
        from_json<Case>(Json::parse(R"({"source": {"external_id": 5}})"));
        FAIL() << "a number was taken for a text";
    } catch (const JsonError& wrong) {
        EXPECT_STREQ(wrong.what(), "/source/external_id: expected a text, found a number");
    }
}

}  // namespace
