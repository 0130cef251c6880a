#include <future>

#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using servicing::CaseRow;
using store::Transaction;

namespace {

CaseRow case_row(const std::string& id, const std::string& external_id) {
    CaseRow row;
    row.id = id;
    row.version = 1;
    row.document = "{}";
    row.connector = "desk";
    row.external_id = external_id;
    row.subject = "Where is my order";
    row.requester_email = "kim@example.org";
    row.state = "open";
    row.decision = "none";
    return row;
}

std::vector<std::string> found(Transaction& unit, const servicing::CaseQuery& query) {
    std::vector<std::string> ids;
    for (const auto& row : unit.find_cases(query))
        ids.push_back(row.id);
    return ids;
}

servicing::Event event(int number, const std::string& order_id) {
    return {.id = "ev_" + std::to_string(number),
            .type = "order.imported",
            .order_id = order_id,
            .actor = "hub",
            .data = R"({"n":)" + std::to_string(number) + "}",
            .at = "2026-01-01T00:00:00Z"};
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_P(StoreConformance, CaseIsSavedFoundAndReplaced) {
    CaseRow row = case_row("cs_1", "77");
    change([&](Transaction& unit) {
        unit.save_case(row);
        unit.save_case(case_row("cs_2", "78"));
    });
    row.version = 2;
    row.decision = "linked";
    row.order_id = "os_1";
    change([&](Transaction& unit) { unit.save_case(row); });
    EXPECT_FALSE(store_->write([&](Transaction& unit) -> Result<void> {
        unit.save_case(row);
        return {};
    }));
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.case_by_id("cs_1")->decision, "linked");
        EXPECT_EQ(unit.case_by_source("desk", "78")->id, "cs_2");
        EXPECT_FALSE(unit.case_by_source("shop", "78"));
        EXPECT_EQ(found(unit, {}), (Ids{"cs_2", "cs_1"}));
        EXPECT_EQ(found(unit, {.before_id = "cs_2"}), Ids{"cs_1"});
        EXPECT_EQ(found(unit, {.text = "77"}), Ids{"cs_1"});
        EXPECT_EQ(found(unit, {.text = "Kim@Example.org", .decision = "none"}), Ids{"cs_2"});
        EXPECT_EQ(found(unit, {.order_id = "os_1"}), Ids{"cs_1"});
        EXPECT_EQ(found(unit, {.limit = 1}), Ids{"cs_2"});
    });
}

TEST_P(StoreConformance, JournalGivesEventsInOrderAfterASequence) {
    change([&](Transaction& unit) {
        for (int number = 1; number <= 5; ++number)
            unit.append(event(number, number % 2 == 0 ? "os_even" : "os_odd"));
        unit.append(event(6, ""));
    });
    look([&](Transaction& unit) {
        const auto all = unit.events(0, 100, "");
        ASSERT_EQ(all.size(), 6U);
        for (std::size_t i = 1; i < all.size(); ++i)
            EXPECT_GT(all[i].sequence, all[i - 1].sequence);
        EXPECT_EQ(all[1].data, R"({"n":2})");
        const auto page = unit.events(all[1].sequence, 2, "");
        ASSERT_EQ(page.size(), 2U);
        EXPECT_EQ(page[0].id, "ev_3");
        const auto odd = unit.events(all[0].sequence, 100, "os_odd");
        ASSERT_EQ(odd.size(), 2U);
        EXPECT_EQ(odd[1].id, "ev_5");
    });
}

TEST_P(StoreConformance, NumbersHaveNoGapsEvenIfUnitsFail) {
    std::vector<std::int64_t> numbers;
    for (int i = 0; i < 6; ++i) {
        const bool fails = i % 2 == 1;
        const auto result = store_->write([&](Transaction& unit) -> Result<void> {
            const auto number = unit.next_number("CM-2026");
            if (fails) return fail(ErrorKind::Invalid, "no", "not this one");
            numbers.push_back(number);
            return {};
        });
        EXPECT_EQ(result.has_value(), !fails);
    }
    change([&](Transaction& unit) { EXPECT_EQ(unit.next_number("other"), 1); });
    EXPECT_EQ(numbers, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_P(StoreConformance, TokensAndAnswersAreKept) {
    change([&](Transaction& unit) {
        unit.save_token({"tk_1", "kim", "agent", "abc", "2026-01-01T00:00:00Z"});
        unit.save_answer({"tk_1/key", "print", 201, R"({"id":1})", 10});
        unit.save_answer({"tk_1/late", "print", 200, "{}", 30});
    });
    EXPECT_FALSE(store_->write([&](Transaction& unit) -> Result<void> {
        unit.save_answer({"tk_1/key", "other", 200, "{}", 20});
        return {};
    }));
    change([&](Transaction& unit) {
        EXPECT_EQ(unit.token_by_hash("abc")->role, "agent");
        EXPECT_FALSE(unit.token_by_hash("abd"));
        ASSERT_TRUE(unit.answer("tk_1/key"));
        EXPECT_EQ(unit.answer("tk_1/key")->status, 201);
        EXPECT_EQ(unit.answer("tk_1/key")->body, R"({"id":1})");
        unit.forget_answers(30);
        EXPECT_FALSE(unit.answer("tk_1/key"));
        EXPECT_TRUE(unit.answer("tk_1/late"));
    });
}

// A unit that reads the journal and then fails takes nothing of its neighbours' along.
TEST_P(StoreConformance, EventsOfOneCommitStayWhenAnotherUnitOfItFails) {
    std::promise<void> go;
    auto gone = go.get_future();
    const auto ignore = [](Result<void>) {};
    store_->write(
        [&](Transaction&) -> Result<void> {
            gone.wait();
            return {};
        },
        ignore);
    const auto write_event = [&](int number, bool is_read, bool is_good) {
        store_->write(
            [=](Transaction& unit) -> Result<void> {
                unit.append(event(number, ""));
                if (is_read) EXPECT_FALSE(unit.events(0, 100, "").empty());
                unit.append(event(number + 10, ""));
                if (!is_good) return fail(ErrorKind::Conflict, "no", "no");
                return {};
            },
            ignore);
    };
    write_event(1, false, true);
    write_event(2, true, false);
    write_event(3, true, true);
    write_event(4, false, false);
    go.set_value();
    change([&](Transaction& unit) { unit.append(event(5, "")); });
    look([&](Transaction& unit) {
        std::string ids;
        for (const auto& each : unit.events(0, 100, ""))
            ids += each.id + " ";
        EXPECT_EQ(ids, event(1, "").id + " " + event(11, "").id + " " + event(3, "").id + " " +
                           event(13, "").id + " " + event(5, "").id + " ");
    });
}

}  // namespace orderhub::conformance
