// Documents of the platform, in the form that its reference gives them, and the records that they
// become.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "html.hpp"
#include "org.hpp"
#include "testing/documents.hpp"

namespace orderhub::service_cloud::testing {
namespace {

using orderhub::testing::document_at;

Settings settings() {
    Json with = config();
    with.set("web_url", "https://acme.lightning.force.com");
    return to_settings(with);
}

class Mapping : public ::testing::TestWithParam<const char*> {};

TEST_P(Mapping, GivesTheExpectedRecord) {
    const std::filesystem::path folder = std::filesystem::path(SERVICE_CLOUD_CASES) / GetParam();
    const Json input = document_at(folder / "input.json");
    const CaseDocument document{input.at("case"), input.at("mails").items(),
                                input.at("comments").items(), "2026-11-23T10:00:00.000Z"};
    EXPECT_EQ(sdk::to_json(to_case(settings(), document)).dump(),
              document_at(folder / "expected.json").dump());
}

INSTANTIATE_TEST_SUITE_P(Documents, Mapping,
                         ::testing::Values("conversation", "web_form", "comments_only"),
                         [](const auto& each) { return std::string(each.param); });

TEST(MappingDetail, TheFirstMessageAndTheNewestAreKept) {
    Settings few = settings();
    few.max_messages = 3;
    few.max_message_bytes = 2;
    CaseDocument document{
        Json::parse(
            R"({"Id": "500000000000001AAA", "Description": "open", "CreatedDate": "2026-11-02T10:00:00.000+0000"})"),
        {},
        {},
        "2026-11-23T10:00:00.000Z"};
    for (int i = 9; i > 0; --i)
        document.comments.push_back(Json::object(
            {{"Id", std::to_string(i)},
             {"CommentBody", "c" + std::to_string(i) + "ää"},
             {"CreatedDate", "2026-11-02T10:0" + std::to_string(i) + ":00.000+0000"}}));
    const auto messages = to_case(few, document).messages;
    ASSERT_EQ(messages.size(), 3U);
    EXPECT_EQ(messages[0].text, "op");
    EXPECT_EQ(messages[1].text, "c8");
    EXPECT_EQ(messages[2].external_id, "9");
}

TEST(MappingDetail, ANoteIsCutBetweenCharacters) {
    const auto texts = note_texts("ääääääääää", "k", 24);
    ASSERT_GT(texts.size(), 1U);
    std::string words;
    for (const std::string& text : texts) {
        EXPECT_LE(text.size(), 24U);
        words += text.substr(0, text.find("\n\n"));
    }
    EXPECT_EQ(words, "ääääääääää");
    EXPECT_EQ(note_texts("", "k", 100), std::vector<std::string>{"\n\n[orderhub:k]"});
}

TEST(MappingDetail, HtmlThatIsBrokenStaysText) {
    EXPECT_EQ(html_to_text("a < b"), "a");
    EXPECT_EQ(html_to_text("&unknown; &#xZZ; &#0; &"), "&unknown; &#xZZ; &#0; &");
    EXPECT_EQ(html_to_text("<script>if (a<b) x()</script>words"), "words");
    EXPECT_EQ(html_to_text("<script>never closed"), "never closed");
}

TEST(MappingDetail, ALookupNamesItsRelation) {
    FieldNames names;
    EXPECT_EQ(names.summary_number(), "");
    names.order_summary = "OrderSummary__c";
    EXPECT_EQ(names.summary_number(), "OrderSummary__r.OrderNumber");
    names.order_summary = "OrderSummaryId";
    EXPECT_EQ(names.summary_number(), "OrderSummary.OrderNumber");
}

}  // namespace
}  // namespace orderhub::service_cloud::testing
