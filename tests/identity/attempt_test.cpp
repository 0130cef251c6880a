#include "hub/identity/attempt.hpp"

#include <gtest/gtest.h>

#include "hub/identity/forms.hpp"

namespace orderhub::identity {
namespace {

TEST(Attempt, ComesBackAsItWas) {
    const auto begun = begin_attempt("/orders?q=7", 1'000);
    EXPECT_EQ(begun.state.size(), 43U);
    EXPECT_NE(begun.state, begun.nonce);
    EXPECT_NE(begun.nonce, begun.verifier);
    const auto opened = open_attempt(seal_attempt(begun, "secret"), "secret", 2'000);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->state, begun.state);
    EXPECT_EQ(opened->nonce, begun.nonce);
    EXPECT_EQ(opened->verifier, begun.verifier);
    EXPECT_EQ(opened->return_to, "/orders?q=7");
}

TEST(Attempt, IsOfThisHubAndOfNow) {
    const auto sealed = seal_attempt(begin_attempt("/", 1'000), "secret");
    EXPECT_TRUE(open_attempt(sealed, "secret", 1'000 + kAttemptMs - 1));
    EXPECT_FALSE(open_attempt(sealed, "secret", 1'000 + kAttemptMs));
    EXPECT_FALSE(open_attempt(sealed, "another", 2'000));
    EXPECT_FALSE(open_attempt("", "secret", 2'000));
    EXPECT_FALSE(open_attempt("made up", "secret", 2'000));
}

TEST(Attempt, ReturnsToPagesOfTheHubOnly) {
    for (const auto* page : {"/", "/orders", "/orders?q=a%20b#x"})
        EXPECT_TRUE(is_page(page)) << page;
    for (const auto* other : {"", "orders", "//evil.example", "https://evil.example", "/\\evil",
                              "/a\r\nSet-Cookie: x", "/a b", "/\xc3\xa4"})
        EXPECT_FALSE(is_page(other)) << other;
    EXPECT_FALSE(is_page("/" + std::string(2'000, 'a')));
    EXPECT_EQ(begin_attempt("//evil.example", 0).return_to, "/");
}

TEST(Forms, FitTheStandards) {
    // The example of RFC 7636, appendix B.
    EXPECT_EQ(challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    EXPECT_EQ(form({{"a", "b c&d"}, {"e", "+/="}}), "a=b%20c%26d&e=%2B%2F%3D");
    EXPECT_EQ(basic_authorization("a b", "c:d"), "Basic YSUyMGI6YyUzQWQ=");
}

}  // namespace
}  // namespace orderhub::identity
