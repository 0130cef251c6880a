// Access tokens that the host fetches, keeps and renews.
#include <atomic>
#include <mutex>

#include "host_fixture.hpp"
#include "hub/connectors/sealed.hpp"

namespace orderhub::connectors::test {
namespace {

const std::string kWanted = "Bearer {{oauth2}}";

/// A system with a token endpoint: each token is "token-N", and only the newest is good.
class OAuth2Test : public HostFixture {
protected:
    void begin_with(const std::string& probe) {
        library = probe;
        serve([this](PeerConnection& connection, int) {
            for (;;) {
                const std::string request = connection.read_request();
                if (request.empty()) return;
                connection.send(answer(request));
            }
        });
    }

    std::string answer(const std::string& request) {
        const std::lock_guard lock(mutex);
        if (!request.starts_with("POST /token")) {
            const bool good = request.contains("Bearer token-" + std::to_string(issued) + "\r\n");
            return http_response(good ? "welcome" : "who are you", {}, good ? 200 : 401);
        }
        asked.push_back(request);
        if (refuses) return http_response(R"({"error": "invalid_client"})", {}, 400);
        json::object given{{"access_token", "token-" + std::to_string(++issued)},
                           {"token_type", "bearer"},
                           {"expires_in", life_s}};
        if (rotates) given["refresh_token"] = "refresh-" + std::to_string(issued);
        return http_response(json::serialize(given));
    }

    json::object get_with_token(std::string_view path = "/orders") const {
        return get(path, {{"headers", {{"authorization", kWanted}}}});
    }
    /// What the endpoint was sent, all of it.
    std::string asked_last() {
        const std::lock_guard lock(mutex);
        return asked.empty() ? "" : asked.back();
    }

    std::mutex mutex;
    std::vector<std::string> asked;
    int issued = 0;
    int life_s = 3600;
    bool refuses = false;
    bool rotates = false;
};

TEST_F(OAuth2Test, one_token_serves_all_requests) {
    begin_with(PROBE_CLIENT);
    start();
    EXPECT_EQ(report({get_with_token(), get_with_token()}),
              "ANSWERED 200 welcome\nANSWERED 200 welcome\n");
    EXPECT_EQ(issued, 1);
    EXPECT_TRUE(asked_last().contains("grant_type=client_credentials&scope=read%20write"))
        << asked_last();
    // "agent" and the percent-encoded secret, as RFC 6749 has it
    EXPECT_TRUE(asked_last().contains("Basic YWdlbnQ6czNjciUyMnQlMkZ0b2tlbg==")) << asked_last();
}

TEST_F(OAuth2Test, parallel_calls_ask_once) {
    begin_with(PROBE_CLIENT);
    start();
    std::vector<std::future<CallResult>> calls;
    for (int i = 0; i < 20; ++i)
        calls.push_back(begin({{"steps", {get_with_token()}}}));
    for (auto& call : calls)
        EXPECT_EQ(call.get().message, "ANSWERED 200 welcome\n");
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(OAuth2Test, a_401_leads_to_one_new_token_and_one_repetition) {
    begin_with(PROBE_CLIENT);
    start();
    EXPECT_EQ(report(get_with_token()), "ANSWERED 200 welcome\n");
    issued = 7;  // the system has withdrawn the token
    EXPECT_EQ(report(get_with_token()), "ANSWERED 200 welcome\n");
    EXPECT_EQ(asked.size(), 2U);
}

TEST_F(OAuth2Test, a_second_401_is_the_answer) {
    library = PROBE_CLIENT;
    std::atomic<int> orders{0};
    serve([&](PeerConnection& connection, int) {
        for (std::string request; !(request = connection.read_request()).empty();)
            if (request.starts_with("POST /token"))
                connection.send(http_response(R"({"access_token": "abcd"})"));
            else if (++orders > 0)
                connection.send(http_response("no", {}, 401));
    });
    start();
    EXPECT_EQ(report(get_with_token()), "ANSWERED 401 no\n");
    EXPECT_EQ(orders, 2);
}

TEST_F(OAuth2Test, without_a_token_nothing_is_sent) {
    begin_with(PROBE_CLIENT);
    refuses = true;
    start();
    EXPECT_EQ(report(get_with_token()),
              "NOT_SENT the token endpoint answered 400 invalid_client, no access token\n");
}

TEST_F(OAuth2Test, a_token_about_to_expire_is_replaced_and_one_can_be_forgotten) {
    begin_with(PROBE_CLIENT);
    start();
    EXPECT_EQ(report({get_with_token(), {{"do", "forget"}}, get_with_token()}),
              "ANSWERED 200 welcome\nforget\nANSWERED 200 welcome\n");
    EXPECT_EQ(issued, 2);
}

TEST_F(OAuth2Test, a_new_version_goes_on_with_the_token_of_the_one_before) {
    begin_with(PROBE_CLIENT);
    start();
    EXPECT_EQ(report(get_with_token()), "ANSWERED 200 welcome\n");
    const auto done = host->reload(instance_settings());
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(report(get_with_token()), "ANSWERED 200 welcome\n");
    EXPECT_EQ(issued, 1);
}

TEST_F(OAuth2Test, a_connector_without_oauth2_gets_none) {
    begin_with(library);
    start();
    EXPECT_TRUE(begins(report(get_with_token()), "REFUSED {{oauth2}} needs"));
}

TEST_F(OAuth2Test, a_new_refresh_token_is_kept_sealed_and_used_after_a_restart) {
    begin_with(PROBE_REFRESH);
    rotates = true;
    HostSettings settings;
    settings.keep_state = [this](const std::string&, const std::string& key,
                                 const std::string& value) { state[key] = value; };
    start(settings);
    EXPECT_EQ(report(get_with_token()), "ANSWERED 200 welcome\n");
    EXPECT_TRUE(asked_last().contains("refresh_token=whsec_")) << asked_last();
    EXPECT_TRUE(asked_last().contains("&client_id=agent&client_secret=s3cr%22t%2Ftoken"));
    ASSERT_TRUE(state.contains("host.oauth2"));
    EXPECT_FALSE(state["host.oauth2"].contains("refresh-1"));
    host.reset();
    start(settings);
    EXPECT_EQ(report(get_with_token()), "ANSWERED 200 welcome\n");
    EXPECT_TRUE(asked_last().contains("refresh_token=refresh-1")) << asked_last();
    // the connector cannot read it
    EXPECT_EQ(report(json::object{{"do", "state"}, {"key", "host.oauth2"}}), "host.oauth2=\n");
}

TEST(Sealed, opens_only_with_the_same_secret) {
    const std::string sealed = seal("refresh-1", "secret");
    EXPECT_EQ(unseal(sealed, "secret"), "refresh-1");
    EXPECT_EQ(unseal(sealed, "another"), std::nullopt);
    EXPECT_EQ(unseal("AAAA", "secret"), std::nullopt);
    EXPECT_NE(seal("refresh-1", "secret"), sealed);
}

}  // namespace
}  // namespace orderhub::connectors::test
