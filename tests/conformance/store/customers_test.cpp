#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

using servicing::CaseQuery;
using servicing::CustomerQuery;
using servicing::CustomerRow;
using servicing::IdentityRow;
using servicing::OrderQuery;
using store::Transaction;

namespace {

using Ids = std::vector<std::string>;

CustomerRow customer_row(const std::string& id, const std::string& kind = "person") {
    return {id, kind, "Kim " + id, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"};
}

IdentityRow identity_row(const std::string& key, const std::string& customer_id) {
    return {.key = key,
            .value = key.substr(key.rfind(':') + 1),
            .customer_id = customer_id,
            .source = "shop",
            .rule = "first_seen",
            .reason = "order os_1 showed it first",
            .at = "2026-01-02T00:00:00Z"};
}

servicing::OrderRow order_of(const std::string& id, const std::string& number,
                             const std::string& customer, const std::string& identity,
                             const std::string& account = {}) {
    servicing::OrderRow row = order_row(id, number);
    row.customer_id = customer;
    row.customer_identity = identity;
    row.account_id = account;
    row.account_identity = account.empty() ? "" : "account:shop:" + account;
    return row;
}

servicing::CaseRow case_of(const std::string& id, const std::string& customer,
                           const std::string& identity) {
    servicing::CaseRow row;
    row.id = id;
    row.version = 1;
    row.document = "{}";
    row.connector = "desk";
    row.external_id = id;
    row.state = "open";
    row.decision = "none";
    row.customer_id = customer;
    row.customer_identity = identity;
    return row;
}

template <class Rows>
Ids ids(const Rows& rows) {
    Ids found;
    for (const auto& row : rows)
        found.push_back(row.id);
    return found;
}

Ids keys(Transaction& unit, const std::string& customer) {
    Ids found;
    for (const auto& row : unit.identities(customer, 100))
        found.push_back(row.key);
    return found;
}

/// cu_1 has shop:77 and two addresses, cu_2 a number at the desk; each identity has an order or a
/// case.
void two_customers(Transaction& unit) {
    unit.save_customer(customer_row("cu_1"));
    unit.save_customer(customer_row("cu_2"));
    for (const char* key : {"person:shop:77", "email:kim@example.org", "email:old@example.org"})
        unit.add_identity(identity_row(key, "cu_1"));
    unit.add_identity(identity_row("person:desk:5", "cu_2"));
    unit.save_order(order_of("os_1", "1", "cu_1", "person:shop:77"));
    unit.save_order(order_of("os_2", "2", "cu_1", "email:old@example.org"));
    unit.save_order(order_of("os_3", "3", "cu_2", "person:desk:5"));
    unit.save_case(case_of("cs_1", "cu_1", "email:old@example.org"));
    unit.save_case(case_of("cs_2", "cu_2", "person:desk:5"));
    unit.append_history({"cu_1", "t", "hub", "identity_added", "first"});
    unit.append_history({"cu_2", "t", "hub", "identity_added", "second"});
}

}  // namespace

TEST_P(StoreConformance, CustomerComesBackAndIsReplaced) {
    CustomerRow row = customer_row("cu_1");
    change([&](Transaction& unit) { unit.save_customer(row); });
    row.name = "Zoë";
    row.named_at = "2026-03-01T00:00:00Z";
    change([&](Transaction& unit) { unit.save_customer(row); });
    look([&](Transaction& unit) {
        const auto read = unit.customer("cu_1");
        ASSERT_TRUE(read);
        EXPECT_EQ(read->kind, "person");
        EXPECT_EQ(read->name, "Zoë");
        EXPECT_EQ(read->named_at, row.named_at);
        EXPECT_EQ(read->created_at, row.created_at);
        EXPECT_EQ(read->joined_into, "");
        EXPECT_FALSE(unit.customer("cu_2"));
    });
}

TEST_P(StoreConformance, CustomerIsFoundByEachOfItsTexts) {
    change([&](Transaction& unit) { two_customers(unit); });
    look([&](Transaction& unit) {
        const auto found = [&](const CustomerQuery& query) {
            return ids(unit.find_customers(query));
        };
        for (const char* text : {"77", "kim@example.org", "Kim@Example.ORG", "cu_1"})
            EXPECT_EQ(found({.text = text}), Ids{"cu_1"}) << text;
        EXPECT_EQ(found({.text = "7"}), Ids{});
        EXPECT_EQ(found({}), (Ids{"cu_2", "cu_1"}));
        EXPECT_EQ(found({.limit = 1}), Ids{"cu_2"});
        EXPECT_EQ(found({.before_id = "cu_2"}), Ids{"cu_1"});
    });
}

TEST_P(StoreConformance, AnIdentityHasOneCustomer) {
    change([&](Transaction& unit) { two_customers(unit); });
    EXPECT_FALSE(store_->write([](Transaction& unit) -> Result<void> {
        unit.add_identity(identity_row("person:shop:77", "cu_2"));
        return {};
    }));
    look([](Transaction& unit) {
        const auto read = unit.identity("person:shop:77");
        ASSERT_TRUE(read);
        EXPECT_EQ(read->customer_id, "cu_1");
        EXPECT_EQ(read->value, "77");
        EXPECT_EQ(read->source, "shop");
        EXPECT_EQ(read->rule, "first_seen");
        EXPECT_EQ(read->reason, "order os_1 showed it first");
        EXPECT_FALSE(unit.identity("person:desk:77"));
        EXPECT_EQ(unit.identities("cu_1", 2).size(), 2U);
    });
}

TEST_P(StoreConformance, AJoinMovesEverything) {
    change([&](Transaction& unit) { two_customers(unit); });
    change([](Transaction& unit) { unit.join_customers("cu_2", "cu_1"); });
    look([](Transaction& unit) {
        EXPECT_EQ(keys(unit, "cu_1").size(), 4U);
        EXPECT_EQ(keys(unit, "cu_2"), Ids{});
        EXPECT_EQ(unit.order("os_3")->customer_id, "cu_1");
        EXPECT_EQ(unit.order("os_3")->version, 1);
        EXPECT_EQ(unit.case_by_id("cs_2")->customer_id, "cu_1");
        EXPECT_EQ(unit.customer("cu_2")->joined_into, "cu_1");
        EXPECT_EQ(ids(unit.find_customers({.text = "cu_2"})), Ids{"cu_1"});
        EXPECT_EQ(ids(unit.find_customers({})), Ids{"cu_1"});
        const auto history = unit.customer_history("cu_1", 10);
        ASSERT_EQ(history.size(), 2U);
        EXPECT_EQ(history[0].why, "second");
        EXPECT_EQ(unit.customer_counts("cu_1").orders, 3);
        EXPECT_EQ(unit.customer_counts("cu_1").cases, 2);
    });
}

TEST_P(StoreConformance, WhoWasJoinedTwiceIsFoundAtTheLastOne) {
    change([&](Transaction& unit) {
        two_customers(unit);
        unit.save_customer(customer_row("cu_0"));
    });
    change([](Transaction& unit) { unit.join_customers("cu_2", "cu_1"); });
    change([](Transaction& unit) { unit.join_customers("cu_1", "cu_0"); });
    look([](Transaction& unit) { EXPECT_EQ(unit.customer("cu_2")->joined_into, "cu_0"); });
}

TEST_P(StoreConformance, AnIdentityMovesWithItsOrdersAndCasesOnly) {
    change([&](Transaction& unit) { two_customers(unit); });
    change([](Transaction& unit) { unit.move_identity("email:old@example.org", "cu_1", "cu_2"); });
    look([](Transaction& unit) {
        EXPECT_EQ(unit.identity("email:old@example.org")->customer_id, "cu_2");
        EXPECT_EQ(unit.order("os_1")->customer_id, "cu_1");
        EXPECT_EQ(unit.order("os_2")->customer_id, "cu_2");
        EXPECT_EQ(unit.case_by_id("cs_1")->customer_id, "cu_2");
        EXPECT_EQ(ids(unit.find_orders({.customer_id = "cu_1"})), Ids{"os_1"});
        EXPECT_EQ(ids(unit.find_cases({.customer_id = "cu_2"})), (Ids{"cs_2", "cs_1"}));
    });
}

TEST_P(StoreConformance, ASeparationHoldsBothWaysUntilItIsForgotten) {
    change([&](Transaction& unit) {
        two_customers(unit);
        unit.separate("person:desk:5", "cu_1");
    });
    look([](Transaction& unit) {
        EXPECT_TRUE(unit.are_separated("cu_1", "cu_2"));
        EXPECT_TRUE(unit.are_separated("cu_2", "cu_1"));
        EXPECT_FALSE(unit.are_separated("cu_1", "cu_1"));
    });
    change([](Transaction& unit) { unit.forget_separations("cu_2", "cu_1"); });
    look([](Transaction& unit) {
        EXPECT_FALSE(unit.are_separated("cu_1", "cu_2"));
        EXPECT_FALSE(unit.are_separated("cu_2", "cu_1"));
    });
}

TEST_P(StoreConformance, AnAccountHasTheOrdersBoughtForItAndTheCasesOfItsBuyers) {
    change([&](Transaction& unit) {
        two_customers(unit);
        unit.save_customer(customer_row("ac_1", "account"));
        unit.save_order(order_of("os_4", "4", "cu_2", "person:desk:5", "ac_1"));
        unit.save_order(order_of("os_5", "5", "cu_2", "person:desk:5", "ac_1"));
    });
    look([](Transaction& unit) {
        EXPECT_EQ(ids(unit.buyers("ac_1", 10)), Ids{"cu_2"});
        EXPECT_EQ(ids(unit.accounts_of("cu_2", 10)), Ids{"ac_1"});
        EXPECT_EQ(ids(unit.accounts_of("cu_1", 10)), Ids{});
        EXPECT_EQ(ids(unit.find_orders({.account_id = "ac_1"})), (Ids{"os_5", "os_4"}));
        EXPECT_EQ(ids(unit.find_cases({.customer_id = "ac_1"})), Ids{"cs_2"});
        EXPECT_EQ(unit.customer_counts("ac_1").orders, 2);
        EXPECT_EQ(unit.customer_counts("ac_1").cases, 1);
        EXPECT_EQ(unit.customer_counts("cu_2").orders, 3);
    });
}

TEST_P(StoreConformance, ACustomersOrdersAreListedNewestFirstInPages) {
    change([&](Transaction& unit) {
        for (int day = 1; day <= 5; ++day) {
            auto row = order_of("os_" + std::to_string(day), std::to_string(day),
                                day == 3 ? "cu_2" : "cu_1", "email:kim@example.org");
            row.placed_at = "2026-01-0" + std::to_string(day) + "T00:00:00Z";
            row.status = day % 2 == 0 ? "even" : "odd";
            unit.save_order(row);
        }
    });
    look([](Transaction& unit) {
        const auto found = [&](const OrderQuery& query) { return ids(unit.find_orders(query)); };
        EXPECT_EQ(found({.limit = 2, .customer_id = "cu_1"}), (Ids{"os_5", "os_4"}));
        EXPECT_EQ(found({.before_id = "os_4", .customer_id = "cu_1"}), (Ids{"os_2", "os_1"}));
        EXPECT_EQ(found({.status = "even", .customer_id = "cu_1"}), (Ids{"os_4", "os_2"}));
        EXPECT_EQ(found({.text = "3", .customer_id = "cu_1"}), Ids{});
        EXPECT_EQ(found({.text = "2", .customer_id = "cu_1"}), Ids{"os_2"});
    });
}

}  // namespace orderhub::conformance
