// Frames between the hub and a connector's process, and the manifest in a library's bytes: both are
// read from strangers.
#include "hub/connectors/frames.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "hub/connectors/manifest_section.hpp"

namespace orderhub::connectors::test {
namespace {

TEST(Frames, ComeOutAsTheyWentInHoweverTheyAreCut) {
    const std::string bytes = FrameWriter(FrameType::emit, 7).text("order").text("").take() +
                              FrameWriter(FrameType::pong, 0).take() +
                              FrameWriter(FrameType::sleep, 8).number(UINT64_MAX).take();
    for (std::size_t cut = 1; cut <= bytes.size(); ++cut) {
        FrameCutter cutter;
        std::vector<Frame> frames;
        for (std::size_t begin = 0; begin < bytes.size(); begin += cut) {
            cutter.add(std::string_view(bytes).substr(begin, cut));
            while (auto frame = cutter.next())
                frames.push_back(std::move(*frame));
        }
        ASSERT_EQ(frames.size(), 3U) << cut;
        FieldReader fields(frames[0]);
        EXPECT_EQ(frames[0].call, 7U);
        EXPECT_EQ(fields.text(), "order");
        EXPECT_FALSE(fields.is_complete());
        EXPECT_EQ(fields.text(), "");
        EXPECT_TRUE(fields.is_complete());
        EXPECT_EQ(frames[1].type, FrameType::pong);
        EXPECT_EQ(FieldReader(frames[2]).number(), UINT64_MAX);
    }
}

TEST(Frames, OfALengthThatNoneHasBreakTheStream) {
    for (const std::string& bytes :
         {std::string(4, '\0'), std::string("\x04\0\0\0", 4), std::string(4, '\xFF')}) {
        FrameCutter cutter;
        cutter.add(bytes);
        EXPECT_FALSE(cutter.next());
        EXPECT_TRUE(cutter.is_broken());
        cutter.add(FrameWriter(FrameType::pong, 0).take());
        EXPECT_FALSE(cutter.next());
    }
}

TEST(Frames, FieldsThatAreNotThereAreEmpty) {
    Frame frame;
    frame.fields = std::string(8, '\xFF');  // a text of a length that nothing has
    FieldReader fields(frame);
    EXPECT_EQ(fields.text(), "");
    EXPECT_FALSE(fields.is_good());
    EXPECT_EQ(fields.number(), 0U);
    EXPECT_FALSE(fields.is_complete());
}

std::string bytes_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ManifestSection, IsFoundInALibrary) {
    const auto found = manifest_section(bytes_of(SIGNED_ORDERS));
    ASSERT_TRUE(found);
    EXPECT_NE(found->find("\"signed_orders\""), std::string::npos) << *found;
    EXPECT_TRUE(found->ends_with('}') || found->ends_with("}\n"))
        << "the padding is not part of it";
    EXPECT_EQ(manifest_section(bytes_of(PROBE_CONNECTOR)), "");
}

TEST(ManifestSection, OfDamagedBytesIsNothing) {
    const auto whole = bytes_of(SIGNED_ORDERS);
    EXPECT_FALSE(manifest_section(""));
    EXPECT_FALSE(manifest_section("#!/bin/sh\n"));
    for (std::size_t length = 0; length < whole.size(); length += whole.size() / 97 + 1)
        EXPECT_FALSE(manifest_section(std::string_view(whole).substr(0, length))) << length;
    // Every number of the header that says where something lies, at its largest.
    for (std::size_t at = 16; at < 64; ++at) {
        std::string damaged = whole;
        damaged[at] = '\xFF';
        const auto found = manifest_section(damaged);
        EXPECT_TRUE(!found || found->size() < whole.size());
    }
}

}  // namespace
}  // namespace orderhub::connectors::test
