#include "hub/linking/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "hub/linking/fold.hpp"

namespace orderhub::linking {
namespace {

bool share_a_concept(std::string_view one, std::string_view other) {
    const auto of_one = concepts_of(fold(one));
    const auto of_other = concepts_of(fold(other));
    return std::ranges::any_of(of_one, [&](std::uint16_t kind) {
        return std::ranges::find(of_other, kind) != of_other.end();
    });
}

TEST(Fold, AccentsAndCasesDoNotCount) {
    EXPECT_EQ(fold("Çà ÑANDÚ Straße œuf Łódź"), "ca nandu strasse oeuf lodz");
    EXPECT_EQ(squash(fold("Müller")), squash(fold("Mueller")));
}

TEST(Stems, PluralsAreTheSameWord) {
    for (const auto& [one, many] : {std::pair{"kettle", "kettles"},
                                    {"Tasse", "Tassen"},
                                    {"Schuh", "Schuhe"},
                                    {"chaussure", "chaussures"},
                                    {"zapato", "zapatos"},
                                    {"watch", "watches"}})
        EXPECT_EQ(stem(fold(one)), stem(fold(many)));
}

TEST(Edits, CountSlipsAndSwaps) {
    EXPECT_EQ(edits("10423", "10432", 2), 1);
    EXPECT_EQ(edits("kettle", "ketle", 2), 1);
    EXPECT_GT(edits("kettle", "bottle", 1), 1);
    EXPECT_FALSE(may_be_typo("cup", "cap"));
}

TEST(Concepts, JoinWordsOfDifferentLanguages) {
    EXPECT_TRUE(share_a_concept("mug", "Tassen"));
    EXPECT_TRUE(share_a_concept("Kopfhörer", "auriculares"));
    EXPECT_TRUE(share_a_concept("blau", "navy"));
    EXPECT_TRUE(share_a_concept("Hundebett", "bed"));
    EXPECT_TRUE(share_a_concept("Badregal", "shelf"));
    EXPECT_FALSE(share_a_concept("kettle", "jacket"));
    EXPECT_TRUE(concepts_of("wondering").empty());
    EXPECT_FALSE(share_a_concept("adjustable", "table"));
    EXPECT_FALSE(share_a_concept("trainers", "train"));
}

TEST(Concepts, OfSeveralWordsAreThoseOfOneThing) {
    const auto of = [](std::initializer_list<const char*> words) {
        std::string stems;
        for (const char* word : words)
            stems += (stems.empty() ? "" : " ") + stem(fold(word));
        return concepts_of_phrase(stems);
    };
    EXPECT_FALSE(of({"shower", "head"}).empty());
    EXPECT_EQ(of({"shower", "head"}), of({"pommeau", "de", "douche"}));
    EXPECT_EQ(of({"shower", "head"}), concepts_of("duschkopf"));
    EXPECT_TRUE(of({"shower", "table"}).empty());
}

TEST(Concepts, ASlipInAWordForGoodsIsSeen) {
    EXPECT_EQ(concepts_nearly("staubsuager"), concepts_of("staubsauger"));
    EXPECT_EQ(concepts_nearly("umbrela"), concepts_of("umbrella"));
    EXPECT_TRUE(concepts_nearly("wonderful").empty());
    EXPECT_TRUE(concepts_nearly("lamp").empty());
}

TEST(Names, ShortFormsAreTheirBearers) {
    const auto same = [](const char* one, const char* other) {
        return is_nickname(squash(fold(one)), squash(fold(other)));
    };
    EXPECT_TRUE(same("Bill", "William"));
    EXPECT_TRUE(same("Steffi", "Stefanie"));
    EXPECT_TRUE(same("Nacho", "Ignacio"));
    EXPECT_FALSE(same("Ada", "Eve"));
}

}  // namespace
}  // namespace orderhub::linking
