// Reconciliations over the API: what is asked for, and what is refused.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

constexpr const char* kPath = "/api/v1/reconciliations";

class Reconciliations : public ApiTest {
protected:
    Reply start(const json::object& body, const std::string& token = "admin") {
        return send("POST", kPath, body, token);
    }
};

TEST_F(Reconciliations, ADayThatIsNamedAsTheEndCountsWhole) {
    const auto reply = start({{"from", "2026-11-01"}, {"to", "2026-11-30"}});
    ASSERT_EQ(reply.status, 202) << reply.body;
    EXPECT_EQ(reply.document().at("from"), "2026-11-01T00:00:00.000Z");
    EXPECT_EQ(reply.document().at("to"), "2026-12-01T00:00:00.000Z");
    const auto exact = start({{"from", "2026-11-01"}, {"to", "2026-11-30T12:00:00Z"}});
    EXPECT_EQ(exact.document().at("to"), "2026-11-30T12:00:00.000Z");
}

TEST_F(Reconciliations, ARunIsReadByItsId) {
    const auto reply = call("GET", std::string(kPath) + "/rc_1", "admin");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.document().at("state"), "running");
    EXPECT_EQ(call("GET", std::string(kPath) + "/rc_2", "admin").status, 404);
}

TEST_F(Reconciliations, WhatIsNoPeriodIsRefused) {
    for (const auto& [from, to] :
         {std::pair{"2026-11-02", "2026-11-01"}, std::pair{"2026-02-30", "2026-11-01"},
          std::pair{"2026-11-01", "2026-02-30"}, std::pair{"soon", "2026-11-01"}}) {
        const auto reply = start({{"from", from}, {"to", to}});
        EXPECT_EQ(reply.status, 400) << reply.body;
        EXPECT_EQ(reply.code(), "bad_body");
    }
    EXPECT_EQ(start({{"from", "2026-11-01"}}).status, 400);
}

TEST_F(Reconciliations, AConnectorThatCannotBeAskedIsNamed) {
    const auto reply = start({{"from", "2026-11-01"}, {"to", "2026-11-30"}, {"connector", "desk"}});
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.code(), "cannot_be_asked");
    EXPECT_NE(reply.body.find("desk"), std::string::npos);
}

TEST_F(Reconciliations, NeedAnAdmin) {
    EXPECT_EQ(start({{"from", "2026-11-01"}, {"to", "2026-11-30"}}, "agent").status, 403);
    EXPECT_EQ(call("GET", std::string(kPath) + "/rc_1").status, 403);
}

}  // namespace
}  // namespace orderhub::http
