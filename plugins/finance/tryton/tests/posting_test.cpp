// The way of a memo: what is sent, and that nothing is done twice.
#include <gtest/gtest.h>

#include <algorithm>

#include "notation.hpp"
#include "stub_tryton.hpp"

namespace orderhub::tryton::test {
namespace {

constexpr const char* kCreate = "model.account.invoice.create";
constexpr const char* kPost = "model.account.invoice.post";
constexpr const char* kRead = "model.account.invoice.read";
constexpr const char* kSearch = "model.account.invoice.search_read";
constexpr const char* kWrite = "model.account.invoice.write";

TEST(Posting, CreatesPostsAndReadsBack) {
    World world;
    const testkit::Outcome outcome = world.post(memo("CM-1"));
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    const json::object expected{{"external_id", "1"},
                                {"number", "CRN-1"},
                                {"state", "posted"},
                                {"totals", {{"ex", "10.00"}, {"tax", "2.00"}, {"inc", "12.00"}}}};
    EXPECT_EQ(json::value(outcome.result), json::value(expected));
    const json::object& invoice = world.tryton.invoices.at(0);
    EXPECT_EQ(invoice.at("reference"), "CM-1");
    EXPECT_EQ(invoice.at("invoice_date"), json::value(date("2026-11-20")));
    EXPECT_EQ(invoice.at("accounting_date"), json::value(date("2026-11-22")));
    EXPECT_EQ(invoice.at("party"), 4);
}

TEST(Posting, LooksBeforeTheFirstAttemptToo) {
    World world;
    world.post(memo("CM-1"));
    const auto requests = world.host.requests.size();
    const testkit::Outcome again = world.post(memo("CM-1"));
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(again.result.at("number"), "CRN-1");
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
    EXPECT_EQ(world.host.requests.size(), requests + 1);
}

TEST(Posting, KeepsAnyTaxFigureToTheMinorUnit) {
    World world;
    for (const auto& [number, payload] : std::map<std::string, json::object>{
             {"JPY", memo("CM-1", "JPY", "1001", "99", "1100")},
             {"BHD", memo("CM-2", "BHD", "1.235", "0.063", "1.298", "5.0")},
             {"EUR", memo("CM-3", "EUR", "10.00", "2.03", "12.03")}}) {
        const testkit::Outcome outcome = world.post(payload);
        ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_EQ(outcome.result.at("totals"), payload.at("memo").at("totals")) << number;
    }
}

TEST(Posting, AnEarlierDraftIsPostedWithTodaysDate) {
    World world;
    world.tryton.add_invoice("CM-1", "draft", "2026-11-19");
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.calls[kCreate], 0);
    EXPECT_EQ(world.tryton.calls[kWrite], 1);
    EXPECT_EQ(world.tryton.invoices.at(0).at("accounting_date"), json::value(date("2026-11-22")));
    EXPECT_EQ(world.tryton.invoices.at(0).at("state"), "posted");
}

TEST(Posting, ADraftOfTodayIsNotWritten) {
    World world;
    world.tryton.add_invoice("CM-1", "draft", "2026-11-22");
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.calls[kWrite], 0);
}

TEST(Posting, APaidNoteCountsAsPosted) {
    World world;
    world.tryton.add_invoice("CM-1", "paid", "2026-11-19");
    EXPECT_EQ(world.post(memo("CM-1"), 2).result.at("number"), "CRN-7");
    EXPECT_EQ(world.tryton.calls[kPost], 0);
}

TEST(Posting, ReturnsWhatWasReadEvenIfItDiffers) {
    World world;
    world.tryton.add_invoice("CM-1", "posted", "2026-11-19");
    const testkit::Outcome outcome = world.post(memo("CM-1", "EUR", "10.00", "1.99", "11.99"), 2);
    EXPECT_EQ(outcome.outcome, OH_DONE);
    EXPECT_EQ(outcome.result.at("totals").at("inc"), "12.00");
}

TEST(Posting, TwoOfOneReferenceAreAnAlarm) {
    World world;
    world.tryton.add_invoice("CM-1", "posted", "2026-11-19");
    world.tryton.add_invoice("CM-1", "draft", "2026-11-19");
    const testkit::Outcome outcome = world.post(memo("CM-1"), 2);
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "double_reference");
    EXPECT_EQ(world.tryton.calls[kPost], 0);
}

TEST(Posting, ACancelledNoteIsNotMadeAgain) {
    World world;
    world.tryton.add_invoice("CM-1", "cancelled", "2026-11-19");
    const testkit::Outcome outcome = world.post(memo("CM-1"), 2);
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "cancelled");
    EXPECT_EQ(world.tryton.calls[kCreate], 0);
}

TEST(Posting, ANoteInAnotherCurrencyIsNotOurs) {
    World world;
    world.tryton.add_invoice("CM-1", "posted", "2026-11-19");
    EXPECT_EQ(world.post(memo("CM-1", "JPY", "10", "2", "12"), 2).code, "other_currency");
}

TEST(Posting, ACurrencyMustBeThereWithAllItsDecimals) {
    World world;
    EXPECT_EQ(world.post(memo("CM-1", "USD")).code, "no_currency");
    EXPECT_EQ(world.post(memo("CM-2", "KWD", "1.001", "0.200", "1.201")).code, "no_currency");
    EXPECT_EQ(world.tryton.calls[kCreate], 0);
}

TEST(Posting, LooksUpTheBooksOnce) {
    World world;
    world.post(memo("CM-1"));
    world.post(memo("CM-2"));
    EXPECT_EQ(world.tryton.calls["model.account.journal.search_read"], 1);
}

TEST(Posting, LooksUpTheBooksAgainAfterARefusal) {
    World world;
    world.tryton.faults[kCreate].push_back({error_answer("UserError", {"no such account", ""})});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_REJECTED);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.calls["model.account.journal.search_read"], 2);
}

TEST(Posting, UsesTheHubsDayWhereTrytonDoesNotTell) {
    World world;
    world.tryton.faults["model.ir.date.today"].push_back({html_answer(403)});
    world.host.now_ms = 1'795'392'000'000;
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.at(0).at("accounting_date"), json::value(date("2026-11-23")));
}

TEST(Posting, AsksForTheReferenceInThisCompanyOnly) {
    World world;
    world.post(memo("CM-1"));
    const auto asked = std::ranges::find_if(world.host.requests, [](const auto& request) {
        return request.body.find(kSearch) != std::string::npos;
    });
    ASSERT_NE(asked, world.host.requests.end());
    const json::value params = json::parse(asked->body).at("params");
    EXPECT_EQ(params.at(0), json::parse(R"([["reference","=","CM-1"],["type","=","out"],
                                             ["company","=",1]])"));
    EXPECT_EQ(params.at(2), 2);
    EXPECT_EQ(params.at(5), json::parse(R"({"company":1,"language":"en"})"));
    EXPECT_EQ(world.tryton.calls[kRead], 1);
}

}  // namespace
}  // namespace orderhub::tryton::test
