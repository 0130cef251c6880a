// Text and tables on a terminal.
#include "hub/cli/table.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "hub/cli/progress_bar.hpp"
#include "hub/cli/terminal.hpp"
#include "hub/cli/text_width.hpp"

namespace orderhub::cli {
namespace {

TEST(TextWidth, CountsColumnsNotBytes) {
    EXPECT_EQ(display_width("Zoë"), 3u);
    EXPECT_EQ(display_width("Zoe\u0308"), 3u);
    EXPECT_EQ(display_width("茶碗"), 4u);
    EXPECT_EQ(display_width("🎁x"), 3u);
    EXPECT_EQ(display_width("a\xff"
                            "b"),
              3u);
}

TEST(TextWidth, ControlsAreBlanksAndBrokenTextIsMarked) {
    EXPECT_EQ(printable("a\x1b[31m\nb\u202ec\u0085"), "a [31m b c ");
    EXPECT_EQ(printable("x\xc3"), "x\uFFFD");
    EXPECT_EQ(printable("\xc0\xaf\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(printable("Zoë 茶碗 🎁"), "Zoë 茶碗 🎁");
}

TEST(TextWidth, ClippingKeepsWholeCharacters) {
    EXPECT_EQ(clipped("abcdef", 6), "abcdef");
    EXPECT_EQ(clipped("abcdef", 4), "abc…");
    EXPECT_EQ(clipped("茶碗茶碗", 4), "茶…");
    EXPECT_EQ(clipped("anything", 0), "anything");
}

TEST(TableText, AlignsByWidthAndLeavesOutEmptyColumns) {
    Table table({{"NAME"}, {"NOTHING"}, {"SUM", Align::right}, {"LAST"}});
    table.add({"茶碗", "", "9.50", "x"});
    table.add({"Zoë M", "", "1248.00"});
    EXPECT_EQ(table.text(2),
              "  NAME       SUM  LAST\n"
              "  茶碗      9.50  x\n"
              "  Zoë M  1248.00\n");
}

TEST(LiveBlock, GoesBackOverWhatItDrew) {
    LiveBlock block;
    ::testing::internal::CaptureStdout();
    block.draw("a\nb\n");
    block.draw("c\n");
    block.draw("d\n");
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "a\nb\n\x1b[2A\x1b[Jc\n\x1b[1A\x1b[Jd\n");
}

TEST(ProgressBar, MovesAndFillsAtTheEnd) {
    const auto bar = [](const std::string& state, unsigned turn) {
        return progress_bar(boost::json::parse(R"({"connector":"shop","records":7,"queued":2,)"
                                               R"("state":")" +
                                               state + "\"}"),
                            turn);
    };
    const std::string rest = ", 7 records read, 2 of them new or changed";
    EXPECT_EQ(bar("running", 1), "[ ###                          ] shop: running" + rest);
    EXPECT_EQ(bar("running", 27), "[                           ###] shop: running" + rest);
    EXPECT_EQ(bar("running", 28), bar("running", 0));
    EXPECT_EQ(bar("done", 5), "[##############################] shop: done" + rest);
}

}  // namespace
}  // namespace orderhub::cli
