// What the configuration says of signing in, secrets and plain HTTP.
#include "config_stage.hpp"
#include "hub/secrets/keyring.hpp"

namespace orderhub::runtime {
namespace {

constexpr const char* kProvider = R"(
data: d
plugins: plugins
access:
  oidc:
    issuer: https://login.example.com
    client_id: hub
    client_secret: ${ORDERHUB_TEST_SECRET}
    role_claim: groups
    roles: {boss: admin, desk: agent, all: read-only}
)";

TEST_F(ConfigTest, ReadsTheProvider) {
    const auto config = load(kProvider);
    ASSERT_TRUE(config) << config.error().front().text();
    ASSERT_TRUE(config->access.oidc);
    EXPECT_EQ(config->access.oidc->client_secret, "hunter22");
    EXPECT_EQ(config->access.oidc->name, "https://login.example.com");
    // In the file's order, which decides.
    const std::vector<std::pair<std::string, std::string>> roles{
        {"boss", "admin"}, {"desk", "agent"}, {"all", "read-only"}};
    EXPECT_EQ(config->access.oidc->roles, roles);
}

TEST_F(ConfigTest, SaysWhatIsWrongWithTheProvider) {
    const auto with = [&](const std::string& line, const std::string& instead) {
        std::string text = kProvider;
        return complaint(text.replace(text.find(line), line.size(), instead));
    };
    EXPECT_NE(with("https://login", "http://login").find("hub.yaml:6"), std::string::npos);
    EXPECT_NE(with("${ORDERHUB_TEST_SECRET}", "hunter22").find("client_secret"), std::string::npos);
    EXPECT_NE(with("    role_claim: groups\n", "").find("role_claim and roles"), std::string::npos);
    EXPECT_NE(with("boss: admin", "boss: chief").find("boss"), std::string::npos);
    EXPECT_NE(complaint(R"(
data: d
plugins: plugins
access: {oidc: {issuer: "https://a.example", client_id: hub, client_secret: "plain:x"}}
)")
                  .find("nobody could sign in"),
              std::string::npos);
}

TEST_F(ConfigTest, GroupsOfTheProviderLimitWhatPeopleSee) {
    const std::string base = std::string(kProvider) + "    limits: ";
    const auto unknown = complaint(base + "{de: {storefronts: [shop-de]}}\n");
    EXPECT_NE(unknown.find("there is no connector called shop-de"), std::string::npos) << unknown;
    const auto config = load(base + "{none: {storefronts: [], desks: []}, all: {}}\n");
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->access.oidc->limit_claim, "groups");
    const std::vector<std::string> nothing;
    const std::vector<std::pair<std::string, domain::Scope>> limits{{"none", {nothing, nothing}},
                                                                    {"all", {}}};
    EXPECT_EQ(config->access.oidc->limits, limits);
    std::string without = base + "{all: {}}\n";
    const std::string roles =
        "    role_claim: groups\n    roles: {boss: admin, desk: agent, all: read-only}\n";
    without.replace(without.find(roles), roles.size(), "    default_role: agent\n");
    EXPECT_NE(complaint(without).find("limit_claim"), std::string::npos);
}

TEST_F(ConfigTest, KeysAreReadFromWhereSecretsLie) {
    const auto key = secrets::new_key();
    setenv("ORDERHUB_TEST_KEY", key.c_str(), 1);
    std::ofstream(folder_ / "orderhub-key") << secrets::new_key() << "\n";
    setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
    const std::string base = "data: d\nplugins: plugins\nsecrets: {keys: [";
    const auto config = load(base + R"("${ORDERHUB_TEST_KEY}", "credential:orderhub-key"]})");
    ASSERT_TRUE(config) << config.error().front().text();
    ASSERT_EQ(config->secret_keys.size(), 2U);
    EXPECT_EQ(config->secret_keys[0], secrets::parse_key(key));

    EXPECT_NE(complaint(base + R"("${ORDERHUB_TEST_SECRET}"]})").find("secrets new-key"),
              std::string::npos);
    EXPECT_NE(complaint(base + R"("credential:../hub.yaml"]})").find("credential's name"),
              std::string::npos);
    unsetenv("CREDENTIALS_DIRECTORY");
    EXPECT_NE(complaint(base + R"("credential:orderhub-key"]})").find("CREDENTIALS_DIRECTORY"),
              std::string::npos);
}

TEST_F(ConfigTest, PlainHttpIsForThisMachineUnlessItIsMeant) {
    const std::string base = "data: d\nplugins: plugins\n";
    for (const auto* address : {"0.0.0.0:8080", "192.0.2.7:80", "'[::]:8080'"}) {
        const auto listen = base + "listen: " + address + "\n";
        EXPECT_NE(complaint(listen).find("listen_plain"), std::string::npos) << address;
        EXPECT_TRUE(load(listen + "listen_plain: true\n"));
        EXPECT_TRUE(load(listen + "access: {trusted_proxies: [192.0.2.1]}\n"));
        EXPECT_TRUE(load(listen + "tls: {certificate: hub.pem, key: hub.key}\n"));
    }
    for (const auto* address : {"127.0.0.1:8080", "127.1.2.3:0", "'[::1]:8080'"})
        EXPECT_TRUE(load(base + "listen: " + address + "\n")) << address;
}

}  // namespace
}  // namespace orderhub::runtime
