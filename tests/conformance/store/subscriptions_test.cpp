#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

namespace {

routing::Subscription subscription(const std::string& id) {
    routing::Subscription row;
    row.id = id;
    row.name = "Desk of " + id;
    row.url = "https://desk.test/" + id;
    row.types = {"order.", "case.linked"};
    row.secret = "whsec_c2VjcmV0";
    row.previous_secret = "whsec_b2xk";
    row.previous_until = 77;
    row.cursor = 5;
    row.failures = 3;
    row.failing_since = 70;
    row.next_at = 80;
    row.error_code = "http_500";
    row.error_message = "answered 500";
    row.created_at = 60;
    row.revision = 2;
    return row;
}

void append(store::Transaction& unit, const std::string& type) {
    servicing::Event event;
    event.id = "ev_" + type;
    event.type = type;
    event.order_id = "os_1";
    event.case_id = "cs_1";
    event.actor = "hub";
    event.trace = "t";
    event.data = R"({"a":1})";
    event.at = "2026-01-01T00:00:00.000Z";
    unit.append(event);
}

}  // namespace

TEST_P(StoreConformance, SubscriptionsAreKeptWhole) {
    const auto wanted = subscription("sub_1");
    change([&](store::Transaction& unit) {
        unit.save_subscription(subscription("sub_2"));
        unit.save_subscription(wanted);
    });
    look([&](store::Transaction& unit) {
        const auto row = unit.subscription("sub_1").value();
        EXPECT_EQ(row.name, wanted.name);
        EXPECT_EQ(row.url, wanted.url);
        EXPECT_EQ(row.types, wanted.types);
        EXPECT_EQ(row.secret, wanted.secret);
        EXPECT_EQ(row.previous_secret, wanted.previous_secret);
        EXPECT_EQ(row.previous_until, wanted.previous_until);
        EXPECT_EQ(row.cursor, wanted.cursor);
        EXPECT_TRUE(row.is_active);
        EXPECT_EQ(row.failures, wanted.failures);
        EXPECT_EQ(row.failing_since, wanted.failing_since);
        EXPECT_EQ(row.next_at, wanted.next_at);
        EXPECT_EQ(row.error_code, wanted.error_code);
        EXPECT_EQ(row.error_message, wanted.error_message);
        EXPECT_EQ(row.created_at, wanted.created_at);
        EXPECT_EQ(row.revision, wanted.revision);
        const auto all = unit.subscriptions();
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].id, "sub_1");
        EXPECT_EQ(all[1].id, "sub_2");
        EXPECT_FALSE(unit.subscription("sub_3"));
    });
}

TEST_P(StoreConformance, ProgressOfASubscriptionIsOnlyStoredForTheRevisionThatMadeIt) {
    change([&](store::Transaction& unit) { unit.save_subscription(subscription("sub_1")); });
    auto row = subscription("sub_1");
    row.cursor = 9;
    row.failures = 0;
    row.is_active = false;
    row.reason = "gone";
    row.url = "https://elsewhere.test/";
    change([&](store::Transaction& unit) { EXPECT_TRUE(unit.save_progress(row)); });
    look([&](store::Transaction& unit) {
        const auto stored = unit.subscription("sub_1").value();
        EXPECT_EQ(stored.cursor, 9);
        EXPECT_EQ(stored.failures, 0U);
        EXPECT_FALSE(stored.is_active);
        EXPECT_EQ(stored.reason, "gone");
        EXPECT_EQ(stored.url, "https://desk.test/sub_1") << "that is for a person to change";
    });
    row.revision = 1;
    row.cursor = 11;
    change([&](store::Transaction& unit) {
        EXPECT_FALSE(unit.save_progress(row));
        EXPECT_EQ(unit.subscription("sub_1")->cursor, 9);
        unit.remove_subscription("sub_1");
        EXPECT_FALSE(unit.subscription("sub_1"));
        row.revision = 2;
        EXPECT_FALSE(unit.save_progress(row)) << "it is gone";
    });
}

TEST_P(StoreConformance, ASubscriptionToEverythingHasNoTypes) {
    auto row = subscription("sub_1");
    row.types.clear();
    change([&](store::Transaction& unit) { unit.save_subscription(row); });
    look([&](store::Transaction& unit) { EXPECT_TRUE(unit.subscription("sub_1")->types.empty()); });
}

TEST_P(StoreConformance, TheJournalForSubscribersIsTheWholeJournalInOrder) {
    look([](store::Transaction& unit) { EXPECT_EQ(unit.journal_end(), 0); });
    change([](store::Transaction& unit) {
        append(unit, "one");
        append(unit, "two");
        EXPECT_EQ(unit.journal(0, 10).size(), 2U) << "a unit sees what it wrote";
        append(unit, "three");
    });
    look([](store::Transaction& unit) {
        const auto first = unit.journal(0, 2);
        ASSERT_EQ(first.size(), 2U);
        EXPECT_EQ(first[0].type, "one");
        EXPECT_EQ(first[0].id, "ev_one");
        EXPECT_EQ(first[0].order_id, "os_1");
        EXPECT_EQ(first[0].case_id, "cs_1");
        EXPECT_EQ(first[0].actor, "hub");
        EXPECT_EQ(first[0].trace, "t");
        EXPECT_EQ(first[0].data, R"({"a":1})");
        EXPECT_EQ(first[0].at, "2026-01-01T00:00:00.000Z");
        const auto rest = unit.journal(first[1].sequence, 10);
        ASSERT_EQ(rest.size(), 1U);
        EXPECT_EQ(rest[0].sequence, unit.journal_end());
    });
}

}  // namespace orderhub::conformance
