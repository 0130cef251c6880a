// What no record can be made of holds up nothing and is not lost.
#include <gtest/gtest.h>

#include <orderhub/fake_host.hpp>
#include <set>

#include "probe.hpp"

namespace {

using namespace orderhub::sdk;
using namespace orderhub::testkit;

/// A list of tickets, some without a subject. Each is mapped in one poll.
struct LeftOutTest : ::testing::Test {
    FakeHost host{Json::object()};
    std::set<std::string> broken;
    std::set<std::string> gone;

    void emit(Call& call, const std::string& id) const {
        if (broken.contains(id)) throw JsonError("'subject' is missing");
        Case record;
        record.source = {id, {}, {}, call.now()};
        record.created_at = "2026-11-23T10:00:00Z";
        call.emit(record);
    }

    std::vector<std::string> run(const std::function<void(LeftOut&, Call&)>& body) {
        work = [&](Call& call) {
            LeftOut left_out(call, "ticket");
            body(left_out, call);
        };
        std::vector<std::string> ids;
        for (const auto& [kind, record] : host.check().records)
            ids.push_back(record["source"]["external_id"].text());
        return ids;
    }

    std::vector<std::string> poll(const std::vector<std::string>& ids) {
        return run([&](LeftOut& left_out, Call& call) {
            for (const std::string& id : ids)
                left_out.take(id, [&] { emit(call, id); });
        });
    }

    std::vector<std::string> try_again() {
        return run([&](LeftOut& left_out, Call& call) {
            left_out.try_again([&](const std::string& id) {
                if (!gone.contains(id)) left_out.take(id, [&] { emit(call, id); });
            });
        });
    }

    std::string report() {
        work = [](Call& call) { LeftOut(call, "ticket").report(); };
        const Outcome outcome = host.check();
        EXPECT_EQ(outcome.outcome, OH_DONE);
        return outcome.message;
    }
};

using Ids = std::vector<std::string>;

TEST_F(LeftOutTest, the_others_go_on_and_it_is_reported_until_it_is_taken) {
    broken = {"2"};
    EXPECT_EQ(poll({"1", "2", "3"}), (Ids{"1", "3"}));
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_EQ(host.logs[0], "ticket 2 left out: 'subject' is missing");
    EXPECT_EQ(report(), "1 ticket left out: 2: 'subject' is missing");
    broken.clear();
    EXPECT_EQ(poll({"2"}), Ids{"2"});
    EXPECT_EQ(report(), "");
}

TEST_F(LeftOutTest, a_record_that_its_schema_refuses_is_left_out_too) {
    EXPECT_EQ(poll({"", "1"}), Ids{"1"});
    EXPECT_EQ(
        report(),
        "1 ticket left out: : case record: /source/external_id: expected 1 to 128 characters");
}

TEST_F(LeftOutTest, trying_again_takes_what_can_be_taken_now) {
    broken = {"1", "2", "3"};
    gone = {"3"};
    poll({"1", "2", "3"});
    EXPECT_EQ(try_again(), Ids{});
    broken = {"2"};
    EXPECT_EQ(try_again(), Ids{"1"});
    EXPECT_EQ(report(), "1 ticket left out: 2: 'subject' is missing");
}

TEST_F(LeftOutTest, the_words_of_an_answer_are_told_to_the_log_alone) {
    work = [](Call& call) {
        LeftOut(call, "ticket").take("1", [] {
            throw rejected("http_400", "answered 400: a-token");
        });
    };
    EXPECT_EQ(host.check().outcome, OH_DONE);
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_EQ(host.logs[0], "ticket 1 left out: answered 400: a-token");
    EXPECT_EQ(host.state.at("left_out").find("a-token"), std::string::npos);
    EXPECT_EQ(report(), "1 ticket left out: 1: http_400");
}

TEST_F(LeftOutTest, an_outage_is_no_reason) {
    work = [](Call& call) {
        LeftOut(call, "ticket").take("1", [] { throw retry("server_error", "answered 503"); });
    };
    EXPECT_EQ(host.check().outcome, OH_RETRY);
    EXPECT_EQ(report(), "");
}

TEST_F(LeftOutTest, more_than_it_can_keep_make_the_poll_stand_still) {
    work = [](Call& call) {
        LeftOut left_out(call, "ticket");
        for (int i = 0; i < 151; ++i)
            left_out.take(std::to_string(i), [] { throw JsonError(std::string(900, 'x')); });
    };
    const Outcome outcome = host.check();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "too_many_left_out");
    EXPECT_LT(host.state["left_out"].size(), 64U * 1024);
}

}  // namespace
