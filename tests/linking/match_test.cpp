#include "hub/linking/match.hpp"

#include <gtest/gtest.h>

#include "hub/linking/dates.hpp"
#include "hub/linking/memory_index.hpp"

namespace orderhub::linking {
namespace {

constexpr std::int64_t kDay = 86'400'000;

Order order(std::string number, std::string name, std::string email, std::string goods,
            int days_before = 5) {
    Order result;
    result.id = result.number = std::move(number);
    result.names = {std::move(name)};
    result.email = std::move(email);
    result.places = {{"", "Berlin", "10115"}};
    result.progress = Progress::shipped;
    result.placed_at = (day_of(2026, 9, 24) - days_before) * kDay;
    result.lines = {{"", std::move(goods), 1, 4'990, {}}};
    return result;
}

std::vector<Order> orders() {
    return {order("A-1001", "Ada Byron", "ada@mail.example", "Copper Kettle"),
            order("A-1002", "Ada Byron", "ada@mail.example", "Linen Shirt blue", 20),
            order("A-1003", "Bob Byron", "bob@mail.example", "Garden Hose"),
            order("A-1004", "Eve Adams", "eve@mail.example", "Garden Chair")};
}

Ticket ticket(std::string body, std::string name = "", std::string email = "") {
    Ticket result;
    result.id = "c";
    result.received_at = day_of(2026, 9, 24) * kDay;
    result.body = std::move(body);
    result.name = std::move(name);
    result.email = std::move(email);
    return result;
}

Verdict decided(const Ticket& from) {
    MemoryIndex index(orders(), "DE");
    return match(from, index, {});
}

std::string linked(const Ticket& from) {
    const Verdict verdict = decided(from);
    std::string numbers;
    if (verdict.outcome == Outcome::auto_link)
        for (const Link& link : verdict.links)
            numbers += (numbers.empty() ? "" : " ") + link.order->number;
    return numbers;
}

TEST(Match, ANumberOfTheRequestersIsLinked) {
    EXPECT_EQ(linked(ticket("order A-1002 please", "", "ada@mail.example")), "A-1002");
    EXPECT_EQ(linked(ticket("order A 1OO2 please", "", "ada@mail.example")), "A-1002");
}

TEST(Match, SomebodyElsesNumberIsSuggestedWithTheReason) {
    const Verdict verdict =
        decided(ticket("where is order A-1004?", "Ada Byron", "ada@mail.example"));
    EXPECT_EQ(verdict.outcome, Outcome::suggest);
    EXPECT_NE(verdict.reason.find("somebody else"), std::string::npos);
    ASSERT_FALSE(verdict.links.empty());
    EXPECT_EQ(verdict.links[0].order->number, "A-1004");
}

TEST(Match, GoodsTellWhichOfAPersonsOrdersItIs) {
    EXPECT_EQ(linked(ticket("the kettle leaks", "", "ada@mail.example")), "A-1001");
    EXPECT_EQ(linked(ticket("das Hemd ist zu klein", "", "ada@mail.example")), "A-1002");
}

TEST(Match, NameAndPostcodeTellThePerson) {
    EXPECT_EQ(linked(ticket("the shirt is torn.\nAda Byron, 10115 Berlin", "", "x@work.example")),
              "A-1002");
    EXPECT_EQ(linked(ticket("the hose leaks.\nBob Byron, 10115", "", "")), "A-1003");
}

TEST(Match, ANicknameAndASlipBesideEachOtherAreTheName) {
    EXPECT_EQ(linked(ticket("the hose leaks.\nRobert Birron, 10115 Berlin", "", "")), "A-1003");
    EXPECT_EQ(linked(ticket("the hose leaks.\nB. Byron, 10115 Berlin", "", "")), "A-1003");
}

TEST(Match, APersonMayHaveAnotherAddressThanTheGoods) {
    std::vector<Order> all = orders();
    all[2].places.push_back({"Mill Lane 7", "Leeds", "LS6 2AB"});
    MemoryIndex index(std::move(all), "DE");
    const Verdict verdict =
        match(ticket("the hose leaks.\nBob Byron, 7 Mill Lane, LS6 2AB"), index, {});
    ASSERT_EQ(verdict.outcome, Outcome::auto_link);
    EXPECT_EQ(verdict.links[0].order->number, "A-1003");
}

TEST(Match, TheStateOfAnotherOrderDoesNotOutweighTheGoods) {
    std::vector<Order> all = orders();
    all[0].progress = Progress::cancelled;
    MemoryIndex index(std::move(all), "DE");
    const Verdict verdict =
        match(ticket("the kettle is broken", "", "ada@mail.example"), index, {});
    ASSERT_EQ(verdict.outcome, Outcome::auto_link);
    EXPECT_EQ(verdict.links[0].order->number, "A-1001");
}

TEST(Match, WhereNothingTellsWhichOrderBothAreSuggested) {
    const Verdict verdict = decided(ticket("where is my parcel?", "", "ada@mail.example"));
    EXPECT_EQ(verdict.outcome, Outcome::suggest);
    EXPECT_EQ(verdict.links.size(), 2U);
}

TEST(Match, SeveralNamedOrdersAreAllLinked) {
    EXPECT_EQ(linked(ticket("both A-1001 and A-1002 are late", "", "ada@mail.example")),
              "A-1001 A-1002");
}

TEST(Match, QuotedHistoryLinksNothing) {
    EXPECT_EQ(linked(ticket(
                  "the kettle leaks terribly, what now?\n\nOn 3 May 2026, Shop wrote:\n> A-1002",
                  "", "ada@mail.example")),
              "A-1001");
}

TEST(Match, GoodsThatAreNotInTheOrderAreNotLinked) {
    EXPECT_EQ(linked(ticket("the chair is broken", "", "bob@mail.example")), "");
}

TEST(Match, AQuestionBeforeBuyingIsNotLinked) {
    EXPECT_EQ(linked(ticket("Do you ship to Norway?", "", "eve@mail.example")), "");
}

TEST(Match, ARejectedOrderIsNeitherLinkedNorSuggested) {
    Ticket from = ticket("order A-1002 please", "", "ada@mail.example");
    from.rejected_orders = {"A-1002"};
    for (const Link& link : decided(from).links)
        EXPECT_NE(link.order->number, "A-1002");
}

TEST(Match, WithoutASignalThereIsNothing) {
    EXPECT_EQ(decided(ticket("hello")).outcome, Outcome::none);
    EXPECT_EQ(decided(ticket("")).outcome, Outcome::none);
}

TEST(Match, EveryLinkHasItsEvidence) {
    const Verdict verdict = decided(ticket("the kettle leaks", "", "ada@mail.example"));
    ASSERT_EQ(verdict.links.size(), 1U);
    EXPECT_GE(verdict.links[0].evidence.size(), 2U);
}

}  // namespace
}  // namespace orderhub::linking
