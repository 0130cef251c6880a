#include "hub/domain/tenders.hpp"

#include <gtest/gtest.h>

#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

/// An order paid by these methods with these amounts, the first one first.
Order paid(const std::vector<std::pair<std::string, std::int64_t>>& payments) {
    Snapshot shown = three_mugs();
    shown.payments.clear();
    for (const auto& [method, minor] : payments) {
        Payment payment;
        payment.external_id = "p" + std::to_string(shown.payments.size() + 1);
        payment.method = method;
        payment.state = PaymentState::captured;
        payment.amount = Minor{minor};
        payment.at = static_cast<std::int64_t>(shown.payments.size());
        shown.payments.push_back(payment);
    }
    return imported(shown);
}

std::string told(const Order& order, std::int64_t minor, const Policy& policy = {},
                 const TenderWish& wish = {}) {
    const auto tenders = plan_tenders(order, Minor{minor}, policy, wish);
    if (!tenders) return tenders.error().field;
    std::string text;
    for (const Tender& each : *tenders)
        text += (text.empty() ? "" : " ") + each.payment +
                (each.operation.empty() ? "" : "/" + each.operation) + "=" +
                std::to_string(each.amount.count());
    return text;
}

TEST(Tenders, ExactThenSmallestCoverThenLargestFirst) {
    const Order order = paid({{"card", 3000}, {"bank", 1200}, {"wallet", 2000}});
    EXPECT_EQ(told(order, 1200), "p2=1200");
    EXPECT_EQ(told(order, 1900), "p3=1900");
    EXPECT_EQ(told(order, 2500), "p1=2500");
    EXPECT_EQ(told(order, 3500), "p1=3000 p3=500");
    EXPECT_EQ(told(order, 6200), "p1=3000 p3=2000 p2=1200");
    EXPECT_EQ(told(order, 9999), "p1=3000 p3=2000 p2=1200");
    EXPECT_EQ(told(order, 0), "");
}

TEST(Tenders, TiesGoToTheOlderOne) {
    EXPECT_EQ(told(paid({{"b", 1000}, {"a", 1000}}), 500), "p1=500");
    EXPECT_EQ(told(paid({{"card", 1000}, {"card", 1000}}), 1000), "p1=1000");
}

TEST(Tenders, InsideAMethodTheSameRule) {
    const Order order = paid({{"card", 500}, {"card", 800}, {"gift", 900}});
    EXPECT_EQ(told(order, 1000), "p2=800 p1=200");  // the card's two together cover it alone
    EXPECT_EQ(told(order, 850), "p3=850");
}

TEST(Tenders, ThePolicyPutsMethodsFirstAndLast) {
    const Order order = paid({{"card", 1000}, {"gift", 1000}, {"credit", 1000}});
    Policy policy;
    policy.refund_first = {"gift"};
    policy.refund_last = {"card"};
    EXPECT_EQ(told(order, 500, policy), "p2=500");
    EXPECT_EQ(told(order, 1500, policy), "p2=1000 p3=500");
    EXPECT_EQ(told(order, 2500, policy), "p2=1000 p3=1000 p1=500");
}

TEST(Tenders, APersonsWishComesFirst) {
    const Order order = paid({{"card", 1000}, {"gift", 1000}});
    TenderWish wish{{{"p2", "", Minor{300}}}, false};
    EXPECT_EQ(told(order, 800, {}, wish),
              "p2=800");  // 300 as wished, the rest by rule: covers alone
    wish = {{{"p2", "", Minor{900}}}, false};
    EXPECT_EQ(told(order, 1200, {}, wish), "p2=900 p1=300");
    wish.partial = true;
    EXPECT_EQ(told(order, 1200, {}, wish), "p2=900");
    EXPECT_EQ(told(order, 500, {}, wish), "p2=500");
    EXPECT_EQ(told(order, 500, {}, {{{"p2", "", Minor{1001}}}, false}), "/tenders/0/amount");
    EXPECT_EQ(told(order, 500, {}, {{{"p9", "", Minor{1}}}, false}), "/tenders/0/payment");
}

// Published as the hazard of several captures of one authorization: a provider refunds a capture,
// not an authorization.
TEST(Tenders, CapturesOfOnePaymentAreChosenLikePayments) {
    Order order = paid({{"card", 3000}});
    order.payments[0].state = PaymentState::authorized;
    for (const std::int64_t minor : {1000, 1500}) {
        PaymentOperation capture;
        capture.id = "po_" + std::to_string(minor);
        capture.amount = Minor{minor};
        capture.state = MoneyState::succeeded;
        order.payments[0].operations.push_back(capture);
    }
    EXPECT_EQ(told(order, 1000), "p1/po_1000=1000");
    EXPECT_EQ(told(order, 1200), "p1/po_1500=1200");
    EXPECT_EQ(told(order, 2600), "p1/po_1500=1500 p1/po_1000=1000");
}

}  // namespace
}  // namespace orderhub::domain
