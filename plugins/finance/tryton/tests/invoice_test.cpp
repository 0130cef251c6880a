// invoice.post: the same way as a memo, with the amounts the other way round.
#include <gtest/gtest.h>

#include "notation.hpp"
#include "stub_tryton.hpp"

namespace orderhub::tryton::test {
namespace {

constexpr const char* kCreate = "model.account.invoice.create";

TEST(InvoicePost, OwesWhatTheDocumentSays) {
    World world;
    const testkit::Outcome outcome = world.invoice(fee_invoice("IN-1"));
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    const json::object expected{{"external_id", "1"},
                                {"number", "INV-1"},
                                {"state", "posted"},
                                {"totals", {{"ex", "10.00"}, {"tax", "2.00"}, {"inc", "12.00"}}}};
    EXPECT_EQ(json::value(outcome.result), json::value(expected));
    const json::object& made = world.tryton.invoices.at(0);
    EXPECT_EQ(made.at("reference"), "IN-1");
    EXPECT_EQ(made.at("description"), "Invoice IN-1 for order 1001");
    const json::value& line = made.at("lines").at(0).at(1).at(0);
    EXPECT_EQ(line.at("quantity"), 1);
    EXPECT_EQ(line.at("account"), 9);
    const json::value& row = made.at("taxes").at(0).at(1).at(0);
    EXPECT_EQ(row.at("account"), 7);
    EXPECT_EQ(row.at("base"), json::value(decimal("10.00")));
    EXPECT_EQ(row.at("amount"), json::value(decimal("2.00")));
}

TEST(InvoicePost, IsMadeOnceWhateverTheAttempt) {
    World world;
    world.invoice(fee_invoice("IN-1"));
    const testkit::Outcome again = world.invoice(fee_invoice("IN-1"), 2);
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(again.result.at("number"), "INV-1");
    EXPECT_EQ(world.tryton.calls[kCreate], 1);
}

TEST(InvoicePost, AnAnswerThatIsLostIsLookedUp) {
    World world;
    world.tryton.faults[kCreate].push_back({testkit::no_answer(), true});
    EXPECT_EQ(world.invoice(fee_invoice("IN-1")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.size(), 1U);
}

TEST(InvoicePost, ReturnsWhatWasReadEvenIfItDiffers) {
    World world;
    world.invoice(fee_invoice("IN-1"));
    const testkit::Outcome other = world.invoice(fee_invoice("IN-1", "10.00", "2.01", "12.01"), 2);
    EXPECT_EQ(other.outcome, OH_DONE);
    EXPECT_EQ(other.result.at("totals").at("inc"), "12.00");
}

TEST(InvoicePost, KeepsATaxThatTrytonWouldRoundOtherwise) {
    World world;
    const testkit::Outcome outcome = world.invoice(fee_invoice("IN-1", "10.00", "2.03", "12.03"));
    EXPECT_EQ(outcome.result.at("totals").at("tax"), "2.03");
}

}  // namespace
}  // namespace orderhub::tryton::test
