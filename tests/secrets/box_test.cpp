// What is sealed is opened by the same key for the same place, and by nothing else.
#include "hub/secrets/box.hpp"

#include <gtest/gtest.h>

namespace orderhub::secrets {
namespace {

const Key kKey = derive_key("a secret of some length", "tests");

TEST(Box, OpensWhatItSealed) {
    const std::string text("bytes \0 and all", 15);
    const auto sealed = seal(kKey, text, "row 1");
    EXPECT_EQ(sealed.find("bytes"), sealed.npos);
    EXPECT_EQ(unseal(kKey, sealed, "row 1"), text);
    EXPECT_EQ(unseal(kKey, seal(kKey, "", "row 1"), "row 1"), "");
}

TEST(Box, SealsTheSameTextDifferentlyEachTime) {
    EXPECT_NE(seal(kKey, "text", "row 1"), seal(kKey, "text", "row 1"));
}

TEST(Box, IsOfOnePlaceAndOneKey) {
    const auto sealed = seal(kKey, "text", "row 1");
    EXPECT_FALSE(unseal(kKey, sealed, "row 2"));
    EXPECT_FALSE(unseal(derive_key("a secret of some length", "other"), sealed, "row 1"));
    EXPECT_FALSE(unseal(derive_key("another secret", "tests"), sealed, "row 1"));
}

TEST(Box, ShowsEveryChange) {
    const auto sealed = seal(kKey, "text", "row 1");
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        auto changed = sealed;
        changed[at] = changed[at] == 'A' ? 'Q' : 'A';
        EXPECT_FALSE(unseal(kKey, changed, "row 1")) << at;
        EXPECT_FALSE(unseal(kKey, sealed.substr(0, at), "row 1")) << at;
    }
    EXPECT_FALSE(unseal(kKey, sealed + "A", "row 1"));
    EXPECT_FALSE(unseal(kKey, "not base64!", "row 1"));
}

}  // namespace
}  // namespace orderhub::secrets
