#include <gtest/gtest.h>

#include <algorithm>

#include "hub/linking/match.hpp"

namespace orderhub::linking {
namespace {

domain::Case mail(std::string subject, std::string text, std::string from = "Ada@Example.test ") {
    domain::Case result;
    result.subject = std::move(subject);
    result.requester.email = std::move(from);
    result.messages = {{"1", "inbound", "", 0, std::move(text)}};
    return result;
}

Candidate order(std::string number, std::string email, bool named, bool cancelled = false) {
    return {"os_" + number, number, std::move(email), cancelled, named};
}

TEST(Numbers, AreFoundInSubjectAndBodyButNotInQuotedHistory) {
    const auto words = possible_numbers(mail("Order #ABC123: broken", "see (XYZ-9)\n> OLD777"));
    EXPECT_TRUE(std::ranges::count(words, "ABC123"));
    EXPECT_TRUE(std::ranges::count(words, "XYZ-9"));
    EXPECT_FALSE(std::ranges::count(words, "OLD777"));
}

TEST(Decision, ANamedOrderOfTheRequesterIsLinked) {
    const auto verdict = decide(mail("", ""), {order("A1", "ada@example.test", true),
                                               order("A2", "ada@example.test", false)});
    EXPECT_EQ(verdict.decision, domain::Decision::linked);
    EXPECT_EQ(verdict.order_id, "os_A1");
    EXPECT_FALSE(verdict.suggestions.at(0).evidence.empty());
}

TEST(Decision, SomebodyElsesNumberIsOnlySuggested) {
    const auto verdict = decide(mail("", ""), {order("B1", "bob@example.test", true)});
    EXPECT_EQ(verdict.decision, domain::Decision::suggested);
    EXPECT_TRUE(verdict.order_id.empty());
}

TEST(Decision, TheOnlyOpenOrderOfTheRequesterIsLinked) {
    const auto verdict = decide(mail("", ""), {order("A1", "ada@example.test", false),
                                               order("A0", "ada@example.test", false, true)});
    EXPECT_EQ(verdict.order_id, "os_A1");
}

TEST(Decision, SeveralPlausibleOrdersAreSuggestedBestFirst) {
    const auto verdict = decide(mail("", ""), {order("A1", "ada@example.test", false, true),
                                               order("A2", "ada@example.test", false),
                                               order("A3", "ada@example.test", false)});
    EXPECT_EQ(verdict.decision, domain::Decision::suggested);
    ASSERT_EQ(verdict.suggestions.size(), 3U);
    EXPECT_EQ(verdict.suggestions[2].number, "A1");
}

TEST(Decision, TwoNamedOrdersAreNotGuessed) {
    const auto verdict = decide(mail("", ""), {order("A1", "ada@example.test", true),
                                               order("A2", "ada@example.test", true)});
    EXPECT_EQ(verdict.decision, domain::Decision::suggested);
}

TEST(Decision, WithoutASignalThereIsNone) {
    EXPECT_EQ(decide(mail("", "", ""), {}).decision, domain::Decision::none);
}

}  // namespace
}  // namespace orderhub::linking
