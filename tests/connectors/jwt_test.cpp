// Access tokens by a signed assertion (RFC 7523): what the endpoint is sent, and which
// configuration is refused.
#include "hub/connectors/jwt.hpp"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <boost/json.hpp>
#include <chrono>
#include <memory>

#include "hub/connectors/access_token.hpp"
#include "hub/connectors/encoding.hpp"

namespace orderhub::connectors::test {
namespace {

namespace json = boost::json;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// One RSA key for all tests: making one takes a moment.
EVP_PKEY* rsa_key() {
    static const Key key(EVP_RSA_gen(2048), &EVP_PKEY_free);
    return key.get();
}

std::string pem_of(EVP_PKEY* key, const EVP_CIPHER* cipher = nullptr) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    unsigned char phrase[] = "phrase";
    PEM_write_bio_PrivateKey(out.get(), key, cipher, cipher ? phrase : nullptr, cipher ? 6 : 0,
                             nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string from_base64url(std::string text) {
    for (char& c : text)
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.append((4 - text.size() % 4) % 4, '=');
    return from_base64(text).value_or("");
}

bool is_signed(std::string_view text, std::string_view signature) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, rsa_key());
    return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                            signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                            text.size()) == 1;
}

OAuth2Grant grant(std::string word) {
    OAuth2Grant made;
    made.grant = std::move(word);
    made.token_url = "config:login_url/token";
    made.client_id_key = "client_id";
    made.client_secret_key = "client_secret";
    made.private_key_key = "private_key";
    made.subject_key = "username";
    made.scope = "config:scope";
    made.audience = "config:login_url";
    return made;
}

Secrets secrets(std::string private_key, std::string chosen = "jwt_bearer") {
    return {{{"client_secret", "s3cret"}, {"private_key", std::move(private_key)}},
            {{"grant", std::move(chosen)},
             {"login_url", "https://login.example"},
             {"client_id", "client-1"},
             {"username", "hub@example.test"},
             {"scope", "api id"}}};
}

TEST(JwtBearer, the_assertion_is_signed_for_the_user_and_short_lived) {
    auto token = AccessToken::make(grant("config:grant"), secrets(pem_of(rsa_key())));
    ASSERT_TRUE(token) << token.error().message;
    const std::chrono::sys_seconds today{std::chrono::seconds(1'795'000'000)};
    const TokenRequest request = token->begin(today);
    EXPECT_EQ(request.url, "https://login.example/token");
    EXPECT_EQ(request.authorization, "");
    const std::string start =
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&scope=api%20id&"
        "assertion=";
    ASSERT_TRUE(request.body.starts_with(start)) << request.body;
    const std::string assertion = request.body.substr(start.size());
    const std::size_t first = assertion.find('.');
    const std::size_t last = assertion.rfind('.');
    ASSERT_LT(first, last);
    EXPECT_EQ(from_base64url(assertion.substr(0, first)), R"({"alg":"RS256","typ":"JWT"})");
    const json::value claims =
        json::parse(from_base64url(assertion.substr(first + 1, last - first - 1)));
    EXPECT_EQ(claims, json::parse(R"({"iss": "client-1", "sub": "hub@example.test",
                                      "aud": "https://login.example", "exp": 1795000150})"));
    EXPECT_TRUE(is_signed(assertion.substr(0, last), from_base64url(assertion.substr(last + 1))));
    EXPECT_FALSE(
        is_signed(assertion.substr(0, last - 1), from_base64url(assertion.substr(last + 1))));
}

TEST(JwtBearer, the_operator_may_choose_client_credentials_instead) {
    auto token = AccessToken::make(grant("config:grant"), secrets("", "client_credentials"));
    ASSERT_TRUE(token) << token.error().message;
    const TokenRequest request = token->begin();
    EXPECT_TRUE(request.body.starts_with("grant_type=client_credentials&scope=api%20id"))
        << request.body;
    EXPECT_FALSE(request.body.contains("assertion"));
    EXPECT_EQ(request.authorization, "Basic " + to_base64("client-1:s3cret"));
}

TEST(JwtBearer, a_key_that_cannot_sign_is_refused_by_its_name) {
    const Key curve(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    for (const std::string& key :
         {std::string("no key"), pem_of(curve.get()), pem_of(rsa_key(), EVP_aes_128_cbc())}) {
        const auto token = AccessToken::make(grant("jwt_bearer"), secrets(key));
        ASSERT_FALSE(token);
        EXPECT_EQ(token.error().field, "/private_key");
    }
    const auto without = AccessToken::make(grant("jwt_bearer"), secrets(""));
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().field, "/private_key");
    const auto no_grant = AccessToken::make(grant("config:grant"), secrets("", "password"));
    ASSERT_FALSE(no_grant);
    EXPECT_TRUE(no_grant.error().message.contains("'password'"));
}

}  // namespace
}  // namespace orderhub::connectors::test
