#include "documents/money.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace orderhub::documents {
namespace {

using sdk::Json;

TEST(Minor, IsExactForEveryCurrency) {
    EXPECT_EQ(minor_of(Json::number("36.30"), "EUR"), 3630);
    EXPECT_EQ(minor_of(Json::number("36.3"), "EUR"), 3630);
    EXPECT_EQ(minor_of(Json::number("-5"), "EUR"), -500);
    EXPECT_EQ(minor_of(Json::number("1200"), "JPY"), 1200);
    EXPECT_EQ(minor_of(Json::number("1.234"), "BHD"), 1234);
    EXPECT_EQ(minor_of(Json::number("1E+2"), "EUR"), 10000);
    EXPECT_EQ(minor_of(Json::number("15e-2"), "EUR"), 15);
    EXPECT_EQ(minor_of(Json(), "EUR"), 0);
    EXPECT_EQ(minor_of(Json("12.34"), "EUR"), 1234);
}

TEST(Minor, RoundsWhatACurrencyDoesNotHave) {
    EXPECT_EQ(minor_of(Json::number("0.005"), "EUR"), 1);
    EXPECT_EQ(minor_of(Json::number("-0.005"), "EUR"), -1);
    EXPECT_EQ(minor_of(Json::number("0.0049999"), "EUR"), 0);
    EXPECT_EQ(minor_of(Json::number("99.9999"), "EUR"), 10000);
    EXPECT_EQ(minor_of(Json::number("0.5"), "JPY"), 1);
}

TEST(Minor, RefusesWhatIsNoNumber) {
    EXPECT_THROW(minor_of(Json("12,34"), "EUR"), std::invalid_argument);
    EXPECT_THROW(minor_of(Json(""), "EUR"), std::invalid_argument);
    EXPECT_THROW(minor_of(Json::number("1e99"), "EUR"), std::invalid_argument);
    EXPECT_THROW(minor_of(Json::number("1e30"), "EUR"), std::invalid_argument);
}

TEST(Spread, ClosesExactly) {
    EXPECT_EQ(spread(-100, {1, 1, 1}), (std::vector<std::int64_t>{-34, -33, -33}));
    EXPECT_EQ(spread(5, {0, 0}), (std::vector<std::int64_t>{5, 0}));
    EXPECT_EQ(spread(0, {3, 4}), (std::vector<std::int64_t>{0, 0}));
    for (std::int64_t total = -50; total < 50; ++total) {
        const auto shares = spread(total, {7, 0, -11, 3, 900'000'000'000'000});
        EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), total);
        EXPECT_EQ(shares[1], 0);
    }
}

TEST(Shifted, GivesPercent) {
    EXPECT_EQ(shifted("0.0825", 2), "8.25");
    EXPECT_EQ(shifted("0.2", 2), "20");
    EXPECT_EQ(shifted("0", 2), "0");
    EXPECT_EQ(shifted("1", 2), "100");
    EXPECT_EQ(shifted("5e-2", 2), "5");
}

}  // namespace
}  // namespace orderhub::documents
