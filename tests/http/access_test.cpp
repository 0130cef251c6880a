// Who may do what, on every route that the server has; and how tokens are kept.
#include "hub/http/access.hpp"

#include <fstream>
#include <iterator>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

using Access = ApiTest;

/// "/a/{id}:verb" with a value in each place.
std::string filled(std::string_view pattern) {
    std::string path(pattern);
    for (auto open = path.find('{'); open != path.npos; open = path.find('{'))
        path.replace(open, path.find('}') - open + 1, "shop");
    return path;
}

TEST_F(Access, EveryRouteLetsInTheRolesThatHaveItsRight) {
    int guarded = 0;
    std::map<std::string_view, std::string> tokens;
    for (const Role role : roles())
        tokens[to_text(role)] = make_token(std::string(to_text(role)));
    for (const auto& route : api_->routes()) {
        const std::string method(route.method);
        const auto path = filled(route.pattern);
        if (route.right == Right::none) continue;
        ++guarded;
        for (const std::string token : {"", "oh_nobody", "oh_"})
            EXPECT_EQ(call(method, path, token).status, 401) << method << " " << path;
        for (const Role role : roles()) {
            const auto status = call(method, path, tokens[to_text(role)]).status;
            EXPECT_NE(status, 401) << method << " " << path;
            EXPECT_EQ(status != 403, may(role, route.right))
                << method << " " << path << " as " << to_text(role) << ": " << status;
        }
    }
    EXPECT_GE(guarded, 20);
}

TEST_F(Access, OnlyBearerTokensCount) {
    const auto reply = call("GET", "/api/v1/orders", "", "", {{"Authorization", "Basic YTpi"}});
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.headers.at("www-authenticate"), "Bearer");
    EXPECT_EQ(reply.code(), "not_authenticated");
}

TEST_F(Access, AMadeTokenWorksAndOnlyItsHashIsStored) {
    const auto made =
        send("POST", "/api/v1/tokens", json::object{{"name", "Bo"}, {"role", "agent"}}, "admin");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string secret(made.document().at("token").as_string());
    EXPECT_EQ(call("GET", "/api/v1/orders", secret).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/inbox", secret).status, 403);
    std::optional<store::ApiToken> stored;
    ASSERT_TRUE(store_->read([&](store::Transaction& transaction) -> Result<void> {
        stored = transaction.token_by_hash(sha256_hex(secret));
        return {};
    }));
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->name, "Bo");
    EXPECT_EQ(stored->hash, sha256_hex(secret));
}

TEST(Rights, AreTheOnesInTheDocument) {
    std::ifstream file(ORDERHUB_SECURITY_DOCUMENT);
    ASSERT_TRUE(file);
    const std::string document(std::istreambuf_iterator<char>(file), {});
    for (const auto& row : rights()) {
        std::string line = "| `" + std::string(row.name) + "` | " + std::string(row.meaning) + " |";
        for (const Role role : roles())
            line += may(role, row.right) ? " x |" : "  |";
        EXPECT_NE(document.find(line + "\n"), document.npos) << line;
    }
}

TEST(Tokens, HaveEnoughRandomness) {
    const auto one = make_token_secret();
    const auto other = make_token_secret();
    EXPECT_NE(one, other);
    EXPECT_EQ(one.size(), 3u + 43u);  // "oh_" and 256 bits in base64url
}

TEST(Tokens, Sha256IsTheKnownOne) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Traces, AreTakenFromTraceparentOrFresh) {
    const std::string id = "0af7651916cd43dd8448eb211c80319c";
    EXPECT_EQ(trace_of("00-" + id + "-b7ad6b7169203331-01"), id);
    for (const std::string& bad : {std::string(), "00-" + id, std::string(200, '-'),
                                   "00-" + std::string(32, '0') + "-b7ad6b7169203331-01",
                                   "00-" + std::string(32, 'G') + "-b7ad6b7169203331-01"}) {
        const auto trace = trace_of(bad);
        EXPECT_EQ(trace.size(), 32u) << bad;
        EXPECT_NE(trace, id);
        EXPECT_NE(trace, trace_of(bad)) << bad;
    }
}

}  // namespace
}  // namespace orderhub::http
