// Who is one customer: joined by rule from what orders and cases show, joined and split by hand.
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

using domain::CustomerKind;
using domain::Identity;

/// An order of a contact, by a number that is the order's external id too.
json::object order_by(const char* number, json::object customer,
                      const char* placed_at = "2026-11-20T10:00:00Z") {
    json::object record = mugs_record();
    record["source"].as_object()["external_id"] = number;
    record["number"] = number;
    record["placed_at"] = placed_at;
    record["customer"] = std::move(customer);
    return record;
}

json::object mail_from(const char* external_id, json::object requester) {
    return {{"source", {{"external_id", external_id}, {"observed_at", "2026-11-22T12:00:00Z"}}},
            {"subject", "A question"},
            {"state", "open"},
            {"created_at", "2026-11-22T12:00:00Z"},
            {"requester", std::move(requester)},
            {"messages", json::array{}}};
}

class Customers : public Desk {
protected:
    /// The customer that a text finds; an empty object if it is not exactly one.
    json::object found(const std::string& text) {
        return unit([&](store::Transaction& tx) -> json::object {
            const auto rows = tx.find_customers({.text = text});
            if (rows.size() != 1) return {};
            return *service_.customer(tx, rows.front().id);
        });
    }
    std::string id_of(const std::string& text) { return at(found(text), "/id"); }
    std::vector<std::string> orders_of(const std::string& customer_id) {
        return unit([&](store::Transaction& tx) {
            std::vector<std::string> numbers;
            OrderQuery query;
            query.customer_id = customer_id;
            const json::object page = service_.orders(tx, query);
            for (const json::value& each : page.at("items").as_array())
                numbers.push_back(at(each, "/number"));
            return numbers;
        });
    }
    Result<json::object> join(const std::string& one, const std::string& other,
                              const std::string& reason = "same person on the phone") {
        return unit([&](store::Transaction& tx) {
            return service_.join_customers(tx, request(), one, other, reason);
        });
    }
    Result<json::object> split(const std::string& id, const std::vector<Identity>& identities,
                               const std::string& reason = "they share a mailbox") {
        return unit([&](store::Transaction& tx) {
            return service_.split_customer(tx, request(), id, identities, reason);
        });
    }
    std::vector<json::value> journal(std::string_view type) {
        return unit([&](store::Transaction& tx) {
            std::vector<json::value> events;
            const json::object page = service_.events(tx, 0, 1000, {});
            for (const json::value& each : page.at("items").as_array())
                if (at(each, "/type") == type) events.push_back(each);
            return events;
        });
    }
};

const Identity kOldMail{CustomerKind::person, {}, {}, "Ada@Old.test"};
using Numbers = std::vector<std::string>;

TEST_F(Customers, TheSameNumberAtAStorefrontIsOneCustomerWhateverTheEmail) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"external_id", "7"}, {"email", "ada@old.test"}})));
    ASSERT_TRUE(apply("order", order_by("A2", {{"external_id", "7"}, {"email", "ada@new.test"}})));
    const json::object ada = found("7");
    EXPECT_EQ(at(ada, "/orders"), "2");
    EXPECT_EQ(at(ada, "/identities/2/email"), "ada@new.test");
    EXPECT_EQ(at(ada, "/identities/2/rule"), "same_external_id");
    EXPECT_EQ(id_of("ada@old.test"), id_of("ada@new.test"));
    ASSERT_TRUE(apply("order", order_by("B1", {{"external_id", "7"}}), "other_shop"));
    EXPECT_EQ(found("7"), json::object()) << "a number means nothing at another storefront";
}

TEST_F(Customers, TheSameEmailIsOneCustomerAcrossStorefrontsAndDesks) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"external_id", "7"}, {"email", "ada@x.test"}})));
    ASSERT_TRUE(apply("order", order_by("B1", {{"external_id", "9"}, {"email", "ADA@x.test "}}),
                      "other_shop"));
    ASSERT_TRUE(
        apply("case", mail_from("17", {{"external_id", "4"}, {"email", "Ada@X.test"}}), "desk"));
    const json::object ada = found("ada@x.test");
    EXPECT_EQ(at(ada, "/orders"), "2");
    EXPECT_EQ(at(ada, "/cases"), "1");
    EXPECT_EQ(ada.at("identities").as_array().size(), 4U);
    EXPECT_EQ(at(ada, "/id"), id_of("9"));
    EXPECT_EQ(at(ada, "/id"), id_of("4"));
}

TEST_F(Customers, TheSamePhoneIsASuggestionOnly) {
    const char* phone = "+4930123456";
    ASSERT_TRUE(apply("order", order_by("A1", {{"email", "ada@x.test"}, {"phone", phone}})));
    ASSERT_TRUE(apply("order", order_by("A2", {{"email", "bob@x.test"}, {"phone", phone}})));
    const json::object ada = found("ada@x.test");
    EXPECT_EQ(at(ada, "/orders"), "1");
    EXPECT_EQ(at(ada, "/suggestions/0/id"), id_of("bob@x.test"));
    EXPECT_NE(at(ada, "/suggestions/0/evidence/0").find("phone number"), std::string::npos);
}

TEST_F(Customers, AnOrderThatShowsBothJoinsThemAndTheOlderStays) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"email", "ada@x.test"}})));
    const std::string older = id_of("ada@x.test");
    ASSERT_TRUE(apply("order", order_by("A2", {{"external_id", "7"}})));
    const std::string younger = id_of("7");
    ASSERT_NE(older, younger);
    ASSERT_TRUE(apply("order", order_by("A3", {{"external_id", "7"}, {"email", "ada@x.test"}})));
    EXPECT_EQ(id_of("7"), older);
    EXPECT_EQ(id_of(younger), older);
    EXPECT_EQ(orders_of(older).size(), 3U);
    EXPECT_EQ(orders_of(younger).size(), 3U) << "the old id still leads to the history";
    const auto joined = journal("customer.joined");
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(at(joined[0], "/data/other"), younger);
    EXPECT_EQ(at(joined[0], "/data/rule"), "same_email");
    EXPECT_EQ(json::serialize(joined[0]).find('@'), std::string::npos);
    const std::string history = json::serialize(found("7").at("history"));
    EXPECT_NE(history.find("shows identities of both"), std::string::npos) << history;
}

TEST_F(Customers, WithoutAnIdentityThereIsNoCustomer) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"name", "Ada"}, {"phone", "+4930123456"}})));
    EXPECT_TRUE(unit([](store::Transaction& tx) { return tx.find_customers({}); }).empty());
}

TEST_F(Customers, TheNewestOrderGivesTheNameInWhateverOrderTheyCome) {
    const auto named = [](const char* number, const char* name, const char* placed_at) {
        return order_by(number, {{"name", name}, {"email", "ada@x.test"}}, placed_at);
    };
    ASSERT_TRUE(apply("order", named("A2", "Ada Newname", "2026-06-01T00:00:00Z")));
    ASSERT_TRUE(apply("order", named("A1", "Ada Oldname", "2025-06-01T00:00:00Z")));
    EXPECT_EQ(at(found("ada@x.test"), "/name"), "Ada Newname");
}

TEST_F(Customers, ABusinessAccountHasItsBuyers) {
    const auto bought = [](const char* number, const char* email) {
        return order_by(
            number, {{"email", email}, {"account", {{"external_id", "9"}, {"name", "Acme Ltd"}}}});
    };
    ASSERT_TRUE(apply("order", bought("A1", "ada@acme.test")));
    ASSERT_TRUE(apply("order", bought("A2", "bob@acme.test")));
    ASSERT_TRUE(apply("order", order_by("A3", {{"email", "ada@acme.test"}})));
    ASSERT_TRUE(apply("case", mail_from("17", {{"email", "bob@acme.test"}}), "desk"));
    const json::object acme = found("9");
    EXPECT_EQ(at(acme, "/kind"), "account");
    EXPECT_EQ(at(acme, "/name"), "Acme Ltd");
    EXPECT_EQ(at(acme, "/orders"), "2");
    EXPECT_EQ(at(acme, "/cases"), "1");
    EXPECT_EQ(at(acme, "/buyers/0/id"), id_of("ada@acme.test"));
    EXPECT_EQ(at(acme, "/buyers/1/id"), id_of("bob@acme.test"));
    EXPECT_EQ(orders_of(id_of("9")).size(), 2U);
    EXPECT_EQ(at(found("ada@acme.test"), "/accounts/0/id"), id_of("9"));
    EXPECT_EQ(at(found("ada@acme.test"), "/orders"), "2");
    const auto refused = join(id_of("9"), id_of("bob@acme.test"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "different_kinds");
}

TEST_F(Customers, APersonJoinsAndTheReasonIsKept) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"email", "ada@x.test"}})));
    ASSERT_TRUE(apply("order", order_by("A2", {{"email", "ada@y.test"}})));
    const std::string older = id_of("ada@x.test");
    ASSERT_TRUE(join(id_of("ada@y.test"), older));
    EXPECT_EQ(orders_of(older).size(), 2U);
    const json::object ada = found("ada@y.test");
    EXPECT_EQ(at(ada, "/id"), older);
    EXPECT_EQ(at(ada, "/history/0/what"), "joined");
    EXPECT_EQ(at(ada, "/history/0/why"), "same person on the phone");
    EXPECT_EQ(at(ada, "/history/0/actor"), "agent:test");
    const auto joined = journal("customer.joined");
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(at(joined[0], "/actor"), "agent:test");
    EXPECT_EQ(at(joined[0], "/data/rule"), "by_hand");
    const auto again = join(older, id_of("ada@y.test"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "already_joined");
}

TEST_F(Customers, ASplitTakesTheOrdersAndCasesOfItsIdentitiesAndNoRuleJoinsThemAgain) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"external_id", "7"}, {"email", "ada@old.test"}})));
    ASSERT_TRUE(apply("order", order_by("A2", {{"name", "Bob"}, {"email", "ada@old.test"}})));
    ASSERT_TRUE(apply("case", mail_from("17", {{"email", "ada@old.test"}}), "desk"));
    const std::string ada = id_of("7");
    const auto made = split(ada, {kOldMail});
    ASSERT_TRUE(made) << made.error().message;
    const std::string bob = at(*made, "/id");
    EXPECT_EQ(at(*made, "/name"), "Bob");
    EXPECT_EQ(at(*made, "/cases"), "1");
    EXPECT_EQ(at(*made, "/history/0/other"), ada);
    EXPECT_EQ(orders_of(ada), Numbers{"A1"});
    EXPECT_EQ(orders_of(bob), Numbers{"A2"});
    ASSERT_TRUE(apply("order", order_by("A3", {{"external_id", "7"}, {"email", "ada@old.test"}})));
    EXPECT_EQ(id_of("ada@old.test"), bob);
    EXPECT_EQ(orders_of(ada).size(), 2U) << "the number decides between the two";
    EXPECT_TRUE(journal("customer.joined").empty());
    const auto events = journal("customer.split");
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(at(events[0], "/data/reason"), "they share a mailbox");
    EXPECT_EQ(json::serialize(events[0]).find('@'), std::string::npos);
}

TEST_F(Customers, WhatASplitSeparatedStaysApartThroughAThirdOne) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"external_id", "7"}, {"email", "ada@old.test"}})));
    ASSERT_TRUE(split(id_of("7"), {kOldMail}));
    // Somebody new comes to be joined with the one, and is then seen with the other.
    ASSERT_TRUE(
        apply("order", order_by("B1", {{"external_id", "1"}, {"email", "ada@old.test"}}), "b"));
    ASSERT_TRUE(apply("order", order_by("A2", {{"external_id", "7"}, {"email", "c@x.test"}})));
    ASSERT_TRUE(apply("order", order_by("B2", {{"external_id", "1"}, {"email", "c@x.test"}}), "b"));
    EXPECT_NE(id_of("7"), id_of("1"));
}

TEST_F(Customers, APersonMayJoinAgainWhatAPersonSplit) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"external_id", "7"}, {"email", "ada@old.test"}})));
    const auto made = split(id_of("7"), {kOldMail});
    ASSERT_TRUE(made);
    ASSERT_TRUE(join(id_of("7"), at(*made, "/id"), "it was one person after all"));
    EXPECT_EQ(id_of("7"), id_of("ada@old.test"));
    EXPECT_EQ(found("7").at("identities").as_array().size(), 2U);
}

TEST_F(Customers, ASplitThatMakesNoSenseIsRefused) {
    ASSERT_TRUE(apply("order", order_by("A1", {{"external_id", "7"}, {"email", "ada@old.test"}})));
    const std::string ada = id_of("7");
    const Identity number{CustomerKind::person, "shop", "7", {}};
    const auto code = [](const Result<json::object>& outcome) {
        return outcome ? std::string("done") : outcome.error().code + outcome.error().field;
    };
    EXPECT_EQ(code(split(ada, {})), "bad_count/identities");
    EXPECT_EQ(code(split(ada, {number, kOldMail})), "nothing_left/identities");
    EXPECT_EQ(code(split(ada, {number, {CustomerKind::person, "shop", "8", {}}})),
              "not_its_identity/identities/1");
    EXPECT_EQ(code(split(ada, {number}, " ")), "no_reason/reason");
    EXPECT_EQ(code(split("cu_none", {number})), "no_such_customer");
    EXPECT_EQ(code(join(ada, "cu_none")), "no_such_customer/other");
    EXPECT_EQ(code(join(ada, ada)), "already_joined");
    EXPECT_TRUE(journal("customer.split").empty());
}

}  // namespace
}  // namespace orderhub::servicing
