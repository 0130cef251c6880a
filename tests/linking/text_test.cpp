#include "hub/linking/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace orderhub::linking {
namespace {

/// The words that count, with blanks between.
std::string said(std::string_view body, std::string_view subject = "") {
    const Text text = read_text(subject, body);
    std::string words;
    for (const Word& word : text.words)
        if (counts(word.zone)) words += (words.empty() ? "" : " ") + std::string(text.at(word));
    return words;
}

TEST(Quoting, HistoryIsLeftOutInFourLanguages) {
    const std::string fresh = "this is what I write to you now\n\n";
    for (const char* intro :
         {"On Tue, 3 Mar 2026 at 10:02, Shop <help@shop.example> wrote:\n> order 4711",
          "Am 03.03.2026 um 10:02 schrieb Shop:\n> Bestellung 4711",
          "Le mar. 3 mars 2026 à 10:02, Shop\n<help@shop.example> a écrit :\n\nvotre commande 4711",
          "El mar, 3 mar 2026 a las 10:02, Shop (<help@shop.example>) escribió:\n> pedido 4711",
          "-----Original Message-----\nFrom: Shop\nSent: today\nTo: me\n\norder 4711",
          "Von: Shop\nGesendet: heute\nAn: mich\nBetreff: Bestellung\n\nBestellung 4711",
          "________________________________\nDe : Shop\nEnvoyé : lundi\nÀ : moi\n\ncommande 4711",
          "##- Please type your reply above this line -##\norder 4711"})
        EXPECT_EQ(said(fresh + intro), "this is what i write to you now") << intro;
}

TEST(Quoting, WhatIsWrittenBelowALineByLineQuoteCounts) {
    EXPECT_EQ(said("Am 3.3.2026 schrieb Shop:\n> alt\n> alt\nund das ist meine neue Antwort"),
              "und das ist meine neue antwort");
}

TEST(Quoting, AForwardedMailCounts) {
    EXPECT_NE(said("fyi\n\nBegin forwarded message:\n\nFrom: Ada\nTo: Shop\n\nmy kettle leaks")
                  .find("my kettle leaks"),
              std::string::npos);
    EXPECT_NE(
        said("siehe unten\n\nAm 3.3.2026 schrieb Ada:\n> der Kessel ist undicht").find("kessel"),
        std::string::npos);
}

TEST(Quoting, SignaturesPhonesAndAutoRepliesSayNothingOfTheCase) {
    EXPECT_EQ(said("Where is my lovely parcel?\n\nKind regards\nAda Byron\nHRB 12345"),
              "where is my lovely parcel");
    EXPECT_EQ(said("Wo ist mein Paket nur geblieben?\nVon meinem iPhone gesendet"),
              "wo ist mein paket nur geblieben");
    EXPECT_EQ(
        said("This is an automatic reply to your mail,\nticket number 4711.\n\nI really wait"),
        "i really wait");
}

TEST(Html, IsReadForItsText) {
    EXPECT_EQ(said("<p>The&nbsp;kettle <b>leaks</b></p><br>badly"), "the kettle leaks badly");
}

TEST(OddInput, IsReadWithoutHarm) {
    EXPECT_EQ(said("\xff\xfe caf\xc3"), "caf");
    EXPECT_EQ(said(""), "");
    EXPECT_EQ(said(std::string(200'000, '>')), "");
}

}  // namespace
}  // namespace orderhub::linking
