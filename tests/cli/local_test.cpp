// Commands of this machine, help, and wrong command lines.
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

class Local : public CliTest {
protected:
    void SetUp() override {
        CliTest::SetUp();
        local_.serve = [this](const std::string& file) { return note("serve " + file, 0); };
        local_.check_config = [this](const std::string& file, bool json) {
            return note("check " + file + (json ? " json" : ""), 1);
        };
        local_.create_token = [this](const std::string& file, const NewToken& token,
                                     bool) -> std::optional<int> {
            note("token " + file + " " + token.name + " " + token.role, 0);
            given_ = token.scope;
            if (hub_holds_the_store_) return std::nullopt;
            return 0;
        };
    }
    int note(std::string what, int code) {
        called_.push_back(std::move(what));
        return code;
    }
    std::vector<std::string> called_;
    bool hub_holds_the_store_ = false;
    domain::Scope given_;
};

TEST_F(Local, ServeAndCheckAreDoneHereWithTheirExitCodes) {
    EXPECT_EQ(run("serve --config hub.yaml").code, 0);
    EXPECT_EQ(run("config check hub.yaml --json").code, 1);
    EXPECT_EQ(called_, (std::vector<std::string>{"serve hub.yaml", "check hub.yaml json"}));
    EXPECT_TRUE(hub_.seen().empty());
}

TEST_F(Local, ALibraryIsInspectedHere) {
    local_.inspect_connector = [this](const std::string& library, const std::string& config,
                                      bool json) {
        return note("inspect " + library + " " + config + (json ? " json" : ""), 1);
    };
    EXPECT_EQ(run("connectors inspect acme.so").code, 1);
    EXPECT_EQ(run("connectors inspect acme.so --config hub.yaml --json").code, 1);
    EXPECT_EQ(called_,
              (std::vector<std::string>{"inspect acme.so ", "inspect acme.so hub.yaml json"}));
}

TEST_F(Local, AConnectorIsReloadedAndResumedByTheHub) {
    on("POST /api/v1/connectors/shop:reload", R"({"connector":"shop","from":"1.0.0","to":"1.1.0"})",
       200);
    const auto reloaded = run("connectors reload shop");
    EXPECT_EQ(reloaded.code, kOk) << reloaded.err;
    EXPECT_EQ(reloaded.out, "shop runs version 1.1.0 now, after 1.0.0.\n");
    on("POST /api/v1/connectors/shop:resume", R"({"connector":"shop","resumed":true})", 200);
    EXPECT_EQ(run("connectors resume shop").out, "The process of shop is started again.\n");
    EXPECT_TRUE(called_.empty());
}

TEST_F(Local, ATokenIsMadeHereWhileTheHubIsStopped) {
    EXPECT_EQ(run("token create --config hub.yaml --name Ann --role agent").code, kOk);
    EXPECT_EQ(called_, std::vector<std::string>{"token hub.yaml Ann agent"});
    EXPECT_TRUE(hub_.seen().empty());
}

TEST_F(Local, ATokenIsAskedOfTheHubThatHoldsTheStore) {
    hub_holds_the_store_ = true;
    const std::string made = R"({"id":"tk_1","name":"Ann","role":"agent",)"
                             R"("created_at":"2026-11-22T10:00:00.000Z","token":"oh_new"})";
    on("POST /api/v1/tokens", made, 201);
    const auto outcome = run("token create --config hub.yaml --name Ann --role agent");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().body, R"({"name":"Ann","role":"agent"})");
    EXPECT_EQ(outcome.out, "Token for Ann (agent), shown this once:\noh_new\n");
    EXPECT_EQ(run("token create --config hub.yaml --name Ann --role agent --json").out,
              made + "\n");
}

TEST_F(Local, ATokenMayBeLimitedToStorefrontsAndDesks) {
    const std::string line =
        "token create --config hub.yaml --name Ann --role agent"
        " --storefront shop --storefront other --desk tickets";
    EXPECT_EQ(run(line).code, kOk);
    EXPECT_EQ(given_, (domain::Scope{std::vector<std::string>{"shop", "other"},
                                     std::vector<std::string>{"tickets"}}));
    hub_holds_the_store_ = true;
    const std::string scope = R"("scope":{"storefronts":["shop","other"],"desks":["tickets"]})";
    on("POST /api/v1/tokens", R"({"name":"Ann","role":"agent",)" + scope + R"(,"token":"oh_new"})",
       201);
    EXPECT_EQ(run(line).out,
              "Token for Ann (agent, limited to the storefronts shop, other and the desks tickets),"
              " shown this once:\noh_new\n");
    EXPECT_EQ(last().body, R"({"name":"Ann","role":"agent",)" + scope + "}");
}

TEST_F(Local, UsersAreShownAndChangedWithTheirLimits) {
    const std::string ann =
        R"({"id":"us_1","name":"ann","full_name":"Ann","role":"agent","active":true,)"
        R"("scope":{"storefronts":["shop"],"desks":null}})";
    on("GET /api/v1/users", R"({"users":[)" + ann + "]}", 200);
    const auto listed = run("users list").out;
    EXPECT_NE(listed.find("STOREFRONTS"), listed.npos) << listed;
    EXPECT_NE(listed.find("shop"), listed.npos) << listed;
    EXPECT_NE(listed.find("all"), listed.npos) << listed;
    on("PATCH /api/v1/users/us_1", ann, 200);
    EXPECT_EQ(run("users change us_1 --storefront shop --all-desks").out,
              "User us_1  ann (Ann)  agent, limited to the storefronts shop\n");
    EXPECT_EQ(last().body, R"({"scope":{"storefronts":["shop"],"desks":null}})");
    EXPECT_NE(run("users change us_1 --storefront shop --all-storefronts").code, kOk);
}

TEST_F(Local, HelpNamesTheExitCodesAndIsNoError) {
    for (const char* line : {"--help", "orders --help", "order return --help"}) {
        const auto outcome = run(line);
        EXPECT_EQ(outcome.code, kOk) << line;
        EXPECT_NE(outcome.out.find("3 hub unreachable"), std::string::npos) << line;
    }
}

TEST_F(Local, WrongCommandLinesAreUsage) {
    for (const char* line :
         {"", "nonsense", "orders", "orders nonsense", "serve", "orders find a b",
          "token create --config f --name n --role king", "orders find --timeout 0", "--nope"})
        EXPECT_EQ(run(line).code, kUsage) << line;
    EXPECT_TRUE(called_.empty());
    EXPECT_TRUE(hub_.seen().empty());
}

}  // namespace
}  // namespace orderhub::cli
