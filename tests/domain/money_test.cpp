#include "hub/domain/money.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

namespace orderhub::domain {
namespace {

TEST(Money, DecimalTextFollowsTheCurrency) {
    const Currency euro = *currency("EUR"), yen = *currency("JPY"), dinar = *currency("BHD");
    EXPECT_EQ(parse_decimal("12.34", euro)->count(), 1234);
    EXPECT_EQ(parse_decimal("-0.05", euro)->count(), -5);
    EXPECT_EQ(parse_decimal("12", euro)->count(), 1200);
    EXPECT_EQ(parse_decimal("12.3400", euro)->count(), 1234);
    EXPECT_EQ(parse_decimal("1999", yen)->count(), 1999);
    EXPECT_EQ(parse_decimal("1.005", dinar)->count(), 1005);
    EXPECT_EQ(to_decimal(Minor{-5}, euro), "-0.05");
    EXPECT_EQ(to_decimal(Minor{5}, dinar), "0.005");
    EXPECT_EQ(to_decimal(Minor{1999}, yen), "1999");
    EXPECT_EQ(to_decimal(Minor{std::numeric_limits<std::int64_t>::min()}, yen),
              "-9223372036854775808");
}

TEST(Money, RefusesWhatItCannotKeepExactly) {
    const Currency euro = *currency("EUR"), yen = *currency("JPY");
    for (const char* text : {"", "-", ".", "1.", ".5", "1e3", "1.234", "1,5", " 1", "+1", "--1",
                             "99999999999999999999"})
        EXPECT_FALSE(parse_decimal(text, euro)) << text;
    EXPECT_FALSE(parse_decimal("1.5", yen));
    EXPECT_FALSE(currency("eur"));
    EXPECT_FALSE(currency("EURO"));
}

TEST(Money, OverflowThrows) {
    const Minor most{std::numeric_limits<std::int64_t>::max()};
    EXPECT_THROW(most + Minor{1}, std::overflow_error);
    EXPECT_THROW(Minor{-2} - most, std::overflow_error);
}

TEST(Money, SharesAddUpUnitByUnit) {
    // 12974 in three parts: none is a whole number of minor units.
    Minor taken;
    for (std::int64_t kept = 3; kept > 0; --kept)
        taken += share(Minor{12974}, kept, 3) - share(Minor{12974}, kept - 1, 3);
    EXPECT_EQ(taken.count(), 12974);
    EXPECT_EQ(share(Minor{-5}, 1, 2).count(), -3);
    EXPECT_EQ(share(Minor{5}, 1, 2).count(), 3);
    EXPECT_THROW(share(Minor{5}, 3, 2), std::logic_error);
}

TEST(Money, AllocationIsExactAndDeterministic) {
    const std::vector<std::int64_t> thirds{1, 1, 1};
    const auto parts = allocate(Minor{100}, thirds);
    EXPECT_EQ(parts[0].count(), 34);
    EXPECT_EQ(parts[1].count(), 33);
    EXPECT_EQ(parts[2].count(), 33);
    const auto negative = allocate(Minor{-100}, thirds);
    EXPECT_EQ(negative[0].count(), -34);
    const std::vector<std::int64_t> nothing{0, 0};
    EXPECT_EQ(allocate(Minor{7}, nothing)[0].count(), 7);
}

}  // namespace
}  // namespace orderhub::domain
