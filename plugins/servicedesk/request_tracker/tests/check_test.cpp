#include <gtest/gtest.h>

#include "desk.hpp"

namespace orderhub::request_tracker::testing {
namespace {

json::object queue(const json::array& fields) {
    json::array listed;
    for (const json::value& name : fields)
        listed.push_back(json::object{{"name", name}});
    return {{"id", 3}, {"Name", "Support"}, {"TicketCustomFields", std::move(listed)}};
}

class Check : public ::testing::Test {
protected:
    Check() : host(config()) {
        desk.attach(host);
        all = queue({"Order Number", "Order Summary", "Order Summary URL", "Order Total"});
    }
    Outcome check(Answer of_queue) {
        desk.faults.push_back({"GET", "/queue/Support", std::move(of_queue)});
        return host.check();
    }

    Desk desk;
    FakeHost host;
    json::object all;
};

TEST_F(Check, PassesOnAPreparedDesk) {
    const Outcome outcome = check(ok(all));
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
}

TEST_F(Check, NamesAMissingQueue) {
    const Outcome outcome = check(words(404, "Not Found"));
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_NE(outcome.message.find("\"Support\""), std::string::npos) << outcome.message;
}

TEST_F(Check, NamesAMissingField) {
    const Outcome outcome = check(ok(queue({"Order Number", "Order Summary", "Order Total"})));
    EXPECT_EQ(outcome.code, "no_such_field");
    EXPECT_NE(outcome.message.find("\"Order Summary URL\""), std::string::npos) << outcome.message;
}

TEST_F(Check, NamesAMissingUser) {
    desk.faults.push_back({"GET", "/user/hub", words(404, "Not Found")});
    EXPECT_EQ(check(ok(all)).code, "no_such_user");
}

TEST_F(Check, WantsAPrivilegedUser) {
    desk.faults.push_back(
        {"GET", "/user/hub", ok(json::object{{"Name", "hub"}, {"Privileged", 0}})});
    EXPECT_EQ(check(ok(all)).code, "no_right");
}

TEST_F(Check, WantsTheUsersName) {
    desk.faults.push_back(
        {"GET", "/user/hub", ok(json::object{{"Name", "integration"}, {"Privileged", 1}})});
    EXPECT_EQ(check(ok(all)).code, "wrong_user");
}

TEST_F(Check, SaysThatTheTokenIsRefused) {
    desk.faults.push_back({"GET", "/rt", words(401, "Unauthorized")});
    const Outcome outcome = host.check();
    EXPECT_EQ(outcome.code, "unauthorized");
    EXPECT_EQ(outcome.message, "answered 401: Unauthorized");
}

TEST_F(Check, SaysThatTheAddressIsAnotherSystem) {
    desk.faults.push_back({"GET", "/rt", ok(json::object{{"Version", "4.4.7"}})});
    EXPECT_EQ(host.check().code, "wrong_version");
    desk.faults.push_back(
        {"GET", "/rt", {200, "<html>", {{"content-type", "text/html"}}, OH_HTTP_ANSWERED}});
    EXPECT_EQ(host.check().code, "bad_answer");
}

TEST_F(Check, SaysThatNobodyAnswers) {
    desk.faults.push_back({"GET", "/rt", testkit::not_sent()});
    EXPECT_EQ(host.check().code, "unreachable");
}

TEST(Configuration, IsRefusedWithASentence) {
    json::object none = config();
    none["queues"] = json::array{};
    EXPECT_THROW(FakeHost{none}, std::runtime_error);
    json::object anonymous = config();
    anonymous["token"] = "";
    EXPECT_THROW(FakeHost{anonymous}, std::runtime_error);
}

TEST(Configuration, FieldNamesMayDiffer) {
    json::object renamed = config();
    renamed["fields"] = json::object{{"order_number", "Bestellnummer"}, {"external_id", ""}};
    FakeHost host(renamed);
    Desk desk;
    desk.tickets[1].fields["Bestellnummer"] = "";
    desk.attach(host);
    const json::object payload{{"case", {{"external_id", "1"}}},
                               {"order", {{"number", "7"}, {"url", "https://x"}, {"digest", "d"}}}};
    EXPECT_EQ(host.execute("case.link", "k", payload).outcome, OH_DONE);
    EXPECT_EQ(desk.tickets[1].fields.at("Bestellnummer"), "7");
    EXPECT_EQ(desk.tickets[1].fields.at("Order Total"), "") << "the order had no total";
    EXPECT_EQ(desk.tickets[1].fields.at("External Id"), "");
}

}  // namespace
}  // namespace orderhub::request_tracker::testing
