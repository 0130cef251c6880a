#include "hub/identity/metadata.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace orderhub::identity {
namespace {

namespace json = boost::json;

constexpr std::string_view kIssuer = "https://login.example";

json::object document() {
    return {{"issuer", kIssuer},
            {"authorization_endpoint", "https://login.example/auth"},
            {"token_endpoint", "https://login.example/token"},
            {"jwks_uri", "https://keys.example/jwks"}};
}

std::string refusal(const json::object& from) {
    const auto read = read_metadata(json::serialize(from), kIssuer);
    return read ? "" : read.error().message;
}

TEST(Metadata, IsRead) {
    auto from = document();
    from["token_endpoint_auth_methods_supported"] = json::array{"client_secret_post"};
    from["authorization_response_iss_parameter_supported"] = true;
    const auto read = read_metadata(json::serialize(from), kIssuer);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->jwks_uri, "https://keys.example/jwks");
    EXPECT_FALSE(read->takes_basic_authorization);
    EXPECT_TRUE(read->names_issuer_on_return);
    EXPECT_TRUE(read_metadata(json::serialize(document()), kIssuer)->takes_basic_authorization);
}

TEST(Metadata, IsOfTheIssuerAndSafe) {
    EXPECT_FALSE(read_metadata("<html>", kIssuer));
    EXPECT_FALSE(read_metadata("[]", kIssuer));
    for (const auto* name : {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}) {
        auto without = document();
        without.erase(name);
        EXPECT_NE(refusal(without), "") << name;
        auto unsafe = document();
        unsafe[name] = "http://login.example/x";
        EXPECT_NE(refusal(unsafe), "") << name;
    }
    auto unsafe = document();
    unsafe["userinfo_endpoint"] = "ftp://login.example/me";
    EXPECT_NE(refusal(unsafe), "");
}

TEST(Metadata, OnlyThisMachineIsSafeWithoutTls) {
    for (const auto* safe :
         {"https://a.example", "http://127.0.0.1:8080/x", "http://[::1]/", "http://localhost:3000"})
        EXPECT_TRUE(is_safe_address(safe)) << safe;
    for (const auto* unsafe : {"http://a.example", "http://127.0.0.1.evil.example", "a.example",
                               "https://user@a.example", "https://", "javascript:alert(1)"})
        EXPECT_FALSE(is_safe_address(unsafe)) << unsafe;
}

}  // namespace
}  // namespace orderhub::identity
