#include "hub/linking/dates.hpp"

#include <gtest/gtest.h>

#include "hub/linking/amounts.hpp"

namespace orderhub::linking {
namespace {

const Day kThursday = day_of(2026, 9, 24);

/// Whether the text names the day as that of the order.
bool names(std::string_view body, Day day, Day received = kThursday) {
    const Text text = read_text("", body);
    std::vector<bool> taken(text.words.size());
    for (const DateClaim& claim : find_dates(text, find_cues(text), received, taken))
        if (claim.first <= day && day <= claim.last && claim.ordered) return true;
    return false;
}

TEST(Dates, AreReadInFourLanguages) {
    const Day day = day_of(2026, 9, 14);
    for (const char* each :
         {"I ordered on 2026-09-14", "ordered on 14 September", "bought September 14th, 2026",
          "bestellt am 14.09.2026", "Bestellt habe ich am 14. September", "am 14.9. bestellt",
          "j'ai commandé le 14/09/2026", "commandé le 14 septembre", "lo pedí el 14 de septiembre",
          "ordered 9/14/2026"})
        EXPECT_TRUE(names(each, day)) << each;
}

TEST(Dates, AreResolvedAgainstTheDayOfTheCase) {
    EXPECT_TRUE(names("ordered last Tuesday", day_of(2026, 9, 22)));
    EXPECT_TRUE(names("letzte Woche bestellt", day_of(2026, 9, 16)));
    EXPECT_FALSE(names("letzte Woche bestellt", day_of(2026, 9, 22)));
    EXPECT_TRUE(names("vor zwei Wochen bestellt", day_of(2026, 9, 10)));
    EXPECT_TRUE(names("commandé il y a trois jours", day_of(2026, 9, 21)));
    EXPECT_TRUE(names("lo compré hace dos semanas", day_of(2026, 9, 10)));
    EXPECT_TRUE(names("yesterday I ordered", day_of(2026, 9, 23)));
    EXPECT_TRUE(names("ordered it in August", day_of(2026, 8, 20)));
    EXPECT_TRUE(names("bestellt im November", day_of(2025, 11, 20)));
    EXPECT_TRUE(names("Anfang September bestellt", day_of(2026, 9, 3)));
}

TEST(Calendar, CountsDaysAsTheCalendarDoes) {
    EXPECT_EQ(day_of(1970, 1, 1), 0);
    EXPECT_EQ(date_text(day_of(2024, 2, 29)), "2024-02-29");
    EXPECT_EQ(instant_of("2026-03-24T10:00:00+02:00"), instant_of("2026-03-24T08:00:00Z"));
    EXPECT_FALSE(instant_of("24.03.2026"));
}

TEST(Amounts, AreReadInEverySpelling) {
    for (const char* each :
         {"49,90 €", "€49.90", "EUR 49,90", "$49.90", "49.90 euros", "49,90 Euro"}) {
        const Text text = read_text("", each);
        std::vector<bool> taken(text.words.size());
        const auto found = find_amounts(text, find_cues(text), taken);
        ASSERT_EQ(found.size(), 1U) << each;
        EXPECT_EQ(found[0].hundredths, 4'990) << each;
    }
    for (const char* each : {"1.234,50 €", "$1,234.50", "1 234,50 euros", "CHF 1'234.50"}) {
        const Text text = read_text("", each);
        std::vector<bool> taken(text.words.size());
        const auto found = find_amounts(text, find_cues(text), taken);
        ASSERT_EQ(found.size(), 1U) << each;
        EXPECT_EQ(found[0].hundredths, 123'450) << each;
    }
}

}  // namespace
}  // namespace orderhub::linking
