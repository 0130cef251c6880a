#include "hub/linking/numbers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace orderhub::linking {
namespace {

std::vector<NumberWord> numbers(std::string_view body, const Settings& settings = {}) {
    const Text text = read_text("", body);
    return find_numbers(text, find_cues(text), std::vector<bool>(text.words.size()), settings);
}

bool has(const std::vector<NumberWord>& all, std::string_view number, bool claimed = false) {
    return std::ranges::any_of(all, [&](const NumberWord& each) {
        return each.key == number_key(number) && (each.claimed || !claimed);
    });
}

TEST(Numbers, AreReadInEverySpelling) {
    for (const char* each : {"SO-104233", "so 104233", "SO104 233", "SO-IO4233", "S0-1O4Z33",
                             "#SO.104233", "SO 10 42 33"})
        EXPECT_TRUE(has(numbers(each), "SO-104233")) << each;
}

TEST(Numbers, AreClaimedByTheWordsBeforeThem) {
    EXPECT_TRUE(has(numbers("my order number is 10423"), "10423", true));
    EXPECT_TRUE(has(numbers("Bestellnr. 10423"), "10423", true));
    EXPECT_TRUE(has(numbers("mon numéro de commande : 10423"), "10423", true));
    EXPECT_TRUE(has(numbers("mi pedido 10423"), "10423", true));
    EXPECT_FALSE(has(numbers("I live at 10423 Elm Street"), "10423", true));
}

TEST(Numbers, MayHaveOneDigitOrNone) {
    EXPECT_TRUE(has(numbers("KLSXMU6BHDNNGAJK is torn"), "KLSXMU6BHDNNGAJK"));
    EXPECT_TRUE(has(numbers("order KLSXMUGBHDNNGAJK is torn"), "KLSXMUGBHDNNGAJK"));
    EXPECT_FALSE(has(numbers("the order confirmation"), "confirmation", true));
    EXPECT_FALSE(has(numbers("a beautiful wallpaper"), "wallpaper"));
    EXPECT_TRUE(
        has(numbers("I ordered DPGLJZTKZLZPSJPC and it has not come."), "DPGLJZTKZLZPSJPC"));
    EXPECT_TRUE(has(numbers("DPGLJZTKZLZPSJPC"), "DPGLJZTKZLZPSJPC"));
    EXPECT_FALSE(has(numbers("A BEAUTIFUL WALLPAPER HAS COME TORN"), "WALLPAPER"));
}

TEST(Numbers, LoseTheirPrefix) {
    EXPECT_EQ(number_tail("SO-0010423"), "10423");
    EXPECT_EQ(number_tail("SO-12"), "");
}

TEST(Patterns, MendDigitsAndRefuseWrongCheckDigits) {
    EXPECT_EQ(fit_pattern({"", "SO-####", CheckDigit::none}, "S01O42"), "SO1042");
    EXPECT_EQ(fit_pattern({"", "SO-####", CheckDigit::none}, "SO10423"), "");
    EXPECT_EQ(fit_pattern({"", "########", CheckDigit::luhn}, "49927398"), "");
    EXPECT_EQ(fit_pattern({"", "###########", CheckDigit::luhn}, "49927398716"), "49927398716");
    EXPECT_EQ(fit_pattern({"", "##########", CheckDigit::mod97}, "0000000001"), "0000000001");
    Settings settings;
    settings.patterns.push_back({"shop", "@####", CheckDigit::none});
    EXPECT_TRUE(has(numbers("it is w1042 I think", settings), "W1042", true));
}

}  // namespace
}  // namespace orderhub::linking
