#include "text.hpp"

#include <gtest/gtest.h>

namespace orderhub::request_tracker {
namespace {

TEST(Base64, DecodesWithTheNewlineThatRtAppends) {
    EXPECT_EQ(decode_base64("SGVsbG8=\n"), "Hello");
    EXPECT_EQ(decode_base64("aW50ZXJuYWwgbm90ZSDDqQ==\n"), "internal note \xC3\xA9");
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("SGVs\r\nbG8h"), "Hello!");
    EXPECT_EQ(decode_base64("SG=Vs"), std::nullopt);
    EXPECT_EQ(decode_base64("a*b="), std::nullopt);
}

TEST(Html, KeepsWordsAndLines) {
    EXPECT_EQ(html_to_text(
                  "<p>Hello <b>you</b> &amp; me,</p>\n<p>order&nbsp;1003 &lt;late&gt;<br>Dan</p>"),
              "Hello you & me,\norder 1003 <late>\nDan");
    EXPECT_EQ(
        html_to_text(
            "<head><title>t</title></head><style>p{}</style><SCRIPT>x<1</SCRIPT>a<!-- b -->c"),
        "ac");
    EXPECT_EQ(html_to_text("3 < 4 & 5 &#8364; &#x20AC; &unknown;"),
              "3 < 4 & 5 \xE2\x82\xAC \xE2\x82\xAC &unknown;");
    EXPECT_EQ(html_to_text("open <b"), "open");
    EXPECT_EQ(html_to_text("<style>never closed"), "");
    EXPECT_EQ(html_to_text("&#xFFFFFFF;&#0;"), "&#xFFFFFFF;&#0;")
        << "codes that are no characters stay";
}

TEST(Utf8, ReplacesWhatIsBrokenAndDropsNul) {
    EXPECT_EQ(to_valid_utf8("a\xC3\xA9\xF0\x9F\x98\x80"), "a\xC3\xA9\xF0\x9F\x98\x80");
    EXPECT_EQ(to_valid_utf8(std::string_view("a\0b", 3)), "ab");
    EXPECT_EQ(to_valid_utf8("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "overlong";
    EXPECT_EQ(to_valid_utf8("\xED\xA0\x80x"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx")
        << "surrogate";
    EXPECT_EQ(to_valid_utf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "cut off";
}

TEST(Cut, NeverSplitsACharacter) {
    EXPECT_EQ(cut("ab\xC3\xA9", 4), "ab\xC3\xA9");
    EXPECT_EQ(cut("ab\xC3\xA9", 3), "ab");
    EXPECT_EQ(cut("\xF0\x9F\x98\x80", 3), "");
}

TEST(Normalised, ComparesWhatAFormMayHaveChanged) {
    EXPECT_EQ(normalised(" 2 x Mug\r\n1 x Tea\r\n"), "2 x Mug\n1 x Tea");
    EXPECT_EQ(normalised(" \n"), "");
}

TEST(Query, QuotesAndEncodes) {
    EXPECT_EQ(quoted("it's \\ x"), "'it\\'s \\\\ x'");
    EXPECT_EQ(url_encode("a b/\xC3\xA9&~"), "a%20b%2F%C3%A9%26~");
}

TEST(Instants, AreUtc) {
    EXPECT_EQ(to_instant(1'795'000'000'007), "2026-11-18T11:06:40.007Z");
    EXPECT_EQ(to_query_instant(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(instant_seconds("2026-11-18T11:06:40Z"), 1'795'000'000);
    EXPECT_EQ(instant_seconds("2026-11-18 11:06:40"), std::nullopt);
    EXPECT_EQ(instant_seconds("2026-02-30T00:00:00Z"), std::nullopt);
    EXPECT_EQ(instant_seconds("2026-11-18T1x:06:40Z"), std::nullopt);
}

TEST(Numbers, AreWholeAndPositive) {
    EXPECT_EQ(to_number("42"), 42);
    for (const char* wrong : {"", "0", "-1", "4x", "99999999999999999999"})
        EXPECT_EQ(to_number(wrong), 0) << wrong;
}

}  // namespace
}  // namespace orderhub::request_tracker
