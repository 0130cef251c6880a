// Whole files, letter by letter. Each was accepted by the UBL 2.1 schema and by the official rules:
// README, "How the amounts stay ours".
#include <gtest/gtest.h>

#include <algorithm>

#include "judge.hpp"
#include "note.hpp"
#include "world.hpp"
#include "xml.hpp"

namespace orderhub::ubl::test {
namespace {

std::vector<std::string> cases() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(UBL_CASES))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::string text_of(const std::string& name, const char* file) {
    return content_of(std::string(UBL_CASES) + "/" + name + "/" + file);
}

Note note_of(const sdk::Json& input) {
    const Config settings = read_config(config("/nowhere", input.at("config").dump().c_str()));
    const sdk::Json& payload = input.at("payload");
    const Document document = payload.find("memo")
                                  ? read_document(sdk::from_json<sdk::CreditMemoPost>(payload))
                                  : read_document(sdk::from_json<sdk::InvoicePost>(payload));
    const Note note = compose(document, settings);
    check_rules(note);
    return note;
}

class Case : public testing::TestWithParam<std::string> {};

TEST_P(Case, GivesThisFile) {
    const sdk::Json input = sdk::Json::parse(text_of(GetParam(), "input.json"));
    const std::string xml = to_xml(note_of(input), "key-1");
    EXPECT_EQ(xml, text_of(GetParam(), "expected.xml"));
    EXPECT_EQ(judge(xml), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Files, Case, testing::ValuesIn(cases()));

}  // namespace
}  // namespace orderhub::ubl::test
