#include <gtest/gtest.h>

#include "hub/domain/payments.hpp"
#include "tests/domain/orders.hpp"

namespace orderhub::domain {
namespace {

const Context kContext{{}, "agent:ada", 7000};

ProcessException differs(std::string message) {
    ProcessException exception;
    exception.id = "px_1";
    exception.code = "totals_differ";
    exception.subject = "l1";
    exception.message = std::move(message);
    exception.raised_at = 1;
    return exception;
}

Order with_exception() {
    Order order = imported(three_mugs());
    raise_exception(order, differs("first words"));
    return order;
}

TEST(Exceptions, TheSameOneIsRaisedOnceAndReworded) {
    Order order = with_exception();
    EXPECT_FALSE(raise_exception(order, differs("other words")));
    ASSERT_EQ(order.exceptions.size(), 1U);
    EXPECT_EQ(order.exceptions[0].message, "other words");
    EXPECT_EQ(order.exceptions[0].raised_at, 1);
}

TEST(Exceptions, TheHubResolvesWhatNoLongerHolds) {
    Order order = with_exception();
    EXPECT_FALSE(resolve_exception(order, "totals_differ", "l2", 50));
    EXPECT_TRUE(resolve_exception(order, "totals_differ", "l1", 50));
    EXPECT_EQ(order.exceptions[0].state, ExceptionState::resolved);
    EXPECT_EQ(order.exceptions[0].resolved_by, "hub");
    EXPECT_EQ(order.exceptions[0].resolved_at, 50);
    EXPECT_FALSE(resolve_exception(order, "totals_differ", "l1", 60));
    EXPECT_TRUE(raise_exception(order, differs("again")));
    EXPECT_EQ(order.exceptions.size(), 2U);
}

TEST(Exceptions, AnIgnoredOneIsNotRaisedAgainUntilItWasMended) {
    const auto plan = plan_resolve_exception(with_exception(), "px_1", true, "known", kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    Order order = plan->order;
    EXPECT_EQ(order.exceptions[0].state, ExceptionState::ignored);
    EXPECT_FALSE(raise_exception(order, differs("still")));
    ASSERT_EQ(order.exceptions.size(), 1U);
    EXPECT_EQ(order.exceptions[0].message, "still");
    EXPECT_EQ(order.exceptions[0].state, ExceptionState::ignored);
    EXPECT_TRUE(resolve_exception(order, "totals_differ", "l1", 80));
    EXPECT_TRUE(raise_exception(order, differs("new")));
}

TEST(ResolveException, KeepsWhoAndHow) {
    const auto plan = plan_resolve_exception(with_exception(), "px_1", false, "counted", kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    const ProcessException& resolved = plan->order.exceptions[0];
    EXPECT_EQ(plan->action, ActionKind::resolve_exception);
    EXPECT_EQ(plan->subject, "px_1");
    EXPECT_EQ(resolved.state, ExceptionState::resolved);
    EXPECT_EQ(resolved.resolved_by, "agent:ada");
    EXPECT_EQ(resolved.resolution, "counted");
    EXPECT_EQ(resolved.resolved_at, 7000);
    const auto again = plan_resolve_exception(plan->order, "px_1", false, "r", kContext);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "bad_state");
    EXPECT_NE(again.error().message.find("agent:ada"), std::string::npos);
}

TEST(ResolveException, AnIgnoredOneCanStillBeResolvedButNotIgnoredAgain) {
    const Order ignored =
        plan_resolve_exception(with_exception(), "px_1", true, "known", kContext)->order;
    EXPECT_EQ(plan_resolve_exception(ignored, "px_1", true, "r", kContext).error().code,
              "bad_state");
    EXPECT_TRUE(plan_resolve_exception(ignored, "px_1", false, "r", kContext));
}

TEST(ResolveException, NamesWhatIsWrong) {
    const Order order = with_exception();
    const auto unknown = plan_resolve_exception(order, "px_2", false, "r", kContext);
    EXPECT_EQ(unknown.error().field, "/exception");
    EXPECT_EQ(unknown.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(plan_resolve_exception(order, "", false, "r", kContext).error().field, "/exception");
    EXPECT_EQ(plan_resolve_exception(order, "px_1", false, "", kContext).error().field, "/reason");
}

TEST(Suspend, StopsEverythingUntilSomebodyLiftsIt) {
    const auto plan = plan_suspend(imported(three_mugs()), "address in doubt", kContext);
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(plan->order.exceptions.size(), 1U);
    const ProcessException& raised = plan->order.exceptions[0];
    EXPECT_EQ(raised.code, "suspended");
    EXPECT_EQ(raised.category, "order");
    EXPECT_EQ(raised.severity, "high");
    EXPECT_EQ(raised.priority, "high");
    EXPECT_EQ(raised.message, "address in doubt");
    EXPECT_EQ(raised.raised_at, 7000);
    const Order suspended = accepted(*plan, "1");
    const auto cancel = plan_cancel(suspended, {.lines = {{"l1", 1}}, .reason = "r"}, kContext);
    ASSERT_FALSE(cancel);
    EXPECT_EQ(cancel.error().code, "suspended");
    EXPECT_EQ(plan_suspend(suspended, "r", kContext).error().code, "suspended");
    const auto lifted = plan_resolve_exception(suspended, suspended.exceptions[0].id, false,
                                               "address confirmed", kContext);
    ASSERT_TRUE(lifted) << lifted.error().message;
    EXPECT_TRUE(plan_cancel(lifted->order, {.lines = {{"l1", 1}}, .reason = "r"}, kContext));
}

TEST(Suspend, AnIgnoredSuspensionDoesNotHinderTheNext) {
    const Order suspended = accepted(*plan_suspend(imported(three_mugs()), "a", kContext), "1");
    const Order ignored =
        plan_resolve_exception(suspended, suspended.exceptions[0].id, true, "r", kContext)->order;
    EXPECT_EQ(suspension(ignored), nullptr);
    const auto again = plan_suspend(ignored, "b", kContext);
    ASSERT_TRUE(again);
    ASSERT_NE(suspension(again->order), nullptr);
    EXPECT_EQ(suspension(again->order)->message, "b");
    EXPECT_EQ(plan_suspend(ignored, "", kContext).error().field, "/reason");
}

}  // namespace
}  // namespace orderhub::domain
