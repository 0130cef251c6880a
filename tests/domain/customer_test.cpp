// The rules by which identities become customers.
#include "hub/domain/customer.hpp"

#include <gtest/gtest.h>

namespace orderhub::domain {
namespace {

const Holder kOld{"cu_2", "2026-01-01T00:00:00.000Z"};
const Holder kNew{"cu_1", "2026-02-01T00:00:00.000Z"};
const Holder kNobody{};

Customer contact(const char* external_id, const char* account = "") {
    Customer made;
    made.external_id = external_id;
    made.name = "Kim Example";
    made.phone = "+4930123456";
    made.account = {account, "Example Ltd"};
    return made;
}

TEST(CustomerIdentity, ANumberIsStrongerThanAnEmail) {
    const auto found = identities(contact("77"), "shop", "kim@example.org");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(key_of(found[0]), "person:shop:77");
    EXPECT_EQ(rule_of(found[0]), "same_external_id");
    EXPECT_EQ(key_of(found[1]), "email:kim@example.org");
    EXPECT_EQ(rule_of(found[1]), "same_email");
}

TEST(CustomerIdentity, PhoneAndNameAreNone) {
    EXPECT_TRUE(identities(contact(""), "shop", "").empty());
    EXPECT_TRUE(identities(contact(""), "shop", "n/a").empty());
}

TEST(CustomerIdentity, PersonsAndAccountsAreNumberedApart) {
    const auto account = account_identity(contact("9", "9"), "shop");
    ASSERT_TRUE(account);
    EXPECT_EQ(key_of(*account), "account:shop:9");
    EXPECT_NE(*account, identities(contact("9"), "shop", "").front());
    EXPECT_FALSE(account_identity(contact("9"), "shop")) << "a company's name alone tells nothing";
}

TEST(CustomerIdentity, AKeyTellsItsIdentity) {
    for (const Identity& each : {Identity{CustomerKind::person, "shop", "a:7", {}},
                                 Identity{CustomerKind::account, "shop-2", "9", {}},
                                 Identity{CustomerKind::person, {}, {}, "kim@example.org"}}) {
        const auto read = identity_of(key_of(each));
        ASSERT_TRUE(read) << key_of(each);
        EXPECT_EQ(*read, each);
    }
    for (const char* none : {"", "email:", "person:", "person:shop", "person:shop:", "person::7",
                             "phone:+49", "persons:shop:7"})
        EXPECT_FALSE(identity_of(none)) << none;
}

TEST(CustomerRecognition, WhomNobodyKnowsIsNew) {
    EXPECT_EQ(recognise({kNobody, kNobody}, false).customer, "");
    EXPECT_EQ(recognise({}, false).customer, "");
}

TEST(CustomerRecognition, OneKnownIdentityIsEnough) {
    EXPECT_EQ(recognise({kNobody, kNew}, false).customer, "cu_1");
    EXPECT_EQ(recognise({kNew, kNobody}, false).customer, "cu_1");
    EXPECT_EQ(recognise({kNew, kNew}, false).joins, "");
}

TEST(CustomerRecognition, TwoHoldersAreOneAndTheOlderStays) {
    for (const auto& holders : {std::vector{kOld, kNew}, std::vector{kNew, kOld}}) {
        const Recognition seen = recognise(holders, false);
        EXPECT_EQ(seen.customer, "cu_2");
        EXPECT_EQ(seen.joins, "cu_1");
        EXPECT_FALSE(seen.kept_apart);
    }
}

TEST(CustomerRecognition, OfTheSameAgeTheLesserIdStays) {
    const Holder twin{"cu_3", kOld.created_at};
    EXPECT_EQ(elder(twin, kOld).id, "cu_2");
    EXPECT_EQ(elder(kOld, twin).id, "cu_2");
}

TEST(CustomerRecognition, WhomAPersonSplitStaysSplitAndTheNumberDecides) {
    const Recognition seen = recognise({kNew, kOld}, true);
    EXPECT_EQ(seen.customer, "cu_1");
    EXPECT_EQ(seen.joins, "");
    EXPECT_TRUE(seen.kept_apart);
}

}  // namespace
}  // namespace orderhub::domain
