// What is written, letter by letter.
#include <gtest/gtest.h>

#include <algorithm>

#include "world.hpp"

namespace orderhub::journal::test {
namespace {

std::vector<std::string> cases() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(JOURNAL_CASES))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::string text_of(const std::string& name, const char* file) {
    return content_of(std::string(JOURNAL_CASES) + "/" + name + "/" + file);
}

class Case : public testing::TestWithParam<std::string> {};

TEST_P(Case, GivesTheseFiles) {
    const Directory directory;
    const sdk::Json input = sdk::Json::parse(text_of(GetParam(), "input.json"));
    testkit::FakeHost host(config(directory.path(), input.at("config").dump().c_str()));
    const sdk::Json& payload = input.at("payload");
    const char* kind = payload.find("memo") ? "credit_memo.post" : "invoice.post";
    const testkit::Outcome posted = host.execute(kind, "key-1", payload);
    ASSERT_EQ(posted.outcome, OH_DONE) << posted.message;
    EXPECT_EQ(content_of(directory.file("journal-2026-11.csv")),
              text_of(GetParam(), "expected.csv"));
    EXPECT_EQ(content_of(directory.file("journal-2026-11.journal")),
              text_of(GetParam(), "expected.journal"));
}

INSTANTIATE_TEST_SUITE_P(Files, Case, testing::ValuesIn(cases()));

}  // namespace
}  // namespace orderhub::journal::test
