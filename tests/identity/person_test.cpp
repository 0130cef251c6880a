#include "hub/identity/person.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "token_maker.hpp"

namespace orderhub::identity {
namespace {

Settings settings(std::string claim = "groups") {
    Settings made;
    made.role_claim = std::move(claim);
    made.roles = {{"boss", "admin"}, {"desk", "agent"}};
    return made;
}

TEST(Person, HasTheFirstRoleOfTheConfiguration) {
    auto claims = good_claims();
    EXPECT_EQ(person_of(claims, settings()).role, "agent");
    claims["groups"] = json::array{"desk", "boss"};
    EXPECT_EQ(person_of(claims, settings()).role, "admin");
    claims["groups"] = "boss";
    EXPECT_EQ(person_of(claims, settings()).role, "admin");
}

TEST(Person, HasNoRoleByLikeness) {
    auto claims = good_claims();
    for (const json::value& value :
         {json::value("bos"), json::value("boss desk"), json::value("Boss"), json::value(1),
          json::value(json::object{{"boss", true}}), json::value(json::array{1, "bosses"})}) {
        claims["groups"] = value;
        EXPECT_EQ(person_of(claims, settings()).role, "") << json::serialize(value);
    }
    claims.erase("groups");
    EXPECT_EQ(person_of(claims, settings()).role, "");
    auto open = settings();
    open.default_role = "read-only";
    EXPECT_EQ(person_of(claims, open).role, "read-only");
}

TEST(Person, RoleMayStandWithinAClaim) {
    auto claims = good_claims();
    claims["realm_access"] = {{"roles", json::array{"boss"}}};
    claims["https://example.com/roles"] = "desk";
    EXPECT_EQ(person_of(claims, settings("realm_access.roles")).role, "admin");
    EXPECT_EQ(person_of(claims, settings("https://example.com/roles")).role, "agent");
    EXPECT_EQ(person_of(claims, settings("realm_access.other")).role, "");
}

TEST(Person, SeesWhatAllGroupsTogetherLetSee) {
    using Names = std::vector<std::string>;
    auto claims = good_claims();
    EXPECT_FALSE(person_of(claims, settings()).scope) << "the provider does not say";
    auto limiting = settings();
    limiting.limit_claim = "shops";
    limiting.limits = {{"de", {Names{"shop-de"}, Names{"desk"}}},
                       {"at", {Names{"shop-at", "shop-de"}, Names{}}},
                       {"service", {std::nullopt, Names{"desk"}}}};
    EXPECT_EQ(person_of(claims, limiting).scope, (domain::Scope{Names{}, Names{}}))
        << "who is in no group sees nothing";
    EXPECT_FALSE(is_complete(claims, limiting));
    claims["shops"] = "de";
    EXPECT_EQ(person_of(claims, limiting).scope, (domain::Scope{Names{"shop-de"}, Names{"desk"}}));
    claims["shops"] = json::array{"at", "de", "other"};
    EXPECT_EQ(person_of(claims, limiting).scope,
              (domain::Scope{Names{"shop-de", "shop-at"}, Names{"desk"}}));
    claims["shops"] = json::array{"at", "service"};
    EXPECT_EQ(person_of(claims, limiting).scope, (domain::Scope{std::nullopt, Names{"desk"}}));
}

TEST(Person, HasANameOfBoundedLength) {
    auto claims = good_claims();
    EXPECT_EQ(person_of(claims, settings()).name, "u-1");
    EXPECT_EQ(person_of(claims, settings()).full_name, "Ada");
    claims["email"] = "ada@example.test";
    EXPECT_EQ(person_of(claims, settings()).name, "ada@example.test");
    claims["preferred_username"] = "ada";
    EXPECT_EQ(person_of(claims, settings()).name, "ada");
    claims["name"] = std::string(63, 'a') + "\xc3\xa4";
    EXPECT_EQ(person_of(claims, settings()).full_name, std::string(63, 'a'));
}

}  // namespace
}  // namespace orderhub::identity
