// Each way in which a well-signed ID token can be wrong.
#include "hub/identity/id_token.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "token_maker.hpp"

namespace orderhub::identity {
namespace {

std::string refusal(const json::object& claims) {
    const auto good = check_id_token(claims, {"https://login.example", "hub", "n-1", kNow});
    return good ? "" : good.error().message;
}

/// The good claims with one changed; without it if the value is null.
std::string with(const char* name, const json::value& value) {
    auto claims = good_claims();
    if (value.is_null())
        claims.erase(name);
    else
        claims[name] = value;
    return refusal(claims);
}

#define EXPECT_REFUSED(name, value) \
    EXPECT_NE(with(name, value).find("(" + std::string(name) + ")"), std::string::npos)

TEST(IdToken, GoodOnesAreTaken) {
    EXPECT_EQ(refusal(good_claims()), "");
    EXPECT_EQ(with("aud", json::array{"hub"}), "");
    EXPECT_EQ(with("azp", "hub"), "");
    EXPECT_EQ(with("nbf", kNow), "");
}

TEST(IdToken, IsOfTheIssuer) {
    for (const json::value& value :
         {json::value("https://login.example/"), json::value("https://evil.example"),
          json::value(7), json::value(nullptr)})
        EXPECT_REFUSED("iss", value);
}

TEST(IdToken, IsForThisClient) {
    for (const json::value& value :
         {json::value("other"), json::value(json::array{"other"}), json::value(json::array{}),
          json::value(nullptr), json::value(7)})
        EXPECT_REFUSED("aud", value);
    EXPECT_REFUSED("azp", "other");
    auto several = good_claims();
    several["aud"] = json::array{"hub", "other"};
    EXPECT_NE(refusal(several).find("(azp)"), std::string::npos);
    several["azp"] = "hub";
    EXPECT_EQ(refusal(several), "");
}

TEST(IdToken, IsOfNow) {
    EXPECT_EQ(with("exp", kNow - 59), "") << "clocks differ a little";
    for (const json::value& value : {json::value(kNow - 60), json::value(nullptr),
                                     json::value("soon"), json::value(-1), json::value(1e300)})
        EXPECT_REFUSED("exp", value);
    EXPECT_EQ(with("iat", kNow + 60), "");
    EXPECT_EQ(with("iat", static_cast<double>(kNow) - 0.5), "");
    for (const json::value& value : {json::value(kNow + 61), json::value(kNow - 661),
                                     json::value(nullptr), json::value("now")})
        EXPECT_REFUSED("iat", value);
    EXPECT_REFUSED("nbf", kNow + 61);
    EXPECT_REFUSED("nbf", "later");
}

TEST(IdToken, IsOfThisSignIn) {
    for (const json::value& value :
         {json::value("n-2"), json::value(""), json::value(nullptr), json::value(1)})
        EXPECT_REFUSED("nonce", value);
    EXPECT_FALSE(check_id_token(good_claims(), {"https://login.example", "hub", "", kNow}));
}

TEST(IdToken, SaysWhoSignsIn) {
    for (const json::value& value : {json::value(""), json::value(std::string(256, 'x')),
                                     json::value(nullptr), json::value(12)})
        EXPECT_REFUSED("sub", value);
}

}  // namespace
}  // namespace orderhub::identity
