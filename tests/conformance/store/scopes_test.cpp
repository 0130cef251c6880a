// What a narrowed transaction finds: the scope's rows, whatever is asked.
#include "tests/conformance/store/store_under_test.hpp"

namespace orderhub::conformance {

namespace {

using domain::Scope;
using store::Transaction;
using Ids = std::vector<std::string>;

template <class Rows>
Ids ids(const Rows& rows) {
    Ids found;
    for (const auto& row : rows)
        found.push_back(row.id);
    return found;
}

const Scope kShopA{Ids{"a"}, std::nullopt};

void add_order(Transaction& unit, const std::string& id, const std::string& storefront,
               const std::string& customer, const std::string& identity) {
    auto row = order_row(id, id);
    row.connector = storefront;
    row.customer_id = customer;
    row.customer_identity = identity;
    unit.save_order(row);
}

void add_case(Transaction& unit, const std::string& id, const std::string& order,
              const std::vector<std::string>& further) {
    servicing::CaseRow row;
    row.id = id;
    row.version = 1;
    row.document = "{}";
    row.connector = "desk";
    row.external_id = id;
    row.state = "open";
    row.decision = order.empty() ? "none" : "linked";
    row.order_id = order;
    row.further_orders = further;
    unit.save_case(row);
}

void tell(Transaction& unit, const std::string& id, const std::string& order,
          const std::string& about) {
    servicing::Event event;
    event.id = "ev_" + id;
    event.type = "test." + order + about;
    event.order_id = order;
    event.case_id = about;
    event.actor = "hub";
    event.data = "{}";
    event.at = "2026-01-01T00:00:00Z";
    unit.append(std::move(event));
}

void send(Transaction& unit, const std::string& connector, const std::string& key,
          const std::string& order) {
    auto wanted = command(key, key, connector);
    wanted.order_id = order;
    unit.send(wanted);
}

/// Two storefronts and one desk, with a customer who bought in both.
void fill(Transaction& unit) {
    unit.save_customer({"cu_1", "person", "Kim", "2026-01-01", "2026-01-01", ""});
    unit.save_customer({"cu_2", "person", "Lee", "2026-01-01", "2026-01-01", ""});
    unit.save_customer({"cu_3", "person", "Kim K", "2026-01-01", "2026-01-01", "cu_1"});
    add_order(unit, "os_a", "a", "cu_1", "person:a:1");
    add_order(unit, "os_b", "b", "cu_1", "person:b:7");
    add_order(unit, "os_o'x", "o'x", "cu_2", "person:o'x:1");
    add_case(unit, "cs_free", "", {});
    add_case(unit, "cs_a", "os_a", {});
    add_case(unit, "cs_b", "os_b", {});
    add_case(unit, "cs_ab", "os_a", {"os_b"});
    for (const auto* key : {"person:a:1", "person:b:7", "email:os_a@example.org"})
        unit.add_identity({key, key, "cu_1", "a", "first_seen", "why", "2026-01-01"});
    unit.append_history({"cu_1", "2026-01-01", "hub", "identity_added", "b showed it", ""});
    tell(unit, "1", "os_a", "");
    tell(unit, "2", "os_b", "");
    tell(unit, "3", "os_a", "cs_b");
    tell(unit, "4", "", "");
    send(unit, "a", "k1", "os_a");
    send(unit, "erp", "k2", "os_b");
    send(unit, "erp", "k3", "");
}

/// What is done with it, in a scope.
std::function<void(Transaction&)> as(Scope scope, std::function<void(Transaction&)> work) {
    return [scope = std::move(scope), work = std::move(work)](Transaction& unit) {
        unit.narrow(scope);
        work(unit);
    };
}

}  // namespace

TEST_P(StoreConformance, ScopesOrdersAreThoseOfTheStorefronts) {
    change(fill);
    look(as(kShopA, [](Transaction& unit) {
        EXPECT_EQ(ids(unit.find_orders({})), Ids{"os_a"});
        EXPECT_EQ(ids(unit.find_orders({.text = "os_b"})), Ids{});
        EXPECT_EQ(ids(unit.find_orders({.text = "os_*"})), Ids{"os_a"});
        EXPECT_EQ(ids(unit.find_orders({.text = "T1-os_b"})), Ids{});
        EXPECT_EQ(ids(unit.find_orders({.customer_id = "cu_1"})), Ids{"os_a"});
        EXPECT_TRUE(unit.order("os_a"));
        EXPECT_FALSE(unit.order("os_b"));
        EXPECT_FALSE(unit.order_by_source("b", "ext-os_b"));
        EXPECT_EQ(unit.order_document("os_b"), "");
    }));
    look(as({Ids{"o'x"}, std::nullopt},
            [](Transaction& unit) { EXPECT_EQ(ids(unit.find_orders({})), Ids{"os_o'x"}); }));
    look(as({Ids{}, std::nullopt},
            [](Transaction& unit) { EXPECT_EQ(ids(unit.find_orders({})), Ids{}); }));
}

TEST_P(StoreConformance, ScopesCasesAreThoseOfTheDesksThatNoHiddenOrderIsLinkedTo) {
    change(fill);
    look(as(kShopA, [](Transaction& unit) {
        EXPECT_EQ(ids(unit.find_cases({})), (Ids{"cs_free", "cs_a"}));
        EXPECT_EQ(ids(unit.find_cases({.order_id = "os_a"})), Ids{"cs_a"});
        EXPECT_TRUE(unit.case_by_source("desk", "cs_a"));
        EXPECT_FALSE(unit.case_by_id("cs_ab"));
    }));
    look(as({std::nullopt, Ids{"desk"}},
            [](Transaction& unit) { EXPECT_EQ(unit.find_cases({}).size(), 4U); }));
    look(as({std::nullopt, Ids{"other"}}, [](Transaction& unit) {
        EXPECT_EQ(ids(unit.find_cases({})), Ids{});
        EXPECT_EQ(unit.find_orders({}).size(), 3U);
    }));
}

TEST_P(StoreConformance, ScopesCustomersHaveWhatIsSeenOfThem) {
    change(fill);
    look(as(kShopA, [](Transaction& unit) {
        EXPECT_EQ(ids(unit.find_customers({})), Ids{"cu_1"});
        EXPECT_FALSE(unit.customer("cu_2"));
        EXPECT_TRUE(unit.customer("cu_3")) << "joined into one who is seen";
        EXPECT_EQ(unit.customer_counts("cu_1").orders, 1U);
        Ids keys;
        for (const auto& row : unit.identities("cu_1", 10))
            keys.push_back(row.key);
        EXPECT_EQ(keys, (Ids{"email:os_a@example.org", "person:a:1"}));
        EXPECT_TRUE(unit.customer_history("cu_1", 10).empty());
    }));
}

TEST_P(StoreConformance, ScopesWhatHangsOnThemGoesWithThem) {
    change(fill);
    look(as(kShopA, [](Transaction& unit) {
        Ids types;
        for (const auto& event : unit.events(0, 10, ""))
            types.push_back(event.type);
        EXPECT_EQ(types, Ids{"test.os_a"});
        EXPECT_EQ(unit.audit({.after = 0}).events.size(), 1U);
        EXPECT_EQ(unit.journal_end(), 4) << "no one's, and not to be looked for";
        EXPECT_EQ(unit.find_deliveries({.limit = 10}).size(), 1U);
        EXPECT_EQ(unit.steps("os_b").size(), 0U);
    }));
    look([](Transaction& unit) { EXPECT_EQ(unit.events(0, 10, "").size(), 4U); });
}

TEST_P(StoreConformance, ScopesAUnitIsNarrowUntilItsEnd) {
    change(fill);
    change([&](Transaction& unit) {
        unit.narrow(kShopA);
        EXPECT_FALSE(unit.order("os_b"));
        unit.narrow({});
        EXPECT_TRUE(unit.order("os_b"));
        auto row = *unit.order("os_a");
        unit.narrow(kShopA);
        ++row.version;
        unit.save_order(row);
        tell(unit, "5", "os_b", "");
        EXPECT_EQ(unit.order("os_a")->version, 2) << "and it may write";
    });
    change([](Transaction& unit) { EXPECT_TRUE(unit.order("os_b")); });
    look([](Transaction& unit) { EXPECT_TRUE(unit.order("os_b")); });
}

TEST_P(StoreConformance, ScopesAreKeptWithUsersAndTokens) {
    change([&](Transaction& unit) {
        unit.save_token({"tk_1", "t", "agent", "h", "now", 0, {Ids{}, Ids{"x", "y"}}});
        unit.save_user({"us_1", "n", "N", "agent", "", true, "now", "", "", kShopA});
        unit.save_user({"us_2", "m", "M", "agent", "", true, "now"});
    });
    look([&](Transaction& unit) {
        EXPECT_EQ(unit.token_by_hash("h")->scope, (Scope{Ids{}, Ids{"x", "y"}}));
        EXPECT_EQ(unit.user("us_1")->scope, kShopA);
        EXPECT_FALSE(unit.user("us_2")->scope.is_limited());
    });
}

}  // namespace orderhub::conformance
