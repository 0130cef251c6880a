// Every way in which an exchange can fail: which outcome the hub is told, and that repeating the
// command then leaves exactly one effect.
#include <gtest/gtest.h>

#include "shop.hpp"
#include "testing/failing.hpp"

namespace orderhub::woocommerce::testing {
namespace {

using Failing = orderhub::testing::FailingWith<Fault>;
using orderhub::testing::html;
using orderhub::testing::throttled;

Answer with_notice() {
    return {200, "<br />\n<b>Warning</b>: x\n{\"id\":801}", {}, OH_HTTP_ANSWERED};
}

std::vector<Failing> cases() {
    const auto get = [](Answer a) { return Fault{"GET", "/orders/727", std::move(a)}; };
    const auto look = [](Answer a) { return Fault{"GET", "/refunds", std::move(a)}; };
    const auto post = [](Answer a, bool done = false) {
        return Fault{"POST", "/refunds", std::move(a), done};
    };
    constexpr std::string_view kRefused = "woocommerce_rest_cannot_create_order_refund";
    return {
        {"read_unreachable", get(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"read_no_answer", get(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"read_401", get(refusal(401, "woocommerce_rest_cannot_view", "no")), OH_RETRY,
         "unauthorized"},
        {"read_404", get(refusal(404, "woocommerce_rest_shop_order_invalid_id", "no")), OH_REJECTED,
         "no_such_order"},
        {"read_no_route", get(refusal(404, "rest_no_route", "no")), OH_REJECTED, "http_404"},
        {"read_429", get(throttled()), OH_RETRY, "throttled"},
        {"read_500", get(html(500)), OH_RETRY, "server_error"},
        {"read_html", get(html()), OH_RETRY, "bad_answer"},
        {"look_no_answer", look(testkit::no_answer()), OH_RETRY, "no_answer"},
        {"look_503", look(html(503)), OH_RETRY, "throttled"},
        {"write_unreachable", post(testkit::not_sent()), OH_RETRY, "unreachable"},
        {"write_lost_before", post(testkit::no_answer()), OH_UNKNOWN, "no_answer"},
        {"write_lost_after", post(testkit::no_answer(), true), OH_DONE, ""},
        {"write_500_before", post(html(500)), OH_UNKNOWN, "server_error"},
        {"write_500_after", post(html(500), true), OH_DONE, ""},
        {"write_504_after", post(html(504), true), OH_DONE, ""},
        {"write_notice_after", post(with_notice(), true), OH_DONE, ""},
        {"write_html_before", post(html()), OH_UNKNOWN, "bad_answer"},
        {"write_429", post(throttled()), OH_RETRY, "throttled"},
        {"write_refused", post(refusal(500, kRefused, "Invalid refund amount.")), OH_REJECTED,
         "woocommerce_rest_cannot_create_order_refund"},
        {"write_400", post(refusal(400, "rest_invalid_param", "no")), OH_REJECTED, "http_400"},
    };
}

Outcome refund(FakeHost& host, std::uint32_t attempt) {
    return host.execute("refund.create", "r-1",
                        Json::object({{"order", order_reference()},
                                      {"payment", Json::object({{"external_id", "727"}})},
                                      {"amount", "12.10"},
                                      {"currency", "EUR"},
                                      {"reason", "x"}}),
                        attempt);
}

class Failure : public ::testing::TestWithParam<Failing> {};

TEST_P(Failure, HasItsOutcomeAndLeavesOneEntry) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    shop.faults.push_back(GetParam().fault);
    const Outcome first = refund(host, 1);
    EXPECT_EQ(first.outcome, GetParam().outcome) << first.code << ": " << first.message;
    EXPECT_EQ(first.code, GetParam().code);
    EXPECT_EQ(shop.faults[0].times, 0) << "the fault was never met";
    EXPECT_EQ(refund(host, 2).outcome, OH_DONE);
    EXPECT_EQ(shop.refunds.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Refund, Failure, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(FailureDetail, TheGatewaysOwnWordsAreTold) {
    Shop shop;
    FakeHost host(config());
    shop.attach(host);
    shop.faults.push_back({"POST", "/refunds",
                           refusal(500, "woocommerce_rest_cannot_create_order_refund",
                                   "The charge has already been refunded.")});
    EXPECT_EQ(refund(host, 1).message, "The charge has already been refunded.");
    EXPECT_TRUE(shop.refunds.empty());
}

TEST(FailureDetail, AByteOrderMarkIsNoReasonToStop) {
    Shop shop;
    FakeHost host(config());
    host.peer = [&](const Request& request) {
        Answer answer = shop.answer(request);
        answer.body.insert(0, "\xEF\xBB\xBF");
        return answer;
    };
    EXPECT_EQ(refund(host, 1).outcome, OH_DONE);
}

}  // namespace
}  // namespace orderhub::woocommerce::testing
