// Units leave once, whatever becomes of the answers; what Vendure cannot do is left as a note.
#include <gtest/gtest.h>

#include "shop.hpp"

namespace orderhub::vendure {
namespace {

using testkit::Answer;
using testkit::Outcome;

/// Order 17: lines 56 and 57 of 1 and 5 units, nothing sent yet.
struct Fulfilments : testing::Test {
    Fulfilments() { bench.shop.add(recorded_order("17-plain")); }

    Outcome create(std::string_view key, int quantity = 2, std::uint32_t attempt = 1,
                   std::string_view kind = "standard") {
        return bench.host.execute("fulfilment.create", key,
                                  fulfil_payload("17", kind, "57", quantity), attempt);
    }
    Outcome update(std::string_view key, std::string_view fulfilment, std::string_view state,
                   json::object extra = {}) {
        json::object payload = update_payload("17", fulfilment, state);
        for (const auto& [name, value] : extra)
            payload[name] = value;
        return bench.host.execute("fulfilment.update", key, payload);
    }
    const json::array& shown() { return bench.shop.orders.at("17").at("fulfillments").as_array(); }
    std::vector<std::string> notes() {
        std::vector<std::string> texts;
        const json::object& order = bench.shop.orders.at("17");
        for (const json::value& entry : order.at("history").at("items").as_array())
            if (entry.at("type") == "ORDER_NOTE")
                texts.emplace_back(entry.at("data").at("note").as_string());
        return texts;
    }
    void lose_answer_once(std::string_view operation, Answer answer = testkit::no_answer()) {
        bench.shop.after = [=, done = false](std::string_view asked) mutable {
            if (asked != operation || done) return std::optional<Answer>();
            done = true;
            return std::optional(answer);
        };
    }
    void answer_instead(std::string_view operation, Answer answer) {
        bench.shop.before = [=](std::string_view asked) {
            return asked == operation ? std::optional(answer) : std::nullopt;
        };
    }

    Bench bench;
};

TEST_F(Fulfilments, AreAnnouncedAndThenMade) {
    const Outcome outcome = create("F1");
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    ASSERT_EQ(shown().size(), 1U);
    EXPECT_EQ(outcome.result.at("external_id"), shown().at(0).at("id"));
    EXPECT_EQ(outcome.result.at("state").as_string(), "pending");
    EXPECT_EQ(notes(), (std::vector<std::string>{"OrderHub sends: 2 of line 57 [orderhub:F1]"}));
    const json::value& record = outcome.records.at(0).second.at("fulfilments").at(0);
    EXPECT_EQ(record.at("key").as_string(), "F1");
    EXPECT_FALSE(record.as_object().contains("tracking_number"));
}

TEST_F(Fulfilments, CarryCarrierAndTracking) {
    json::object payload = fulfil_payload("17", "standard", "57", 1);
    payload["carrier"] = "DHL";
    payload["tracking_number"] = "JD1";
    bench.host.execute("fulfilment.create", "F1", payload);
    EXPECT_EQ(shown().at(0).at("method").as_string(), "DHL");
    EXPECT_EQ(shown().at(0).at("trackingCode").as_string(), "JD1");
}

TEST_F(Fulfilments, AskedForTwiceAreMadeOnce) {
    const Outcome first = create("F1");
    const Outcome again = create("F1", 2, 2);
    EXPECT_EQ(again.outcome, OH_DONE);
    EXPECT_EQ(again.result, first.result);
    EXPECT_EQ(shown().size(), 1U);
}

TEST_F(Fulfilments, OfTheSameUnitsAreToldApart) {
    const Outcome first = create("F1");
    const Outcome second = create("F2");
    EXPECT_NE(first.result.at("external_id"), second.result.at("external_id"));
    EXPECT_EQ(create("F1", 2, 2).result, first.result);
    EXPECT_EQ(create("F2", 2, 2).result, second.result);
    EXPECT_EQ(shown().size(), 2U);
}

TEST_F(Fulfilments, WhoseAnswerIsLostAreFoundAtOnce) {
    for (const Answer& lost : {testkit::no_answer(), Answer{502, "<html>", {}},
                               Answer{200, R"({"data":{"addFul)", {}}}) {
        bench.shop.add(recorded_order("17-plain"));
        lose_answer_once("Fulfil", lost);
        const Outcome outcome = create("F1");
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
        EXPECT_EQ(outcome.result.at("external_id"), shown().at(0).at("id"));
        EXPECT_EQ(shown().size(), 1U);
    }
}

TEST_F(Fulfilments, ThatNeverHappenedAreUnknownOnlyWhileNobodyCanTell) {
    answer_instead("Fulfil", testkit::no_answer());
    EXPECT_EQ(create("F1").outcome, OH_UNKNOWN);
    answer_instead("Fulfil", testkit::not_sent());
    EXPECT_EQ(create("F1", 2, 2).outcome, OH_RETRY);
    bench.shop.before = nullptr;
    EXPECT_EQ(create("F1", 2, 3).outcome, OH_DONE);
    EXPECT_EQ(notes().size(), 1U);
}

TEST_F(Fulfilments, WhoseAnnouncementIsInDoubtAreTriedAgain) {
    lose_answer_once("Note");
    const Outcome doubtful = create("F1");
    EXPECT_EQ(doubtful.outcome, OH_RETRY);
    EXPECT_EQ(doubtful.code, "no_answer");
    EXPECT_TRUE(shown().empty());
    EXPECT_EQ(create("F1", 2, 2).outcome, OH_DONE);
    EXPECT_EQ(notes().size(), 1U);
}

TEST_F(Fulfilments, TakeNoKeyOfARefusedOne) {
    EXPECT_EQ(create("F1", 6).code, "items_already_fulfilled_error");
    bench.shop.orders.at("17").at("lines").at(1).as_object()["quantity"] = 6;
    const Outcome later = create("F2", 6);
    ASSERT_EQ(later.outcome, OH_DONE) << later.message;
    EXPECT_EQ(later.records.at(0).second.at("fulfilments").at(0).at("key").as_string(), "F2");
    EXPECT_EQ(create("F1", 6, 2).outcome, OH_REJECTED);
}

TEST_F(Fulfilments, AreAnnouncedAfreshWhenAnotherOneStandsBetween) {
    answer_instead("Fulfil", testkit::not_sent());
    create("F1");
    create("F2");
    bench.shop.before = nullptr;
    const Outcome outcome = create("F1", 2, 2);
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_EQ(outcome.records.at(0).second.at("fulfilments").at(0).at("key").as_string(), "F1");
    EXPECT_EQ(create("F2", 2, 2).outcome, OH_DONE);
    EXPECT_EQ(shown().size(), 2U);
}

TEST_F(Fulfilments, OfWhatTheOrderDoesNotHaveAreNotSent) {
    const auto code = [&](json::object payload) {
        return bench.host.execute("fulfilment.create", "F1", payload).code;
    };
    EXPECT_EQ(code(fulfil_payload("17", "standard", "99", 1)), "line_not_found");
    EXPECT_EQ(code(fulfil_payload("18", "standard", "57", 1)), "order_not_found");
    json::object article = fulfil_payload("17", "standard", "57", 1);
    article.at("lines").at(0).as_object().erase("line");
    EXPECT_EQ(code(article), "line_missing");
    EXPECT_EQ(bench.shop.count("Note") + bench.shop.count("Fulfil"), 0U);
}

TEST_F(Fulfilments, MoveOnAndMayBeThereAlready) {
    const std::string id(create("F1").result.at("external_id").as_string());
    EXPECT_EQ(update("U1", id, "shipped").outcome, OH_DONE);
    EXPECT_EQ(shown().at(0).at("state").as_string(), "Shipped");
    EXPECT_EQ(update("U1", id, "shipped").outcome, OH_DONE);
    lose_answer_once("MoveFulfilment");
    EXPECT_EQ(update("U2", id, "delivered").outcome, OH_DONE);
    EXPECT_EQ(update("U3", id, "shipped").result.at("external_id").as_string(), id);
    EXPECT_EQ(bench.shop.count("MoveFulfilment"), 2U);
}

TEST_F(Fulfilments, AreCancelledAndThenNotShipped) {
    const std::string id(create("F1").result.at("external_id").as_string());
    const Outcome cancelled = update("U1", id, "cancelled");
    EXPECT_EQ(cancelled.outcome, OH_DONE);
    const json::value& record = cancelled.records.at(0).second.at("fulfilments").at(0);
    EXPECT_EQ(record.at("state").as_string(), "cancelled");
    const Outcome refused = update("U2", id, "shipped");
    EXPECT_EQ(refused.outcome, OH_REJECTED);
    EXPECT_EQ(refused.message, "Cannot transition Fulfillment from Cancelled");
    EXPECT_EQ(update("U3", "404", "shipped").code, "fulfilment_not_found");
}

TEST_F(Fulfilments, TellLateTrackingInANote) {
    const std::string id(create("F1").result.at("external_id").as_string());
    const json::object tracking{{"carrier", "UPS"}, {"tracking_number", "1Z"}};
    lose_answer_once("MoveFulfilment");
    EXPECT_EQ(update("U1", id, "shipped", tracking).outcome, OH_DONE);
    EXPECT_EQ(update("U1", id, "shipped", tracking).outcome, OH_DONE);
    ASSERT_EQ(notes().size(), 2U);
    EXPECT_EQ(notes().at(1),
              "OrderHub: fulfilment " + id + " is shipped\nBy: UPS, 1Z\n[orderhub:U1]");
}

TEST_F(Fulfilments, AtNoChargeAreANoteForTheWarehouse) {
    const Outcome outcome = create("R1", 2, 1, "reship");
    ASSERT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_TRUE(
        std::string_view(outcome.result.at("external_id").as_string()).starts_with("note:"));
    EXPECT_EQ(notes().at(0),
              "OrderHub: send again, at no charge\n2 x MUG-1, Coffee mug\n"
              "To: Ada Lovelace, 12 Main St, US\nWhy: Lost in transit\n[orderhub:R1]");
    EXPECT_TRUE(shown().empty());
    EXPECT_EQ(create("R1", 2, 2, "reship").result, outcome.result);
    EXPECT_EQ(notes().size(), 1U);
}

TEST_F(Fulfilments, InExchangeMayBeArticlesThatTheOrderDoesNotHave) {
    json::object payload = fulfil_payload("17", "exchange", "57", 1);
    payload.at("lines").at(0).as_object().erase("line");
    lose_answer_once("Note");
    const Outcome outcome = bench.host.execute("fulfilment.create", "X1", payload);
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
    EXPECT_TRUE(notes().at(0).starts_with("OrderHub: send in exchange, nothing to be paid here\n"));
}

TEST_F(Fulfilments, ThatAreNotesAreUpdatedByNotes) {
    const std::string id(create("R1", 2, 1, "reship").result.at("external_id").as_string());
    const Outcome outcome = update("R2", id, "cancelled");
    EXPECT_EQ(outcome.result.at("external_id").as_string(), id);
    EXPECT_EQ(notes().at(1),
              "OrderHub: the sending of note " + id.substr(5) + " is cancelled\n[orderhub:R2]");
}

}  // namespace
}  // namespace orderhub::vendure
