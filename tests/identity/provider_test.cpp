// The whole way with a provider that says what the test wants.
#include "hub/identity/provider.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "token_maker.hpp"

namespace orderhub::identity {
namespace {

class WithProvider : public testing::Test {
protected:
    static void SetUpTestSuite() { first_ = std::make_unique<SigningKey>(SigningKey::rsa("one")); }
    static void TearDownTestSuite() { first_.reset(); }

    WithProvider() {
        metadata_ = {{"issuer", "https://login.example"},
                     {"authorization_endpoint", "https://login.example/auth?tenant=1"},
                     {"token_endpoint", "https://login.example/token"},
                     {"userinfo_endpoint", "https://login.example/me"},
                     {"jwks_uri", "https://login.example/jwks"}};
        keys_ = key_set({first_->shown()});
        claims_["nonce"] = attempt_.nonce;
        token_ = first_->sign(claims_);
    }

    static Settings settings() {
        Settings made;
        made.issuer = "https://login.example";
        made.client_id = "hub";
        made.client_secret = "s:1";
        made.redirect_uri = "https://hub.example/back";
        made.role_claim = "groups";
        made.roles = {{"desk", "agent"}};
        return made;
    }

    Result<WebAnswer> answer(const WebRequest& request) {
        ++asked_[request.url];
        last_[request.url] = request;
        if (away_) return fail(ErrorKind::Unavailable, "provider_unavailable", "away");
        if (request.url.ends_with("openid-configuration"))
            return WebAnswer{200, json::serialize(metadata_)};
        if (request.url.ends_with("/jwks")) return WebAnswer{200, keys_};
        if (request.url.ends_with("/me")) return WebAnswer{200, json::serialize(user_info_)};
        return WebAnswer{token_status_, json::serialize(json::object{{"id_token", token_},
                                                                     {"access_token", "at-1"}})};
    }

    std::string redeem(Returned returned) {
        const auto person = provider_.redeem(attempt_, returned);
        return person ? "person " + person->subject + " " + person->role : person.error().code;
    }
    std::string redeem() { return redeem({attempt_.state, "code-1", ""}); }

    static inline std::unique_ptr<SigningKey> first_;
    json::object metadata_;
    json::object user_info_{{"sub", "u-1"}, {"preferred_username", "ada"}};
    json::object claims_ = good_claims();
    std::string keys_;
    std::string token_;
    int token_status_ = 200;
    bool away_ = false;
    std::int64_t now_ms_ = kNow * 1000;
    std::map<std::string, int> asked_;
    std::map<std::string, WebRequest> last_;
    const Attempt attempt_ = begin_attempt("/", kNow * 1000);
    Provider provider_{settings(), [this](const WebRequest& request) { return answer(request); },
                       [this] { return now_ms_; }};
};

constexpr const char* kToken = "https://login.example/token";
constexpr const char* kJwks = "https://login.example/jwks";

TEST_F(WithProvider, SendsTheBrowserWithChallengeStateAndNonce) {
    const auto url = provider_.authorization_url(attempt_);
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->starts_with("https://login.example/auth?tenant=1&response_type=code&"));
    EXPECT_NE(url->find("&state=" + attempt_.state), url->npos);
    EXPECT_NE(url->find("&nonce=" + attempt_.nonce), url->npos);
    EXPECT_NE(url->find("&code_challenge_method=S256"), url->npos);
    EXPECT_NE(url->find("&redirect_uri=https%3A%2F%2Fhub.example%2Fback"), url->npos);
    EXPECT_EQ(url->find(attempt_.verifier), url->npos);
}

TEST_F(WithProvider, RedeemsTheCode) {
    EXPECT_EQ(redeem(), "person u-1 agent");
    const auto& sent = last_[kToken];
    EXPECT_NE(sent.body.find("code_verifier=" + attempt_.verifier), std::string::npos);
    EXPECT_EQ(sent.body.find("client_secret"), std::string::npos);
    EXPECT_EQ(sent.headers.back().second, "Basic aHViOnMlM0Ex");
}

TEST_F(WithProvider, SecretGoesInTheBodyWhereWanted) {
    metadata_["token_endpoint_auth_methods_supported"] = json::array{"client_secret_post"};
    EXPECT_EQ(redeem(), "person u-1 agent");
    EXPECT_NE(last_[kToken].body.find("client_id=hub&client_secret=s%3A1"), std::string::npos);
}

TEST_F(WithProvider, AnotherSignInsAnswerIsNotSentOn) {
    EXPECT_EQ(redeem({"other", "code-1", ""}), "bad_state");
    EXPECT_EQ(redeem({"", "code-1", ""}), "bad_state");
    EXPECT_EQ(redeem({attempt_.state, "code-1", "https://evil.example"}), "bad_state");
    EXPECT_EQ(asked_[kToken], 0);
    metadata_["authorization_response_iss_parameter_supported"] = true;
    now_ms_ += 3'600'000;
    EXPECT_EQ(redeem(), "bad_state") << "a provider that names its issuer did not";
}

TEST_F(WithProvider, RefusalsAndOutagesAreToldApart) {
    token_status_ = 400;
    EXPECT_EQ(redeem(), "code_refused");
    token_status_ = 500;
    EXPECT_EQ(redeem(), "provider_unavailable");
    token_status_ = 302;
    EXPECT_EQ(redeem(), "provider_unavailable");
    away_ = true;
    EXPECT_EQ(redeem(), "provider_unavailable");
}

TEST_F(WithProvider, WrongTokensAreRefused) {
    claims_["nonce"] = "another";
    token_ = first_->sign(claims_);
    EXPECT_EQ(redeem(), "bad_token");
    token_.clear();
    EXPECT_EQ(redeem(), "bad_token");
}

TEST_F(WithProvider, AnUnknownKeyIsLookedForOnceAMinute) {
    EXPECT_EQ(redeem(), "person u-1 agent");
    const auto second = SigningKey::p256("two");
    token_ = second.sign(claims_);
    keys_ = key_set({second.shown()});
    EXPECT_EQ(redeem(), "person u-1 agent");
    EXPECT_EQ(asked_[kJwks], 2);
    const auto nobodys = SigningKey::p256("three");
    token_ = nobodys.sign(claims_);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(redeem(), "unknown_key");
    EXPECT_EQ(asked_[kJwks], 2);
    now_ms_ += 60'000;
    EXPECT_EQ(redeem(), "unknown_key");
    EXPECT_EQ(asked_[kJwks], 3);
}

TEST_F(WithProvider, UserInfoIsOfTheSamePerson) {
    claims_.erase("groups");
    token_ = first_->sign(claims_);
    user_info_["groups"] = json::array{"desk"};
    EXPECT_EQ(redeem(), "person u-1 agent");
    EXPECT_EQ(last_["https://login.example/me"].headers.front().second, "Bearer at-1");
    user_info_["sub"] = "u-2";
    EXPECT_EQ(redeem(), "bad_token");
}

TEST_F(WithProvider, UserInfoDoesNotOverrideTheToken) {
    claims_["groups"] = "nothing";
    token_ = first_->sign(claims_);
    user_info_["groups"] = "desk";
    EXPECT_EQ(redeem(), "person u-1 ");
}

}  // namespace
}  // namespace orderhub::identity
