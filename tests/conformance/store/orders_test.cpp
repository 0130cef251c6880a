#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using servicing::OrderQuery;
using servicing::OrderRow;
using store::Transaction;

namespace {

std::vector<std::string> found(Transaction& unit, const OrderQuery& query) {
    std::vector<std::string> ids;
    for (const auto& row : unit.find_orders(query))
        ids.push_back(row.id);
    return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_P(StoreConformance, OrderComesBackAsSaved) {
    OrderRow row = order_row("os_1", "1001");
    row.has_exception = true;
    row.document = R"({"name":"Zoë \u0000 'quoted'"})";
    change([&](Transaction& unit) { unit.save_order(row); });
    look([&](Transaction& unit) {
        for (const auto& read : {unit.order("os_1"), unit.order_by_source("shop", "ext-1001")}) {
            ASSERT_TRUE(read);
            EXPECT_EQ(read->version, 1);
            EXPECT_EQ(read->document, row.document);
            EXPECT_EQ(read->email, row.email);
            EXPECT_EQ(read->grand_total, "12.30");
            EXPECT_TRUE(read->has_exception);
            EXPECT_EQ(read->tracking_numbers, row.tracking_numbers);
        }
        EXPECT_FALSE(unit.order("os_2"));
        EXPECT_FALSE(unit.order_by_source("other", "ext-1001"));
    });
}

TEST_P(StoreConformance, OrderIsReplacedOnlyByTheNextVersion) {
    OrderRow row = order_row("os_1", "1001");
    change([&](Transaction& unit) { unit.save_order(row); });
    const auto save = [&](std::int64_t version) {
        row.version = version;
        row.status = "v" + std::to_string(version);
        return store_->write([&](Transaction& unit) -> Result<void> {
            unit.save_order(row);
            return {};
        });
    };
    EXPECT_FALSE(save(1));
    EXPECT_FALSE(save(3));
    row.tracking_numbers = {"T9"};
    EXPECT_TRUE(save(2));
    EXPECT_FALSE(save(2));
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.order("os_1")->status, "v2");
        EXPECT_EQ(found(unit, {.text = "T9"}), Ids{"os_1"});
        EXPECT_EQ(found(unit, {.text = "T1-1001"}), Ids{});
    });
}

TEST_P(StoreConformance, OrderIsFoundByEachOfItsTexts) {
    change([&](Transaction& unit) {
        unit.save_order(order_row("os_1", "1001"));
        unit.save_order(order_row("os_2", "1002"));
        OrderRow bare = order_row("os_3", "1003");
        bare.number = bare.email = bare.phone = "";
        unit.save_order(bare);
    });
    look([&](Transaction& unit) {
        for (const char* text : {"1001", "1001@example.org", "1001@Example.ORG", "ext-1001",
                                 "+49301001", "+49 (30) 1001", "0049 30 1001", "T2-1001"})
            EXPECT_EQ(found(unit, {.text = text}), Ids{"os_1"}) << text;
        EXPECT_EQ(found(unit, {.text = "100"}), Ids{});
        EXPECT_EQ(found(unit, {.text = "no such"}), Ids{});
    });
}

TEST_P(StoreConformance, OrdersAreListedNewestFirstInPages) {
    change([&](Transaction& unit) {
        for (int day = 1; day <= 5; ++day) {
            // The ids run against the dates: an import brings old orders late.
            OrderRow row = order_row("os_" + std::to_string(9 - day), std::to_string(day));
            row.placed_at = "2026-01-0" + std::to_string(day) + "T00:00:00Z";
            row.email = "same@example.org";
            row.status = day % 2 == 0 ? "even" : "odd";
            row.has_exception = day > 3;
            unit.save_order(row);
        }
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(found(unit, {.limit = 2}), (Ids{"os_4", "os_5"}));
        EXPECT_EQ(found(unit, {.before_id = "os_5", .limit = 2}), (Ids{"os_6", "os_7"}));
        EXPECT_EQ(found(unit, {.before_id = "os_8"}), Ids{});
        EXPECT_EQ(found(unit, {.status = "even"}), (Ids{"os_5", "os_7"}));
        EXPECT_EQ(found(unit, {.only_exceptions = true}), (Ids{"os_4", "os_5"}));
        EXPECT_EQ(found(unit, {.text = "same@example.org", .before_id = "os_5", .limit = 2}),
                  (Ids{"os_6", "os_7"}));
        EXPECT_EQ(found(unit, {.text = "same@example.org", .status = "odd", .limit = 1}),
                  Ids{"os_4"});
    });
}

TEST_P(StoreConformance, OneOrderPerSource) {
    change([&](Transaction& unit) { unit.save_order(order_row("os_1", "1001")); });
    const auto twice = store_->write([&](Transaction& unit) -> Result<void> {
        unit.save_order(order_row("os_2", "1001"));
        return {};
    });
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().kind, ErrorKind::Bug);
}

}  // namespace orderhub::conformance
