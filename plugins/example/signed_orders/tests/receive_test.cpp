// Messages to records, by the cases beside this file, and what is refused.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <orderhub/fake_host.hpp>

namespace orderhub::signed_orders::test {
namespace {

namespace json = boost::json;

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

testkit::Outcome receive(std::string_view body) {
    testkit::FakeHost host(json::object{{"webhook_secret", "{{secret:webhook_secret}}"}});
    return host.receive(body);
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == text.npos) throw std::invalid_argument(std::string(from));
    return text.replace(at, from.size(), to);
}

const std::filesystem::path kCases = SIGNED_ORDERS_CASES;

TEST(Receive, MakesTheExpectedRecords) {
    int cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
        const testkit::Outcome outcome = receive(read(entry.path() / "input.json"));
        ASSERT_EQ(outcome.outcome, OH_DONE) << entry << outcome.message;
        ASSERT_EQ(outcome.records.size(), 1U);
        EXPECT_EQ(outcome.records.front().first, "order");
        EXPECT_EQ(json::value(outcome.records.front().second),
                  json::parse(read(entry.path() / "expected.json")))
            << entry << json::serialize(outcome.records.front().second);
        ++cases;
    }
    EXPECT_EQ(cases, 2);
}

TEST(Receive, RefusesWhatIsNotAnOrder) {
    for (const char* text : {"", "{", "[]", "1", "{}", "{} {}", R"({"id":"a"})"}) {
        const testkit::Outcome outcome = receive(text);
        EXPECT_EQ(outcome.outcome, OH_REJECTED) << text;
        EXPECT_EQ(outcome.code, "invalid_order") << text;
        EXPECT_TRUE(outcome.records.empty()) << text;
    }
}

TEST(Receive, RefusesAmountsThatAreNotExactOrDoNotAddUp) {
    const std::string good = read(kCases / "no_delivery" / "input.json");
    ASSERT_EQ(receive(good).outcome, OH_DONE);
    for (const auto& [from, to] : {std::pair{"\"grandTotal\": 27.90", "\"grandTotal\": 27.91"},
                                   {"\"grandTotal\": 27.90", "\"grandTotal\": 27.901"},
                                   {"\"grandTotal\": 27.90", "\"grandTotal\": 2.79e1"},
                                   {"\"quantity\": 3", "\"quantity\": 3.5"},
                                   {"\"currency\": \"EUR\"", "\"currency\": \"euro\""}}) {
        const testkit::Outcome outcome = receive(with(good, from, to));
        EXPECT_EQ(outcome.outcome, OH_REJECTED) << to;
        EXPECT_EQ(outcome.code, "invalid_order") << to;
    }
}

TEST(Receive, NamesTheInstantThatIsNone) {
    const std::string good = read(kCases / "no_delivery" / "input.json");
    for (const auto& [from, to, field] :
         {std::tuple{"\"2026-11-20T09:30:00.125Z\"", "\"yesterday\"", "createdAt"},
          {"\"2026-11-20T09:30:00.125Z\"", "1795000000", "createdAt"},
          {"\"createdAt\"", "\"created\"", "createdAt"},
          {"\"2026-11-20T09:31:00Z\"", "\"2026-11-31T09:31:00Z\"", "capturedAt"}}) {
        const testkit::Outcome outcome = receive(with(good, from, to));
        EXPECT_EQ(outcome.outcome, OH_REJECTED) << to;
        EXPECT_EQ(outcome.code, "invalid_order") << to;
        EXPECT_TRUE(outcome.message.contains(std::string(field) + " must be an instant"))
            << outcome.message;
    }
}

TEST(Check, AsksNobody) {
    testkit::FakeHost host(json::object{{"webhook_secret", "{{secret:webhook_secret}}"}});
    EXPECT_EQ(host.check().outcome, OH_DONE);
    EXPECT_TRUE(host.requests.empty());
}

}  // namespace
}  // namespace orderhub::signed_orders::test
