// Texts in the store: sealed, in clear from before, and in the middle of a change of keys.
#include "hub/secrets/keyring.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace orderhub::secrets {
namespace {

Key fresh() {
    return parse_key(new_key()).value();
}

TEST(Keyring, WithoutAKeyTextsStayAsTheyAre) {
    const Keyring none;
    EXPECT_EQ(none.protect("cursor 7", "a"), "cursor 7");
    EXPECT_EQ(none.reveal("cursor 7", "a"), "cursor 7");
    for (const auto* text : {"", "sealed:1:0123456789abcdef:x", "sealed:1:", "clear:", "clear:x"})
        EXPECT_EQ(none.reveal(none.protect(text, "a"), "a"), text);
}

TEST(Keyring, SealsWithTheFirstKeyAndOpensWithAny) {
    const auto old = fresh();
    const auto next = fresh();
    const Keyring before({old});
    const auto stored = before.protect("secret", "a");
    EXPECT_EQ(stored.find("secret"), stored.npos);
    EXPECT_TRUE(stored.starts_with(before.mark()));
    const Keyring during({next, old});
    EXPECT_EQ(during.reveal(stored, "a"), "secret");
    EXPECT_FALSE(stored.starts_with(during.mark()));
    const auto again = during.protect("secret", "a");
    EXPECT_TRUE(again.starts_with(during.mark()));
    EXPECT_EQ(Keyring({next}).reveal(again, "a"), "secret");
    EXPECT_EQ(during.reveal("in clear from before", "a"), "in clear from before");
    EXPECT_EQ(during.protect("", "a"), "");
}

TEST(Keyring, SaysWhichKeyIsMissing) {
    const Keyring one({fresh()});
    const auto stored = one.protect("secret", "a");
    const auto id = stored.substr(9, 16);
    const Keyring other({fresh()});
    EXPECT_EQ(other.missing_key(stored), id);
    EXPECT_EQ(Keyring().missing_key(stored), id);
    EXPECT_FALSE(one.missing_key(stored));
    EXPECT_FALSE(other.missing_key("in clear"));
    EXPECT_THROW(other.reveal(stored, "a"), std::runtime_error);
}

TEST(Keyring, AMovedTextIsNotTakenForAnother) {
    const Keyring one({fresh()});
    EXPECT_THROW(one.reveal(one.protect("secret", "row 1"), "row 2"), std::runtime_error);
}

TEST(Keyring, AKeyIs32BytesInBase64) {
    EXPECT_EQ(new_key().size(), 44U);
    EXPECT_NE(new_key(), new_key());
    for (const auto* text : {"", "short", "not base64 at all but of forty-four characters!",
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
        EXPECT_FALSE(parse_key(text)) << text;
}

}  // namespace
}  // namespace orderhub::secrets
