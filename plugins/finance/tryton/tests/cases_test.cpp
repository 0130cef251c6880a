// The pure parts against documents: payloads and what Tryton 6.0.29 accepted for them, its answers
// and what they mean.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <orderhub/http.hpp>
#include <string>
#include <vector>

#include "answer.hpp"
#include "mapping.hpp"
#include "record.hpp"

namespace orderhub::tryton {
namespace {

namespace json = boost::json;

const std::filesystem::path kCases = TRYTON_CASES;

std::vector<std::string> cases(const std::string& prefix) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kCases))
        if (entry.path().filename().string().starts_with(prefix))
            names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::string text_of(const std::string& name, const std::string& file) {
    std::ifstream in(kCases / name / file);
    return {std::istreambuf_iterator<char>(in), {}};
}

json::value document(const std::string& name, const std::string& file) {
    return json::parse(text_of(name, file));
}

// As seeded in the Tryton that answered the recorded calls.
Books recorded_books() {
    return {1,
            1,
            5,
            6,
            8,
            8,
            std::nullopt,
            {{"20", {1, "VAT 20%", "", 7, 7}}, {"5", {2, "VAT 5%", "", 7, 7}}},
            {4, 4}};
}

using Case = testing::TestWithParam<std::string>;

class InvoiceCase : public Case {};
TEST_P(InvoiceCase, GivesTheValuesThatTrytonAccepted) {
    const std::map<std::string, std::int64_t> currencies{
        {"EUR", 1}, {"USD", 2}, {"JPY", 4}, {"BHD", 5}};
    const Document memo = read_document(document(GetParam(), "input.json").as_object());
    const Posting posting{{4, 4}, currencies.at(memo.currency), "2026-11-22"};
    EXPECT_EQ(json::value(invoice_values(memo, recorded_books(), posting)),
              document(GetParam(), "expected.json"));
}
INSTANTIATE_TEST_SUITE_P(Recorded, InvoiceCase, testing::ValuesIn(cases("invoice_")));

class PostedCase : public Case {};
TEST_P(PostedCase, GivesTheResult) {
    const json::value answer = document(GetParam(), "input.json");
    const Invoice invoice = read_invoice(answer.at("result").at(0));
    EXPECT_EQ(json::value(result_of_posted(invoice, DocumentKind::credit_memo)),
              document(GetParam(), "expected.json"));
}
INSTANTIATE_TEST_SUITE_P(Recorded, PostedCase, testing::ValuesIn(cases("posted_")));

class RecordCase : public Case {};
TEST_P(RecordCase, IsMadeOfWhatTrytonShowed) {
    const json::value invoice = document(GetParam(), "input.json");
    EXPECT_EQ(json::value(posting_record(invoice, 1'795'000'000'000'000, 1'795'000'001'000'000)),
              document(GetParam(), "expected.json"));
}
INSTANTIATE_TEST_SUITE_P(Recorded, RecordCase, testing::ValuesIn(cases("record_")));

class ErrorCase : public Case {};
TEST_P(ErrorCase, IsClassed) {
    const sdk::HttpResponse response{
        200, {{"content-type", "application/json"}}, text_of(GetParam(), "input.json")};
    const json::value expected = document(GetParam(), "expected.json");
    try {
        result_of(response, sdk::Effect::write);
        FAIL() << "an error was taken for a result";
    } catch (const sdk::Stop& stop) {
        EXPECT_EQ(stop.outcome, expected.at("outcome") == "retry" ? OH_RETRY : OH_REJECTED);
        EXPECT_EQ(stop.code, expected.at("code").as_string());
        EXPECT_EQ(stop.message, expected.at("message").as_string());
    }
}
INSTANTIATE_TEST_SUITE_P(Recorded, ErrorCase, testing::ValuesIn(cases("error_")));

}  // namespace
}  // namespace orderhub::tryton
