// The hub's side of a reconciliation from the store, the outside's from records; and what the books
// say between reconciliations.
#include "hub/servicing/reconcile.hpp"

#include <algorithm>

#include "hub/servicing/codec/codec.hpp"
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

const domain::Period kPeriod{*from_rfc3339("2026-11-18T00:00:00Z"),
                             *from_rfc3339("2026-11-23T00:00:00Z")};

json::object posting(const char* inc = "12.00", const char* state = "posted",
                     const char* observed_at = "2026-11-21T10:00:00Z") {
    return {{"source", {{"external_id", "7"}, {"observed_at", observed_at}}},
            {"kind", "credit_memo"},
            {"reference", "CM-000001"},
            {"posted_number", std::string_view(state) == "draft" ? "" : "CRN-1"},
            {"state", state},
            {"date", "2026-11-18"},
            {"currency", "EUR"},
            {"totals", triple("10.00", std::string_view(inc) == "12.00" ? "2.00" : "2.01", inc)}};
}

class Reconciled : public Servicing {
protected:
    void SetUp() override {
        Servicing::SetUp();
        ASSERT_TRUE(act(Kind::return_, units(1)));
    }
    std::string memo(const char* member) {
        return at(now(), (std::string("/credit_memos/0/") + member).c_str());
    }
    json::object compare(const OutsideRecords& records, const domain::Period& period = kPeriod) {
        domain::Reconciliation input;
        input.period = period;
        input.series = {"CM-", "IN-"};
        input.storefronts = {"shop"};
        input.shown = records.orders();
        input.postings = records.postings();
        input.orders = unit(
            [&](store::Transaction& tx) { return orders_to_compare(tx, period, input.shown); });
        return differences_view(domain::reconcile(input));
    }
    std::vector<std::string> codes(const json::object& run) {
        std::vector<std::string> all;
        for (const json::value& each : run.at("items").as_array())
            all.emplace_back(each.at("code").as_string());
        return all;
    }
    void add(OutsideRecords& records, const char* connector, const char* kind,
             const json::object& record) {
        const auto added = records.add(connector, kind, json::serialize(record));
        ASSERT_TRUE(added) << added.error().message << " " << added.error().field;
    }
};

TEST_F(Reconciled, OnlyWhatTheHubItselfExplains) {
    OutsideRecords records;
    add(records, "shop", "order", mugs_record());
    add(records, "books", "posting", posting());
    const auto run = compare(records);
    const std::vector<std::string> expected{"memo_state_behind", "refund_under_way",
                                            "changed_here"};
    EXPECT_EQ(codes(run), expected);
    EXPECT_EQ(at(run, "/counts/explained"), "3");
    EXPECT_EQ(at(run, "/counts/missing"), "0");
}

TEST_F(Reconciled, ADifferenceHasAllThatAPersonNeeds) {
    OutsideRecords records;
    add(records, "shop", "order", mugs_record());
    add(records, "books", "posting", posting("12.01"));
    const auto run = compare(records);
    const json::value& first = run.at("items").at(0);
    EXPECT_EQ(json::serialize(first),
              R"({"kind":"different","side":"books","code":"memo_totals_differ","order_id":")" +
                  id_ +
                  R"(","order_number":"ABC123","subject":"CM-000001","currency":"EUR",)"
                  R"("ours":"12.00","theirs":"12.01",)"
                  R"("reason":"The books have it as CRN-1 and differ by 0.01 EUR."})");
    EXPECT_EQ(at(run, "/counts/different"), "1");
}

TEST_F(Reconciled, AnOrderIsFoundByTheJournalWithinThePeriodOnly) {
    for (int i = 0; i < 30; ++i)
        ASSERT_TRUE(
            act(Kind::suspend, {{"reason", "look"}}) &&
            act(Kind::resolve_exception,
                {{"exception", at(now(), ("/exceptions/" + std::to_string(i) + "/id").c_str())},
                 {"reason", "looked"}}));
    const auto found = [&](const char* from, const char* to) {
        const domain::Period period{*from_rfc3339(from), *from_rfc3339(to)};
        return unit([&](store::Transaction& tx) { return orders_of_period(tx, period).size(); });
    };
    EXPECT_EQ(found("2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z"), 1U);
    EXPECT_EQ(found("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"), 0U);
    EXPECT_EQ(found("2026-12-01T00:00:00Z", "2026-12-31T00:00:00Z"), 0U);
}

TEST_F(Reconciled, AShownOrderIsReadThoughNothingHappenedToItInThePeriod) {
    OutsideRecords records;
    add(records, "shop", "order", mugs_record());
    const domain::Period later{*from_rfc3339("2026-12-01T00:00:00Z"),
                               *from_rfc3339("2026-12-31T00:00:00Z")};
    EXPECT_TRUE(codes(compare(records, later)).empty());
}

TEST_F(Reconciled, AConnectorIsAskedFromBeforeItsOldestOrderThatCounts) {
    const auto orders = unit([&](store::Transaction& tx) { return orders_of_period(tx, kPeriod); });
    EXPECT_EQ(ask_from(kPeriod, orders, "shop"), *from_rfc3339("2026-11-17T00:00:00Z"));
    auto old = orders;
    old.at(0).placed_at = 5;
    EXPECT_EQ(ask_from(kPeriod, old, "shop"), 5);
    EXPECT_EQ(ask_from(kPeriod, old, "books"), *from_rfc3339("2026-11-17T00:00:00Z"));
}

TEST_F(Reconciled, OneObjectCountsOnceAsItWasObservedLast) {
    OutsideRecords records;
    const auto news = [&](const json::object& record) {
        return records.add("books", "posting", json::serialize(record)).value();
    };
    EXPECT_TRUE(news(posting("12.01", "posted", "2026-11-21T10:00:00Z")));
    EXPECT_FALSE(news(posting("12.00", "posted", "2026-11-21T11:00:00Z")));
    EXPECT_FALSE(news(posting("12.01", "posted", "2026-11-21T09:00:00Z")));
    ASSERT_EQ(records.postings().size(), 1U);
    EXPECT_EQ(records.postings()[0].total.inc, domain::Minor{1200});
    EXPECT_FALSE(records.add("desk", "case", "{}").value());
    EXPECT_FALSE(records.add("books", "posting", R"({"currency":"EUR","date":"soon"})"));
}

TEST_F(Reconciled, ThePostedNumberComesInByItself) {
    ASSERT_TRUE(apply("posting", posting(), "books"));
    EXPECT_EQ(memo("state"), "posted");
    EXPECT_EQ(memo("posted_number"), "CRN-1");
    const std::string version = at(now(), "/version");
    ASSERT_TRUE(apply("posting", posting(), "books"));
    EXPECT_EQ(at(now(), "/version"), version) << "twice changes nothing";
}

TEST_F(Reconciled, AmountsThatAreNotOursAreShownUntilTheyAre) {
    ASSERT_TRUE(apply("posting", posting("12.01"), "books"));
    EXPECT_EQ(memo("state"), "differs");
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "memo_differs");
    EXPECT_EQ(at(now(), "/exceptions/0/status"), "active");
    ASSERT_TRUE(apply("posting", posting(), "books"));
    EXPECT_EQ(memo("state"), "posted");
    EXPECT_EQ(at(now(), "/exceptions/0/status"), "resolved");
}

TEST_F(Reconciled, ADraftAndAnotherNumberChangeNothing) {
    const std::string version = at(now(), "/version");
    ASSERT_TRUE(apply("posting", posting("12.00", "draft"), "books"));
    auto other = posting();
    other["reference"] = "CM-000099";
    ASSERT_TRUE(apply("posting", other, "books"));
    EXPECT_EQ(at(now(), "/version"), version);
    EXPECT_FALSE(apply("posting", {{"currency", "EUR"}}, "books"));
}

TEST_F(Reconciled, AnOrderIsFoundByItsMemosNumber) {
    EXPECT_EQ(at(order_of("CM-000001"), "/id"), id_);
}

}  // namespace
}  // namespace orderhub::servicing
