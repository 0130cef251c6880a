#include "hub/domain/utf8.hpp"

#include <gtest/gtest.h>

namespace orderhub {
namespace {

void expect_first(std::string_view text, char32_t value, std::size_t bytes) {
    const CodePoint first = first_code_point(text);
    EXPECT_TRUE(first.is_valid) << text;
    EXPECT_EQ(first.value, value);
    EXPECT_EQ(first.bytes, bytes);
}

TEST(Utf8, IsReadFromTheFirstToTheLastOfEachLength) {
    expect_first(std::string_view("\0", 1), 0, 1);
    expect_first("\x7f rest", 0x7f, 1);
    expect_first("\xc2\x80", 0x80, 2);
    expect_first("\xdf\xbf rest", 0x7ff, 2);
    expect_first("\xe0\xa0\x80", 0x800, 3);
    expect_first("\xed\x9f\xbf", 0xd7ff, 3);
    expect_first("\xee\x80\x80", 0xe000, 3);
    expect_first("\xef\xbf\xbf", 0xffff, 3);
    expect_first("\xf0\x90\x80\x80", 0x10000, 4);
    expect_first("\xf4\x8f\xbf\xbf", 0x10ffff, 4);
}

TEST(Utf8, WhatIsNoneCountsByteByByte) {
    for (const std::string_view bad :
         {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xc2", "\xc2\x41", "\xe0\x9f\xbf", "\xe2\x82",
          "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80",
          "\xf8\x88\x80\x80", "\xff"}) {
        const CodePoint first = first_code_point(bad);
        EXPECT_FALSE(first.is_valid) << bad.size();
        EXPECT_EQ(first.value, 0xfffd);
        EXPECT_EQ(first.bytes, 1);
        EXPECT_FALSE(is_utf8(bad));
    }
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80"));
    EXPECT_FALSE(is_utf8("Zo\xc3\xab\x8a"));
}

}  // namespace
}  // namespace orderhub
