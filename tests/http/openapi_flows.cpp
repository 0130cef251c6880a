// The routes of flows, for the comparison with the OpenAPI document.
#include "openapi_fixture.hpp"

namespace orderhub::http {

void OpenApi::use_flows() {
    const std::string asking = R"(flow: asking
title: Asking
starts: {by_hand: true}
after:
  - approval: {role: admin}
)";
    const std::string failing = R"(flow: failing
title: Failing
starts: {by_hand: true}
after:
  - {check: "false", refuse: Never}
)";
    ASSERT_TRUE(load_flows({{"asking.yaml", asking}, {"failing.yaml", failing}}));
    conforming("GET", "/api/v1/flows", "/api/v1/flows");
    conforming("GET", "/api/v1/flows/{name}", "/api/v1/flows/asking");
    conforming("GET", "/api/v1/flows/{name}", "/api/v1/flows/none");
    const std::string runs = "/api/v1/flow-runs", run = runs + "/{id}";
    conforming("POST", runs, runs, R"({"flow": "asking"})");
    const auto begin = [&](const std::string& flow = "asking") {
        const auto reply = send("POST", runs, json::object{{"flow", flow}});
        const std::string id(reply.document().at("id").as_string());
        EXPECT_TRUE(store_->write([&](store::Transaction& unit) -> Result<void> {
            const auto stepped = flows_->step({unit, unit}, 1'795'000'000'000, id);
            return stepped ? Result<void>() : std::unexpected(stepped.error());
        }));
        return id;
    };
    conforming("POST", runs, runs, R"({"flow": "none"})");
    conforming("POST", runs, runs, R"({"flow": "return_refund"})");
    conforming("GET", runs, runs + "?state=done");
    conforming("GET", runs, runs + "?state=none");
    conforming("GET", "/api/v1/approvals", "/api/v1/approvals");
    const auto cancelled = begin();
    conforming("GET", run, runs + "/" + cancelled);
    conforming("GET", run, runs + "/fr_none");
    conforming("POST", run + ":retry", runs + "/" + cancelled + ":retry");
    conforming("POST", run + ":retry", runs + "/" + begin("failing") + ":retry");
    conforming("POST", run + ":cancel", runs + "/" + cancelled + ":cancel", R"({"reason": "r"})");
    conforming("POST", run + ":cancel", runs + "/" + cancelled + ":cancel", R"({"reason": "r"})");
    const std::string one = "/api/v1/approvals/{id}:", path = "/api/v1/approvals/";
    for (const std::string verb : {"approve", "decline", "return"}) {
        const auto id = begin();
        conforming("POST", one + verb, path + id + ":" + verb, R"({"comment": "c"})");
        conforming("POST", one + verb, path + id + ":" + verb, "{}");
        conforming("POST", one + verb, path + "fr_none:" + verb, "{}");
    }
    const std::string simulate = "/api/v1/flows:simulate";
    conforming("POST", simulate, simulate, R"({"flow": "asking"})");
    conforming("POST", simulate, simulate, R"({"flow": "none"})");
    conforming("POST", simulate, simulate, R"({"text": "flow: x"})");
    conforming("POST", "/api/v1/flows:reload", "/api/v1/flows:reload");
}

}  // namespace orderhub::http
