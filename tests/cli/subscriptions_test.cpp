// subscriptions list, show, create, rotate, replay, enable, disable, delete, test
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

constexpr const char* kPath = "/api/v1/subscriptions";
constexpr const char* kFailing =
    R"({"id":"sub_1","name":"desk","url":"https://desk.test/hook","types":["order.","case."],)"
    R"("state":"active","reason":"","after":40,"behind":2,"failures":3,)"
    R"("failing_since":"2026-11-20T10:00:00.000Z","next_at":"2026-11-20T11:00:00.000Z",)"
    R"("error":{"code":"http_503","message":"the subscriber answered 503"},)"
    R"("previous_secret_until":null,"created_at":"2026-11-19T10:00:00.000Z"})";

class Subscriptions : public CliTest {
protected:
    void SetUp() override {
        CliTest::SetUp();
        const std::string one = std::string(kPath) + "/sub_1";
        const std::string made =
            std::string(R"({"subscription":)") + kFailing + R"(,"secret":"whsec_abc"})";
        on(std::string("GET ") + kPath, std::string(R"({"items":[)") + kFailing + "]}");
        on("GET " + one, kFailing);
        on("PATCH " + one, kFailing);
        on("DELETE " + one, R"({"id":"sub_1"})");
        on(std::string("POST ") + kPath, made, 201);
        on("POST " + one + ":rotate-secret", made);
        on("POST " + one + ":replay", kFailing);
    }
};

TEST_F(Subscriptions, ListShowsHowFarEachHasCome) {
    const auto outcome = run("subscriptions list");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out,
              "ID     NAME  STATE   TYPES         AFTER  BEHIND  FAILURES  SAYS\n"
              "sub_1  desk  active  order. case.     40       2         3  the subscriber answered "
              "503\n");
}

TEST_F(Subscriptions, ShowTellsWhatItFailsWithAndNoSecret) {
    const auto outcome = run("subscriptions show sub_1");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    for (const char* part :
         {"Subscription sub_1  desk  active\n", "https://desk.test/hook", "event 40, 2 behind",
          "the subscriber answered 503", "2026-11-20 11:00:00Z"})
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
    EXPECT_EQ(outcome.out.find("secret"), std::string::npos);
}

TEST_F(Subscriptions, CreateShowsTheSecretOnce) {
    const auto outcome =
        run("subscriptions create desk https://desk.test/hook --type order. --type case. --after "
            "0");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().body, R"({"name":"desk","url":"https://desk.test/hook",)"
                           R"("types":["order.","case."],"after":0})");
    EXPECT_NE(outcome.out.find("whsec_abc"), std::string::npos);
    EXPECT_NE(outcome.out.find("not shown again"), std::string::npos);
    run("subscriptions create desk https://desk.test/hook");
    EXPECT_EQ(last().body, R"({"name":"desk","url":"https://desk.test/hook"})");
    EXPECT_EQ(run("subscriptions create desk https://desk.test/hook --after -1").code, kUsage);
}

TEST_F(Subscriptions, DecisionsAreSentAsTheyAreMade) {
    EXPECT_EQ(run("subscriptions rotate sub_1").code, kOk);
    EXPECT_EQ(last().body, R"({"overlap_s":86400})");
    EXPECT_EQ(run("subscriptions replay sub_1 --after 12").code, kOk);
    EXPECT_EQ(last().body, R"({"after":12})");
    EXPECT_EQ(run("subscriptions disable sub_1").code, kOk);
    EXPECT_EQ(last().body, R"({"state":"disabled"})");
    EXPECT_EQ(run("subscriptions enable sub_1").code, kOk);
    EXPECT_EQ(last().body, R"({"state":"active"})");
    EXPECT_EQ(run("subscriptions delete sub_1").out, "Subscription sub_1 is deleted.\n");
    EXPECT_EQ(last().method, "DELETE");
    EXPECT_EQ(run("subscriptions replay sub_1").code, kUsage) << "from where must be said";
}

TEST_F(Subscriptions, ATestThatDoesNotArriveFails) {
    const std::string target = std::string("POST ") + kPath + "/sub_1:test";
    const auto answer = [](bool delivered, int status) {
        return json::serialize(json::object{{"subscription", "sub_1"},
                                            {"event", "ev_1"},
                                            {"delivered", delivered},
                                            {"status", status},
                                            {"message", "the subscriber answered"}});
    };
    hub_.on(target, {200, answer(true, 204)});
    hub_.on(target, {200, answer(false, 500)});
    EXPECT_EQ(run("subscriptions test sub_1").out, "Delivered: the subscriber answered\n");
    const auto failed = run("subscriptions test sub_1");
    EXPECT_EQ(failed.code, kFailed);
    EXPECT_EQ(failed.out, "NOT delivered: the subscriber answered\n");
    hub_.on(std::string("GET ") + kPath + "/sub_2",
            {404, problem(404, "no_subscription", "There is no such subscription.")});
    EXPECT_NE(run("subscriptions show sub_2").code, kOk);
}

}  // namespace
}  // namespace orderhub::cli
