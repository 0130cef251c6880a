// Signatures: which keys and algorithms are taken, and every way in which a token is no token.
#include "hub/identity/key_set.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "token_maker.hpp"

namespace orderhub::identity {
namespace {

class Keys : public testing::Test {
protected:
    static void SetUpTestSuite() {
        rsa_ = std::make_unique<SigningKey>(SigningKey::rsa("r"));
        curve_ = std::make_unique<SigningKey>(SigningKey::p256("c"));
    }
    static void TearDownTestSuite() {
        rsa_.reset();
        curve_.reset();
    }

    static std::string refusal(const std::string& token,
                               const std::string& keys = key_set({rsa_->shown(),
                                                                  curve_->shown()})) {
        const auto claims = KeySet::read(keys)->verify(token);
        return claims ? "taken" : claims.error().code;
    }

    static inline std::unique_ptr<SigningKey> rsa_;
    static inline std::unique_ptr<SigningKey> curve_;
};

TEST_F(Keys, GoodSignaturesAreTaken) {
    const auto set = KeySet::read(key_set({rsa_->shown(), curve_->shown()}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 2U);
    for (const auto* key : {rsa_.get(), curve_.get()}) {
        const auto claims = set->verify(key->sign(good_claims()));
        ASSERT_TRUE(claims) << claims.error().message;
        EXPECT_EQ(claims->at("sub").as_string(), "u-1");
    }
}

TEST_F(Keys, AChangedTokenIsRefused) {
    for (const auto* key : {rsa_.get(), curve_.get()}) {
        const auto token = key->sign(good_claims());
        const auto first = token.find('.');
        for (const auto at : {first + 5, token.rfind('.') + 5}) {
            auto changed = token;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            EXPECT_EQ(refusal(changed), "bad_token") << at;
        }
        EXPECT_EQ(refusal(token.substr(0, token.rfind('.') + 1)), "bad_token") << "no signature";
        EXPECT_EQ(refusal(token.substr(0, token.rfind('.'))), "bad_token") << "no third part";
    }
    for (const auto* text : {"", ".", "..", "a.b.c", "{}", "e30.e30.e30"})
        EXPECT_EQ(refusal(text), "bad_token") << text;
    EXPECT_EQ(refusal(std::string(100'000, 'a')), "bad_token");
}

TEST_F(Keys, NoOtherAlgorithmIsTaken) {
    EXPECT_EQ(refusal(compact({{"alg", "none"}}, good_claims(), "")), "bad_token");
    EXPECT_EQ(refusal(compact({{"alg", "None"}, {"kid", "r"}}, good_claims(), "")), "bad_token");
    EXPECT_EQ(refusal(compact({{"kid", "r"}}, good_claims(), "YQ")), "bad_token");
    for (const auto* algorithm : {"PS256", "RS384", "RS512"})
        EXPECT_EQ(refusal(rsa_->sign(good_claims(), algorithm)), "bad_token") << algorithm;
    // The public key taken for a shared secret.
    EXPECT_EQ(refusal(compact({{"alg", "HS256"}, {"kid", "r"}}, good_claims(), "YWJj")),
              "bad_token");
}

TEST_F(Keys, AKeyIsOfOneAlgorithm) {
    auto header = json::object{{"alg", "ES256"}, {"kid", "r"}};
    EXPECT_EQ(refusal(compact(header, good_claims(), "YWJj")), "unknown_key");
    auto named = rsa_->shown();
    named["alg"] = "RS512";
    EXPECT_EQ(refusal(rsa_->sign(good_claims()), key_set({named})), "unknown_key");
}

TEST_F(Keys, WhatMustBeUnderstoodIsRefused) {
    const auto token =
        rsa_->sign(good_claims(), "RS256", {{"crit", json::array{"b64"}}, {"b64", true}});
    EXPECT_EQ(refusal(token), "bad_token");
}

TEST_F(Keys, TheKeyIsTheOneThatIsNamed) {
    const auto other = SigningKey::rsa("other");
    EXPECT_EQ(refusal(other.sign(good_claims())), "unknown_key");
    const auto impostor = SigningKey::rsa("r");
    EXPECT_EQ(refusal(impostor.sign(good_claims())), "bad_token");
    const auto nameless = SigningKey::rsa("");
    EXPECT_EQ(refusal(nameless.sign(good_claims()), key_set({nameless.shown()})), "taken");
    EXPECT_EQ(refusal(nameless.sign(good_claims()), key_set({nameless.shown(), other.shown()})),
              "unknown_key")
        << "which one cannot be told";
}

TEST_F(Keys, KeysForOtherUsesArePassedOver) {
    auto for_encryption = rsa_->shown();
    for_encryption["use"] = "enc";
    const auto weak = SigningKey::rsa("w", 1024);
    const json::object shared{{"kty", "oct"}, {"k", "YWJjYWJjYWJjYWJj"}, {"kid", "s"}};
    const json::object broken{{"kty", "RSA"}, {"n", "!"}, {"e", "AQAB"}, {"kid", "b"}};
    const auto set = KeySet::read(key_set({for_encryption, weak.shown(), shared, broken}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->size(), 0U);
    EXPECT_EQ(refusal(weak.sign(good_claims()), key_set({weak.shown()})), "unknown_key");
}

TEST_F(Keys, WhatIsNoKeySetIsRefused) {
    for (const auto* text : {"", "[]", "{}", R"({"keys": {}})", "<html>"})
        EXPECT_EQ(KeySet::read(text).error().code, "bad_keys") << text;
    EXPECT_EQ(KeySet::read(R"({"keys": [7, null, {}]})")->size(), 0U);
}

}  // namespace
}  // namespace orderhub::identity
