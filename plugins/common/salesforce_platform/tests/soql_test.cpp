#include "salesforce_platform/soql.hpp"

#include <gtest/gtest.h>

namespace orderhub::salesforce {
namespace {

TEST(Soql, QuotesWhatHasAMeaning) {
    EXPECT_EQ(quoted("O'Neil\\"), "'O\\'Neil\\\\'");
    EXPECT_EQ(quoted("a\nb"), "'a\\nb'");
    EXPECT_EQ(quoted_list({"a", "b'"}), "('a', 'b\\'')");
}

TEST(Soql, InstantsHaveWholeSeconds) {
    const auto instant = instant_of("2026-11-02T09:15:22.345+0000");
    ASSERT_TRUE(instant);
    EXPECT_EQ(instant_literal(*instant), "2026-11-02T09:15:22Z");
    EXPECT_EQ(instant_of("2026-11-02T10:15:22.345+0100"), instant);
    EXPECT_FALSE(instant_of("yesterday"));
}

TEST(Soql, IdsAreLettersAndDigits) {
    EXPECT_TRUE(is_id("5003z00002AbCdE"));
    EXPECT_TRUE(same_id("5003z00002AbCdE", "5003z00002AbCdEAAV"));
    EXPECT_FALSE(same_id("5003z00002AbCdE", "5003z00002AbCdf"));
    EXPECT_FALSE(is_id("5003z00002AbCd'"));
    EXPECT_FALSE(is_id(""));
}

}  // namespace
}  // namespace orderhub::salesforce
