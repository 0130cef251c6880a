// Users that a provider vouches for, as the API makes and keeps them. The way through a real
// provider is tests/oidc.
#include "api_fixture.hpp"
#include "tests/identity/token_maker.hpp"

namespace orderhub::http {
namespace {

using identity::SigningKey;

class ProviderSignInTest : public ApiTest {
protected:
    static void SetUpTestSuite() { key_ = std::make_unique<SigningKey>(SigningKey::p256("k")); }
    static void TearDownTestSuite() { key_.reset(); }

    void SetUp() override {
        ask_provider_ = [this](const identity::WebRequest& request) { return answer(request); };
        ApiTest::SetUp();
    }

    Result<identity::WebAnswer> answer(const identity::WebRequest& request) {
        const std::string base = "https://login.example";
        if (request.url.ends_with("openid-configuration"))
            return identity::WebAnswer{
                200, json::serialize(json::object{{"issuer", base},
                                                  {"authorization_endpoint", base + "/auth"},
                                                  {"token_endpoint", base + "/token"},
                                                  {"jwks_uri", base + "/jwks"}})};
        if (request.url.ends_with("/jwks"))
            return identity::WebAnswer{200, identity::key_set({key_->shown()})};
        claims_["iat"] = now_.load() / 1000;
        claims_["exp"] = now_.load() / 1000 + 300;
        return identity::WebAnswer{
            200, json::serialize(json::object{{"id_token", key_->sign(claims_)}})};
    }

    static std::string between(const std::string& text, const std::string& begin, char end) {
        const auto at = text.find(begin) + begin.size();
        return text.substr(at, text.find(end, at) - at);
    }

    /// Goes to the provider and comes back with the nonce in its token.
    Reply sign_in(Headers more = {}) {
        const auto begun = call("GET", "/api/v1/session/oidc?to=/orders", "", "", more);
        EXPECT_EQ(begun.status, 302) << begun.body;
        const auto& to = begun.headers.at("location");
        claims_["nonce"] = between(to, "nonce=", '&');
        const auto& cookie = begun.headers.at("set-cookie");
        more.emplace_back("Cookie", cookie.substr(0, cookie.find(';')));
        return call("GET",
                    "/api/v1/session/oidc/callback?code=c&state=" + between(to, "state=", '&'), "",
                    "", more);
    }

    std::string led_to() { return sign_in().headers.at("location"); }

    json::array users() {
        return call("GET", "/api/v1/users", "admin").document().at("users").as_array();
    }

    static inline std::unique_ptr<SigningKey> key_;
    json::object claims_{{"iss", "https://login.example"},
                         {"aud", "hub"},
                         {"sub", "u-1"},
                         {"preferred_username", "ann"},
                         {"name", "Ann"},
                         {"email", "ann@example.test"},
                         {"groups", "desk"}};
};

TEST_F(ProviderSignInTest, IsKnownByIssuerAndSubjectAlone) {
    const auto local =
        send("POST", "/api/v1/users",
             {{"name", "ann"}, {"role", "admin"}, {"password", "four words, a 7"}}, "admin");
    ASSERT_EQ(local.status, 201) << local.body;
    EXPECT_EQ(led_to(), "/orders");
    claims_["sub"] = "u-2";
    EXPECT_EQ(led_to(), "/orders");
    claims_["sub"] = "u-1";
    claims_["preferred_username"] = "renamed";
    claims_["name"] = "Ann B.";
    EXPECT_EQ(led_to(), "/orders");
    const auto all = users();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].at("id"), local.document().at("id"));
    EXPECT_EQ(all[0].at("role").as_string(), "admin") << "somebody else of that name";
    EXPECT_TRUE(all[0].at("issuer").is_null());
    EXPECT_EQ(all[1].at("name").as_string(), "ann (2)");
    EXPECT_EQ(all[1].at("full_name").as_string(), "Ann B.");
    EXPECT_EQ(all[1].at("issuer").as_string(), "https://login.example");
    EXPECT_EQ(all[2].at("name").as_string(), "ann (3)");
}

TEST_F(ProviderSignInTest, HasNoPassword) {
    EXPECT_EQ(led_to(), "/orders");
    for (const auto* password : {"", "four words, a 7"})
        EXPECT_NE(
            send("POST", "/api/v1/session", {{"name", "ann"}, {"password", password}}, "").status,
            200);
    const auto path = "/api/v1/users/" + std::string(users().at(0).at("id").as_string());
    for (const json::object& change :
         {json::object{{"password", "four words, a 7"}}, json::object{{"role", "admin"}}}) {
        const auto refused = send("PATCH", path, change, "admin");
        EXPECT_EQ(refused.status, 409);
        EXPECT_EQ(refused.code(), "kept_by_provider");
    }
}

TEST_F(ProviderSignInTest, WhatSomebodySeesIsAnAdminsToSayIfTheProviderDoesNot) {
    EXPECT_EQ(led_to(), "/orders");
    const auto path = "/api/v1/users/" + std::string(users().at(0).at("id").as_string());
    const json::object shop{{"storefronts", json::array{"shop"}}, {"desks", nullptr}};
    ASSERT_EQ(send("PATCH", path, json::object{{"scope", shop}}, "admin").status, 200);
    EXPECT_EQ(led_to(), "/orders");
    EXPECT_EQ(users().at(0).at("scope"), shop) << "another sign-in leaves it";
}

class LimitingProvider : public ProviderSignInTest {
protected:
    void SetUp() override {
        using Names = std::vector<std::string>;
        provider_limits_ = {{"desk", {Names{"shop"}, Names{}}}, {"all", {}}};
        ProviderSignInTest::SetUp();
    }
};

TEST_F(LimitingProvider, SaysAtEachSignInWhatSomebodySees) {
    const json::object shop{{"storefronts", json::array{"shop"}}, {"desks", json::array()}};
    const json::object all{{"storefronts", nullptr}, {"desks", nullptr}};
    EXPECT_EQ(led_to(), "/orders");
    EXPECT_EQ(users().at(0).at("scope"), shop);
    claims_["groups"] = json::array{"desk", "all"};
    EXPECT_EQ(led_to(), "/orders");
    EXPECT_EQ(users().at(0).at("scope"), all);
    const auto path = "/api/v1/users/" + std::string(users().at(0).at("id").as_string());
    const auto refused = send("PATCH", path, json::object{{"scope", shop}}, "admin");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "kept_by_provider");
}

TEST_F(ProviderSignInTest, WhoIsSwitchedOffStaysOut) {
    EXPECT_EQ(led_to(), "/orders");
    const auto path = "/api/v1/users/" + std::string(users().at(0).at("id").as_string());
    ASSERT_EQ(send("PATCH", path, {{"active", false}}, "admin").status, 200);
    EXPECT_EQ(led_to(), "/?sign_in_refused=switched_off");
}

TEST_F(ProviderSignInTest, CookiesAreBoundToTheHostOverTls) {
    settings_.trusted_proxies = {"127.0.0.1"};
    TearDown();
    SetUp();
    const Headers secure{{"X-Forwarded-Proto", "https"}};
    const auto begun = call("GET", "/api/v1/session/oidc", "", "", secure);
    const auto& cookie = begun.headers.at("set-cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-orderhub_sign_in=")) << cookie;
    for (const auto* part :
         {"; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure", "Max-Age=600"})
        EXPECT_NE(cookie.find(part), cookie.npos) << part;
    EXPECT_EQ(sign_in(secure).headers.at("location"), "/orders");
}

TEST_F(ProviderSignInTest, TakesNoLongerThanTenMinutes) {
    const auto begun = call("GET", "/api/v1/session/oidc", "", "");
    const auto& to = begun.headers.at("location");
    const auto& cookie = begun.headers.at("set-cookie");
    now_ += 10 * 60'000;
    const auto late =
        call("GET", "/api/v1/session/oidc/callback?code=c&state=" + between(to, "state=", '&'), "",
             "", {{"Cookie", cookie.substr(0, cookie.find(';'))}});
    EXPECT_EQ(late.headers.at("location"), "/?sign_in_refused=expired");
}

TEST_F(ProviderSignInTest, WhatIsRefusedIsLoggedWithoutAnybodysName) {
    claims_["aud"] = "another";
    EXPECT_EQ(led_to(), "/?sign_in_refused=failed");
    ASSERT_FALSE(logged_.empty());
    EXPECT_NE(logged_.back().find("(aud)"), std::string::npos) << logged_.back();
    EXPECT_EQ(logged_.back().find("ann"), std::string::npos);
    logged_.clear();
}

}  // namespace
}  // namespace orderhub::http
