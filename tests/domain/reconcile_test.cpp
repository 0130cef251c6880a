// The comparison of the hub with the books, the payment side and the storefront.
#include "hub/domain/reconcile.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "orders.hpp"

namespace orderhub::domain {
namespace {

constexpr Period kPeriod{1000, 2000};

/// Three mugs, placed and paid in the period, with one memo of 12.00 that the books have.
struct Case {
    Case() {
        Snapshot shown = three_mugs();
        shown.placed_at = 1100;
        shown.payments[0].at = 1100;
        input.period = kPeriod;
        input.orders = {imported(shown)};
        input.shown = {{"shop", shown}};
        input.storefronts = {"shop"};
        input.series = {"CM-", "IN-"};
        Document memo;
        memo.number = "CM-000001";
        memo.at = 1500;
        memo.total = amount(1000, 200);
        memo.state = DocumentState::posted;
        memo.posted_number = "CRN-1";
        order().credit_memos = {memo};
        input.postings = {{posting("CM-000001", amount(1000, 200))}};
    }

    static Posting posting(std::string reference, const Amount& total) {
        Posting posting;
        posting.external_id = "1";
        posting.reference = std::move(reference);
        posting.posted_number = "CRN-1";
        posting.date = 1500;
        posting.currency = *currency("EUR");
        posting.total = total;
        return posting;
    }

    Order& order() { return input.orders[0]; }
    Document& memo() { return order().credit_memos[0]; }
    std::vector<Posting>& books() { return *input.postings; }
    Snapshot& shown() { return input.shown[0].order; }

    Refund& refund(MoneyState state, RefundKind kind = RefundKind::change) {
        Refund refund;
        refund.id = "rf_1";
        refund.key = "rk_1";
        refund.external_id = "r1";
        refund.payment = "p1";
        refund.amount = Minor{1200};
        refund.state = state;
        refund.kind = kind;
        refund.at = 1400;
        refund.origin = kind == RefundKind::foreign ? "shop" : "hub";
        order().refunds.push_back(refund);
        return order().refunds.back();
    }
    SnapshotRefund& shown_refund(std::string id = "r1", std::int64_t minor = 1200) {
        SnapshotRefund refund;
        refund.external_id = std::move(id);
        refund.payment = "p1";
        refund.amount = Minor{minor};
        refund.state = MoneyState::succeeded;
        refund.at = 1400;
        shown().refunds.push_back(refund);
        return shown().refunds.back();
    }
    void change(ChangeKind kind, Echo echo, std::int64_t minor) {
        ChangeOrder change;
        change.id = "co_1";
        change.kind = kind;
        change.origin = "hub";
        change.at = 1400;
        change.echo = echo;
        change.delta = {Minor{minor}, Minor{}, Minor{minor}};
        change.lines = {{"l1", 0, change.delta, {}}};
        order().change_orders.push_back(change);
        discount_first_line(minor);
    }
    /// Brings the line's worth in step with a change order that only lowers its price.
    void discount_first_line(std::int64_t minor) {
        order().lines[0].pools[0].amount += {Minor{minor}, Minor{}, Minor{minor}};
    }

    std::vector<Difference> run() const { return reconcile(input); }
    /// The only difference, as "kind side code subject ours theirs"; all codes if there are more.
    std::string only() const {
        const auto found = run();
        if (found.empty()) return "none";
        if (found.size() > 1) {
            std::string codes;
            for (const Difference& each : found)
                codes += each.code + " ";
            return codes;
        }
        const Difference& one = found[0];
        const auto text = [&](const std::optional<Minor>& minor) {
            return minor ? to_decimal(*minor, one.currency) : "-";
        };
        return std::string(to_text(one.kind)) + " " + std::string(to_text(one.side)) + " " +
               one.code + " " + one.subject + " " + text(one.ours) + " " + text(one.theirs);
    }
    std::string reason() const { return run().at(0).reason; }

    Reconciliation input;
};

TEST(Reconcile, NothingIsFoundWhereAllAgree) {
    Case both;
    both.refund(MoneyState::succeeded);
    both.shown_refund();
    EXPECT_EQ(both.only(), "none");
}

TEST(ReconcileBooks, AMemoThatTheBooksLack) {
    Case lost;
    lost.books().clear();
    EXPECT_EQ(lost.only(), "missing books memo_not_in_books CM-000001 12.00 -");
    EXPECT_EQ(lost.reason(), "It was posted as CRN-1; the books do not have it.");
    EXPECT_EQ(lost.run()[0].order_number, "ABC123");
}

TEST(ReconcileBooks, AMemoThatIsNotPostedSaysWhy) {
    Case waiting;
    waiting.books().clear();
    waiting.memo().state = DocumentState::queued;
    EXPECT_EQ(waiting.only(), "explained books memo_queued CM-000001 12.00 -");
    waiting.memo().state = DocumentState::unknown;
    EXPECT_EQ(waiting.only(), "missing books memo_unknown CM-000001 12.00 -");
    waiting.memo().state = DocumentState::refused;
    waiting.memo().message = "the period is closed";
    EXPECT_EQ(waiting.only(), "missing books memo_refused CM-000001 12.00 -");
    EXPECT_EQ(waiting.reason(), "It was refused by the books (the period is closed).");
}

TEST(ReconcileBooks, AMemoThatIsThereTwice) {
    Case twice;
    twice.books().push_back(Case::posting("CM-000001", amount(1000, 200)));
    twice.books().back().posted_number = "CRN-9";
    EXPECT_EQ(twice.only(), "doubled books memo_doubled CM-000001 12.00 24.00");
    EXPECT_EQ(twice.reason(), "The books have it 2 times: CRN-1, CRN-9.");
}

TEST(ReconcileBooks, ACancelledOneDoesNotCount) {
    Case again;
    again.books().push_back(Case::posting("CM-000001", amount(1000, 200)));
    again.books()[0].state = PostingState::cancelled;
    EXPECT_EQ(again.only(), "none");
    again.books().pop_back();
    EXPECT_EQ(again.only(), "missing books memo_cancelled_in_books CM-000001 12.00 -");
}

TEST(ReconcileBooks, TotalsToTheMinorUnit) {
    Case cent;
    cent.books()[0].total = amount(1000, 201);
    EXPECT_EQ(cent.only(), "different books memo_totals_differ CM-000001 12.00 12.01");
    EXPECT_EQ(cent.reason(), "The books have it as CRN-1 and differ by 0.01 EUR.");
    cent.books()[0].total = amount(1001, 199);
    EXPECT_EQ(cent.reason(),
              "The books have it as CRN-1 and differ by 0.00 EUR; before tax by 0.01 EUR.");
    cent.books()[0].currency = *currency("JPY");
    EXPECT_EQ(cent.only(), "different books memo_currency_differs CM-000001 12.00 -");
}

TEST(ReconcileBooks, ADraftIsNotPosted) {
    Case draft;
    draft.books()[0].state = PostingState::draft;
    draft.books()[0].total = amount(1000, 0);
    EXPECT_EQ(draft.only(), "different books memo_draft_in_books CM-000001 12.00 10.00");
}

TEST(ReconcileBooks, AStateThatTheHubHasNotHeardOf) {
    Case behind;
    behind.memo().state = DocumentState::unknown;
    EXPECT_EQ(behind.only(), "explained books memo_state_behind CM-000001 12.00 12.00");
    behind.memo().state = DocumentState::refused;
    EXPECT_EQ(behind.only(), "different books memo_state_behind CM-000001 12.00 12.00");
}

TEST(ReconcileBooks, InvoicesLikewise) {
    Case fee;
    std::swap(fee.order().invoices, fee.order().credit_memos);
    fee.order().invoices[0].number = "IN-000001";
    fee.books()[0].reference = "IN-000001";
    EXPECT_EQ(fee.only(), "none");
    fee.books().clear();
    EXPECT_EQ(fee.only(), "missing books invoice_not_in_books IN-000001 12.00 -");
}

TEST(ReconcileBooks, ANumberOfOurSeriesThatTheHubNeverGave) {
    Case foreign;
    foreign.books().push_back(Case::posting("CM-000077", amount(1000, 200)));
    EXPECT_EQ(foreign.only(), "missing books unknown_in_hub CM-000077 - 12.00");
    foreign.books().back().date = 2000;
    EXPECT_EQ(foreign.only(), "none") << "outside the period";
    foreign.books().back().date = 1999;
    for (const char* other : {"CM-", "CM-12a", "ACME-000001"}) {
        foreign.books().back().reference = other;
        EXPECT_EQ(foreign.only(), "none") << other;
    }
}

TEST(ReconcileBooks, OnlyDocumentsOfThePeriod) {
    Case old;
    old.books().clear();
    old.memo().at = 999;
    EXPECT_EQ(old.only(), "none");
    old.memo().at = 2000;
    EXPECT_EQ(old.only(), "none");
}

TEST(ReconcileBooks, ThatWereNotAskedFindNothing) {
    Case unasked;
    unasked.input.postings.reset();
    EXPECT_EQ(unasked.only(), "none");
}

TEST(ReconcileBooks, MoneyThatNeedsNoMemoIsExplained) {
    for (const auto& [kind, code] : {std::pair{RefundKind::excess, "excess_without_memo"},
                                     std::pair{RefundKind::goodwill, "goodwill_without_memo"},
                                     std::pair{RefundKind::foreign, "foreign_without_memo"}}) {
        Case gift;
        gift.refund(MoneyState::succeeded, kind);
        gift.shown_refund();
        EXPECT_EQ(gift.only(), std::string("explained books ") + code + " r1 12.00 -");
    }
}

TEST(ReconcilePayments, ARefundThatThePaymentSideLacks) {
    Case lost;
    Refund& refund = lost.refund(MoneyState::succeeded);
    EXPECT_EQ(lost.only(), "missing payments refund_not_shown r1 12.00 -");
    refund.state = MoneyState::unknown;
    EXPECT_EQ(lost.only(), "missing payments refund_unknown r1 12.00 -");
    refund.state = MoneyState::sent;
    EXPECT_EQ(lost.only(), "explained payments refund_under_way r1 12.00 -");
    refund.state = MoneyState::failed;
    EXPECT_EQ(lost.only(), "none");
}

TEST(ReconcilePayments, AFailedOneThereIsNone) {
    Case failed;
    failed.refund(MoneyState::succeeded);
    failed.shown_refund().state = MoneyState::failed;
    EXPECT_EQ(failed.only(), "missing payments refund_not_shown r1 12.00 -");
}

TEST(ReconcilePayments, ARefundIsMatchedByItsKeyToo) {
    Case keyed;
    keyed.refund(MoneyState::succeeded);
    keyed.shown_refund("77").key = "rk_1";
    EXPECT_EQ(keyed.only(), "none");
    keyed.shown_refund("78").key = "rk_1";
    EXPECT_EQ(keyed.only(), "doubled payments refund_doubled r1 12.00 24.00");
}

TEST(ReconcilePayments, ARefundThatTheHubLacks) {
    Case unknown;
    unknown.shown_refund("r9", 500);
    EXPECT_EQ(unknown.only(), "missing payments refund_unknown_in_hub r9 - 5.00");
    unknown.shown().refunds[0].at = 999;
    EXPECT_EQ(unknown.only(), "none");
}

TEST(ReconcilePayments, AmountsAndStates) {
    Case other;
    Refund& refund = other.refund(MoneyState::succeeded);
    SnapshotRefund& shown = other.shown_refund("r1", 1199);
    EXPECT_EQ(other.only(), "different payments refund_amounts_differ r1 12.00 11.99");
    shown.amount = Minor{1200};
    refund.state = MoneyState::failed;
    EXPECT_EQ(other.only(), "different payments refund_succeeded_there r1 12.00 12.00");
    refund.state = MoneyState::pending;
    EXPECT_EQ(other.only(), "explained payments refund_state_behind r1 12.00 12.00");
}

TEST(ReconcilePayments, MoreThanWasCaptured) {
    Case much;
    much.refund(MoneyState::succeeded).amount = Minor{5000};
    much.shown_refund("r1", 5000);
    EXPECT_EQ(much.only(), "different payments refunded_more_than_captured 24 42.00 50.00");
}

TEST(ReconcilePayments, CapturedPayments) {
    Case paid;
    paid.shown().payments[0].amount = Minor{4100};
    EXPECT_EQ(paid.only(), "different payments payment_amounts_differ p1 42.00 41.00");
    paid.shown().payments[0].external_id = "p2";
    EXPECT_EQ(paid.only(), "payment_not_shown payment_unknown_in_hub ");
    paid.order().payments[0].external_id = "recorded:1";
    EXPECT_EQ(paid.only(), "missing payments payment_unknown_in_hub p2 - 41.00");
}

TEST(ReconcilePayments, MoneyForAnotherOrderIsNoRefund) {
    Case exchanged;
    exchanged.refund(MoneyState::succeeded, RefundKind::transfer);
    EXPECT_EQ(exchanged.only(), "none");
}

TEST(ReconcileStorefront, AnOrderThatTheHubLacks) {
    Case lost;
    lost.input.orders.clear();
    lost.input.postings.reset();
    EXPECT_EQ(lost.only(), "missing storefront order_not_in_hub 24 - 42.00");
    EXPECT_EQ(lost.run()[0].order_number, "ABC123");
    lost.shown().placed_at = 999;
    EXPECT_EQ(lost.only(), "none");
}

TEST(ReconcileStorefront, AnOrderThatTheStorefrontLacks) {
    Case lost;
    lost.input.shown.clear();
    EXPECT_EQ(lost.only(), "missing storefront order_not_at_storefront 24 42.00 -");
    lost.order().related = {{Relation::exchanged, "os_0", "ABC122"}};
    EXPECT_EQ(lost.only(), "none") << "made by the hub";
    lost.order().related.clear();
    lost.input.storefronts.clear();
    EXPECT_EQ(lost.only(), "none") << "not asked";
}

TEST(ReconcileStorefront, ADifferenceThatNothingExplains) {
    Case other;
    other.shown().totals = amount(3500, 701);
    EXPECT_EQ(other.only(), "different storefront order_totals_differ 24 42.00 42.01");
    EXPECT_EQ(other.reason(), "Beyond the hub's own changes they differ by 0.01 EUR.");
}

TEST(ReconcileStorefront, WhatTheHubChangedIsNotShownThere) {
    Case discounted;
    discounted.change(ChangeKind::discount, Echo::none, -300);
    EXPECT_EQ(discounted.only(), "explained storefront changed_here 24 39.00 42.00");
    discounted.shown().totals = amount(3499, 700);
    EXPECT_EQ(discounted.only(), "different storefront order_totals_differ 24 39.00 41.99");
}

TEST(ReconcileStorefront, ACancellationIsThereOrOnItsWay) {
    Case cancelled;
    cancelled.change(ChangeKind::cancel, Echo::expected, -300);
    EXPECT_EQ(cancelled.only(), "explained storefront change_under_way 24 39.00 42.00");
    cancelled.shown().totals = amount(3200, 700);
    EXPECT_EQ(cancelled.only(), "none");
}

TEST(ReconcileStorefront, ReturnedUnitsThatItTookOffItself) {
    Case restocked;
    restocked.change(ChangeKind::return_, Echo::none, -300);
    restocked.shown().totals = amount(3300, 700);
    EXPECT_EQ(restocked.only(), "different storefront order_totals_differ 24 39.00 40.00");
    restocked.order().lines[0].seen_restocked = 1;
    restocked.order().storefront_totals = amount(3300, 700);
    EXPECT_EQ(restocked.only(), "explained storefront restocked_there 24 39.00 40.00");
}

TEST(Reconcile, TheOrderIsTheSameWhateverComesFirst) {
    Case many;
    many.books().clear();
    many.shown_refund("r2");
    many.shown_refund("r1");
    many.shown().totals = amount(1, 0);
    Order second = many.order();
    second.id = "os_2";
    second.number = "AAA";
    second.external_id = "25";
    many.input.orders.push_back(second);
    std::vector<std::string> codes;
    for (const Difference& each : many.run())
        codes.push_back(each.order_number + " " + each.code + " " + each.subject);
    const std::vector<std::string> expected{
        "AAA memo_not_in_books CM-000001", "ABC123 memo_not_in_books CM-000001",
        "ABC123 refund_unknown_in_hub r1", "ABC123 refund_unknown_in_hub r2",
        "AAA order_not_at_storefront 25",  "ABC123 order_totals_differ 24"};
    EXPECT_EQ(codes, expected);
    std::ranges::reverse(many.input.orders);
    std::ranges::reverse(many.shown().refunds);
    std::vector<std::string> again;
    for (const Difference& each : many.run())
        again.push_back(each.order_number + " " + each.code + " " + each.subject);
    EXPECT_EQ(again, expected);
}

}  // namespace
}  // namespace orderhub::domain
