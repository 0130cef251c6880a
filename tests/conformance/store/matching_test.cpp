// What cases and orders find each other by.
#include <algorithm>
#include <limits>

#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using servicing::CaseRow;
using servicing::KeyHits;
using servicing::OrderRow;
using store::Transaction;

namespace {

using Keys = std::vector<std::int64_t>;

OrderRow with_keys(const std::string& id, Keys keys) {
    OrderRow row = order_row(id, "n" + id);
    row.match_keys = std::move(keys);
    return row;
}

CaseRow waiting(const std::string& id, Keys keys) {
    CaseRow row;
    row.id = id;
    row.version = 1;
    row.document = "{}";
    row.connector = "desk";
    row.external_id = id;
    row.decision = "none";
    row.match_keys = std::move(keys);
    return row;
}

/// "-7: os_2 os_1; 8: os_1": by key.
std::string told(std::vector<KeyHits> hits) {
    std::ranges::sort(hits, {}, &KeyHits::key);
    std::string out;
    for (const KeyHits& each : hits) {
        out += (out.empty() ? "" : "; ") + std::to_string(each.key) + ":";
        for (const std::string& id : each.ids)
            out += " " + id;
    }
    return out;
}

}  // namespace

TEST_P(StoreConformance, OrdersAreFoundByAnyOfTheirKeysTheNewestOfEach) {
    constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
    change([&](Transaction& unit) {
        unit.save_order(with_keys("os_1", {-7, 8, kLeast}));
        unit.save_order(with_keys("os_2", {-7}));
        unit.save_order(with_keys("os_3", {-7, 9}));
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(told(unit.orders_by_keys(Keys{-7, 8, 5}, 2)), "-7: os_3 os_2; 8: os_1");
        EXPECT_EQ(told(unit.orders_by_keys(Keys{kLeast}, 2)), std::to_string(kLeast) + ": os_1");
        EXPECT_EQ(told(unit.orders_by_keys(Keys{}, 2)), "");
        EXPECT_EQ(told(unit.orders_by_keys(Keys{5}, 2)), "");
    });
}

TEST_P(StoreConformance, AnOrderSavedAgainHasItsNewKeysToo) {
    OrderRow row = with_keys("os_1", {1, 2});
    change([&](Transaction& unit) { unit.save_order(row); });
    row.version = 2;
    row.match_keys = {2, 3};
    change([&](Transaction& unit) { unit.save_order(row); });
    look([&](Transaction& unit) {
        EXPECT_EQ(told(unit.orders_by_keys(Keys{2, 3}, 9)), "2: os_1; 3: os_1");
    });
}

TEST_P(StoreConformance, DocumentsAreReadWithoutTheirRows) {
    OrderRow row = order_row("os_1", "1001");
    row.document = R"({"number":"1001"})";
    change([&](Transaction& unit) {
        unit.save_order(row);
        row.id = "os_2";
        row.external_id = "other";
        row.document = R"({"number":"1002"})";
        unit.save_order(row);
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.order_document("os_1"), R"({"number":"1001"})");
        EXPECT_EQ(unit.order_document("os_9"), "");
        const auto newest = unit.newest_order_documents(1);
        ASSERT_EQ(newest.size(), 1U);
        EXPECT_EQ(newest.front(), R"({"number":"1002"})");
        EXPECT_EQ(unit.newest_order_documents(9).size(), 2U);
    });
}

TEST_P(StoreConformance, ACaseWaitsByTheKeysOfItsNewestVersion) {
    CaseRow row = waiting("cs_1", {1, 2});
    change([&](Transaction& unit) {
        unit.save_case(row);
        unit.save_case(waiting("cs_2", {2}));
    });
    row.version = 2;
    row.match_keys = {3};
    change([&](Transaction& unit) { unit.save_case(row); });
    look([&](Transaction& unit) {
        EXPECT_EQ(told(unit.cases_by_keys(Keys{1, 2, 3}, 9)), "2: cs_2; 3: cs_1");
    });
}

TEST_P(StoreConformance, ACaseIsFoundByEachOfItsOrders) {
    CaseRow row = waiting("cs_1", {});
    row.decision = "linked";
    row.order_id = "os_1";
    row.further_orders = {"os_2", "os_3"};
    change([&](Transaction& unit) { unit.save_case(row); });
    const auto cases_of = [&](const char* order) {
        std::size_t count = 0;
        look([&](Transaction& unit) { count = unit.find_cases({.order_id = order}).size(); });
        return count;
    };
    EXPECT_EQ(cases_of("os_1"), 1U);
    EXPECT_EQ(cases_of("os_3"), 1U);
    row.version = 2;
    row.further_orders = {"os_3"};
    change([&](Transaction& unit) { unit.save_case(row); });
    EXPECT_EQ(cases_of("os_2"), 0U);
    EXPECT_EQ(cases_of("os_3"), 1U);
}

TEST_P(StoreConformance, AnAliasIsLearnedOnceAndForgottenWithItsCase) {
    change([&](Transaction& unit) {
        unit.add_alias({"ada@work.example", "cu_1", "cs_1", "agent:kim", "2026-01-01T00:00:00Z"});
        unit.add_alias({"ada@work.example", "cu_1", "cs_2", "agent:kim", "2026-01-02T00:00:00Z"});
        unit.add_alias({"ada@work.example", "cu_2", "cs_2", "agent:kim", "2026-01-02T00:00:00Z"});
    });
    using Ids = std::vector<std::string>;
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.customers_of_alias("ada@work.example"), (Ids{"cu_1", "cu_2"}));
        EXPECT_EQ(unit.customers_of_alias("eve@work.example"), Ids{});
    });
    change([&](Transaction& unit) { unit.forget_aliases("cs_1", "cu_1"); });
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.customers_of_alias("ada@work.example"), Ids{"cu_2"});
    });
}

TEST_P(StoreConformance, ARefreshIsTakenOnceItIsDue) {
    change([&](Transaction& unit) {
        unit.refresh_later({"cs_1", "os_1", 2'000});
        unit.refresh_later({"cs_1", "os_1", 9'000});
        unit.refresh_later({"cs_2", "os_2", 1'000});
        unit.refresh_later({"cs_3", "os_3", 5'000});
    });
    look([&](Transaction& unit) { EXPECT_EQ(unit.next_refresh(), 1'000); });
    std::vector<std::string> taken;
    change([&](Transaction& unit) {
        for (const auto& row : unit.take_due_refreshes(2'000, 10))
            taken.push_back(row.case_id + " " + row.order_id);
    });
    EXPECT_EQ(taken, (std::vector<std::string>{"cs_2 os_2", "cs_1 os_1"}));
    change([&](Transaction& unit) { EXPECT_TRUE(unit.take_due_refreshes(2'000, 10).empty()); });
    change([&](Transaction& unit) { EXPECT_EQ(unit.take_due_refreshes(9'000, 1).size(), 1U); });
    look([&](Transaction& unit) { EXPECT_EQ(unit.next_refresh(), std::nullopt); });
}

}  // namespace orderhub::conformance
