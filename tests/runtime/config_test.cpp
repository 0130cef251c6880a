// Every way in which a configuration can be wrong is refused with file, line and what to write
// instead.
#include "config_stage.hpp"
#include "hub/connectors/webhook_scheme.hpp"

namespace orderhub::runtime {
namespace {

TEST_F(ConfigTest, TakesAGoodFile) {
    const auto config = load(kGood);
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->address, "127.0.0.1");
    EXPECT_EQ(config->port, 0);
    EXPECT_EQ(config->data, (folder_ / "data").string());
    EXPECT_EQ(config->log.format, "json");
    EXPECT_EQ(config->limits.connections, 7);
    EXPECT_EQ(config->limits.api_threads, 4);
    ASSERT_EQ(config->connectors.size(), 1u);
    const auto& shop = config->connectors.front();
    EXPECT_EQ(shop.poll_interval_s, 5);
    EXPECT_EQ(shop.config.at("password").as_string(), "{{secret:password}}");
    ASSERT_EQ(shop.secrets.size(), 1u);
    EXPECT_EQ(shop.secrets.front().second, "hunter22");
    EXPECT_EQ(config->routes.at("refund.create"), "shop");
}

TEST_F(ConfigTest, TakesARateLimit) {
    const auto rate = [&](const std::string& written) {
        const std::string entry = "poll_interval_s: 5\n    rate_limit: " + written;
        return load(with("poll_interval_s: 5", entry))->connectors.front().rate.value();
    };
    EXPECT_FALSE(load(kGood)->connectors.front().rate);
    EXPECT_EQ(rate("{per_second: 0.5, burst: 4}").interval, std::chrono::seconds(2));
    EXPECT_EQ(rate("{per_second: 0.5, burst: 4}").burst, 4u);
    EXPECT_EQ(rate("{per_second: 40}").interval, std::chrono::milliseconds(25));
    EXPECT_EQ(rate("{per_second: 40}").burst, 40u);
    EXPECT_EQ(rate("{per_second: 0.5}").burst, 1u);
}

TEST_F(ConfigTest, TakesADatabaseInWordsOrByReference) {
    EXPECT_EQ(load(kGood)->database, "");
    const auto database = [&](const std::string& written) {
        const auto config = load(with("data: ./data", "data: ./data\ndatabase: " + written));
        return config ? config->database : config.error().front().text();
    };
    EXPECT_EQ(database("postgresql://hub@db:5432/hub"), "postgresql://hub@db:5432/hub");
    EXPECT_EQ(database("postgresql:///hub?host=/run/a:b@c"), "postgresql:///hub?host=/run/a:b@c");
    EXPECT_EQ(database("plain:postgresql://hub:pw@db/hub"), "postgresql://hub:pw@db/hub");
    EXPECT_EQ(database("${ORDERHUB_TEST_SECRET}"), "hunter22");
}

TEST_F(ConfigTest, ReadsWhatServicingMayDo) {
    const auto config = load(kGood);
    ASSERT_TRUE(config) << config.error().front().text();
    const domain::Policy& policy = config->servicing.policy;
    const decltype(policy.conditions) conditions{{"fine", 10'000}, {"torn", 3'350}};
    EXPECT_EQ(policy.conditions, conditions);
    EXPECT_EQ(policy.refund_first, std::vector<std::string>{"gift-card"});
    EXPECT_EQ(policy.refund_last, std::vector<std::string>{"cash"});
    EXPECT_EQ(policy.appeasement_reasons, (std::vector<std::string>{"late", "broken"}));
    const auto& limits = config->servicing.gift_limits;
    EXPECT_EQ(limits.at("agent").goodwill, 25);
    EXPECT_EQ(limits.at("agent").appeasement, 2'500);
    EXPECT_EQ(limits.at("admin").goodwill, 10'000);
    EXPECT_EQ(config->return_prefix, "R/");
    EXPECT_EQ(config->invoice_prefix, "IN-");
    EXPECT_EQ(config->credit_memo_prefix, "CM-");
}

struct Wrong {
    const char* name;
    const char* what;
    const char* instead;
    const char* complaint;
};

class WrongConfig : public ConfigTest, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongConfig, IsRefused) {
    const auto& wrong = GetParam();
    EXPECT_EQ(complaint(with(wrong.what, wrong.instead)).find(wrong.complaint), 0u)
        << complaint(with(wrong.what, wrong.instead));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongConfig,
    testing::Values(
        Wrong{"UnknownKey", "data: ./data", "data: ./data\ndatas: x",
              "hub.yaml:3: /datas is not a known field; known are "},
        Wrong{"UnknownKeyOfAConnector", "    poll_interval_s: 5", "    poll_interval: 5",
              "hub.yaml:10: /connectors/0/poll_interval is not a known field; known are "},
        Wrong{"WrongType", "poll_interval_s: 5", "poll_interval_s: often",
              "hub.yaml:10: /connectors/0/poll_interval_s must be an integer"},
        Wrong{"DatabaseOfAnotherKind", "data: ./data", "data: ./data\ndatabase: mysql://shop",
              "hub.yaml:3: /database must match"},
        Wrong{"DatabasePasswordInClear", "data: ./data",
              "data: ./data\ndatabase: postgresql://hub:secret@db/hub",
              "hub.yaml:3: database: a password stands in clear"},
        Wrong{"MissingKey", "data: ./data\n", "", "hub.yaml:1: /data is missing"},
        Wrong{"WrongWord", "level: warn", "level: loud",
              "hub.yaml:4: /log/level must be one of debug, info, warn, error"},
        Wrong{"ListenWithoutPort", "127.0.0.1:0", "localhost", "hub.yaml:1: /listen must match"},
        Wrong{"NameWithASpace", "name: shop", "name: my shop",
              "hub.yaml:6: /connectors/0/name must match ^[a-z][a-z0-9_-]{0,62}$; write small "
              "letters, digits, - and _, beginning with a letter"},
        Wrong{"PortTooLarge", "127.0.0.1:0", "127.0.0.1:70000",
              "hub.yaml:1: the port of listen is 0 to 65535"},
        Wrong{"DuplicateKey", "data: ./data", "data: ./data\ndata: ./other",
              "hub.yaml:3: the key data is there twice; keep one"},
        Wrong{"BrokenYaml", "limits: {connections: 7}", "limits: {connections: 7",
              "hub.yaml:17: not valid YAML"},
        Wrong{"MissingPlugin", "connector: shop_kind", "connector: shoo_kind",
              "hub.yaml:7: shop: there is no connector shoo_kind; "},
        Wrong{"CommandNotGranted", "commands: [order.cancel, refund.create]",
              "commands: [order.cancel]",
              "hub.yaml:8: shop: its commands refund.create are not granted; add refund.create to "
              "grant: commands:"},
        Wrong{"HostNotGranted", "hosts: [\"shop.example.com:443\"]", "hosts: [\"example.com:443\"]",
              "hub.yaml:8: shop: talks to shop.example.com:443 (its setting api_url), which is not "
              "granted; add \"shop.example.com:443\" to grant: hosts:"},
        Wrong{"DirectoryNotGranted", "      password:", "      folder: /srv/books\n      password:",
              "hub.yaml:8: shop: works in /srv/books (its setting folder), which is not granted; "
              "add \"/srv/books\" to grant: directories:"},
        Wrong{
            "DirectoryGrantedToASandbox", "refund.create]}",
            "refund.create], directories: [/srv/books]}\n    isolation: sandboxed",
            "hub.yaml:10: shop: works with files, which a sandboxed connector cannot; use process"},
        Wrong{"SecretInClear", "${ORDERHUB_TEST_SECRET}", "hunter22",
              "hub.yaml:13: shop: a secret is written as ${ENV_NAME}, file:/path or "
              "credential:NAME; to write it "
              "here in clear, put plain: in front"},
        Wrong{"SecretNotSet", "${ORDERHUB_TEST_SECRET}", "${ORDERHUB_TEST_UNSET}",
              "hub.yaml:13: shop: the environment variable ORDERHUB_TEST_UNSET is not set"},
        Wrong{"SecretFileMissing", "${ORDERHUB_TEST_SECRET}", "file:/nowhere/at/all",
              "hub.yaml:13: shop: the file /nowhere/at/all cannot be read"},
        Wrong{"SecretIsANumber", "${ORDERHUB_TEST_SECRET}", "12345",
              "hub.yaml:13: shop: a secret is text"},
        Wrong{"PreviousSecretBeforeNone", "    poll_interval_s: 5",
              "    previous_webhook_secret: plain:old",
              "hub.yaml:10: shop: no webhook secret is configured that came after it; remove the "
              "line"},
        Wrong{"ReferenceWhereNoSecretIs", "https://shop.example.com/admin-api",
              "${ORDERHUB_TEST_SECRET}", "hub.yaml:12: shop: only a secret may be a reference"},
        Wrong{"ConnectorSetting", "      password:", "      page_size: 0\n      password:",
              "hub.yaml:13: shop: /page_size must be at least 1"},
        Wrong{"RouteToNobody", "refund.create: shop", "refund.create: bank",
              "hub.yaml:15: there is no connector named bank"},
        Wrong{"RouteToOneThatCannot", "refund.create: shop", "case.note: shop",
              "hub.yaml:15: shop cannot carry out case.note"},
        Wrong{"RouteOfNothing", "refund.create: shop", "refund.creat: shop",
              "hub.yaml:15: /routes/refund.creat is not a known field"},
        Wrong{"PaymentsOfNobody", "limits:", "payments: [{connector: bank}]\nlimits:",
              "hub.yaml:16: there is no connector named bank"},
        Wrong{"PaymentsOfAShopThatIsNone",
              "limits:", "payments: [{connector: shop, storefronts: [shop, store]}]\nlimits:",
              "hub.yaml:16: there is no connector named store"},
        Wrong{"PaymentsOfNoMethod",
              "limits:", "payments: [{connector: shop, methods: []}]\nlimits:", "hub.yaml:16: "},
        Wrong{"PercentAsANumber", "\"33.5\"", "33.5",
              "hub.yaml:19: /servicing/conditions/torn must be text; write a percentage from 0 "
              "to 100 in quotes"},
        Wrong{"PercentAbove100", "\"33.5\"", "\"100.5\"",
              "hub.yaml:19: /servicing/conditions/torn must match"},
        Wrong{"PercentWithThreeDecimals", "\"0.25\"", "\"0.125\"",
              "hub.yaml:23: /servicing/gift_limits/agent/goodwill must match"},
        Wrong{"NoConditions", "{fine: \"100\", torn: \"33.5\"}", "{}",
              "hub.yaml:19: /servicing/conditions "},
        Wrong{"RoleThatIsNone",
              "{agent:", "{boss:", "hub.yaml:23: /servicing/gift_limits/boss is not a known field"},
        Wrong{"RefundLimitOfNoRole",
              "  gift_limits:", "  refund_limits: {boss: {USD: \"1\"}}\n  gift_limits:",
              "hub.yaml:23: /servicing/refund_limits/boss is not a known field"},
        Wrong{"RefundLimitOfTooManyDecimals", "  gift_limits:",
              "  refund_limits: {agent: {JPY: \"1.50\"}}\n  gift_limits:", "hub.yaml:23: "},
        Wrong{"MethodFirstAndLast", "[cash]", "[cash, gift-card]",
              "hub.yaml:21: gift-card is in refund_first too"},
        Wrong{"PrefixWithASpace", "return_prefix: R/", "return_prefix: R 1",
              "hub.yaml:17: /return_prefix must match"},
        Wrong{"LimitOutOfRange", "connections: 7", "connections: 0",
              "hub.yaml:16: /limits/connections must be at least 1"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(ConfigTest, ASandboxHoldsAConnectorThatIsGivenNoDirectory) {
    const std::string grant = "{hosts: [\"shop.example.com:443\"]";
    std::string text = with("poll_interval_s: 5", "isolation: sandboxed");
    EXPECT_EQ(complaint(text), "accepted");
    text.replace(text.find(grant), grant.size(), grant + ", directories: [/srv]");
    text.insert(text.find("      password:"), "      folder: /srv/books\n");
    EXPECT_EQ(complaint(text),
              "hub.yaml:10: shop: works with files in /srv/books, which a sandboxed connector "
              "cannot; use process, or take away the setting and the grant");
}

TEST_F(ConfigTest, RefusesTwoConnectorsOfOneName) {
    const auto text = with("routes:", R"(  - name: shop
    connector: shop_kind
routes:)");
    EXPECT_EQ(complaint(text), "hub.yaml:14: there are two connectors named shop; rename one");
}

TEST_F(ConfigTest, RefusesALibraryThatIsNoConnector) {
    std::ofstream(folder_ / "plugins" / "other.so") << "stand-in";
    EXPECT_NE(complaint(with("connector: shop_kind", "connector: other") + "")
                  .find("exports no orderhub_connector"),
              std::string::npos);
}

TEST_F(ConfigTest, NamesEveryFaultOfTheConnectorsAtOnce) {
    auto text = with("${ORDERHUB_TEST_SECRET}", "hunter22");
    text.replace(text.find("\"shop.example.com:443\""), 22, "");
    const auto config = load(text);
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().size(), 2u);
}

TEST_F(ConfigTest, NeverRepeatsASecretThatIsInClear) {
    EXPECT_EQ(complaint(with("${ORDERHUB_TEST_SECRET}", "hunter22")).find("hunter22"),
              std::string::npos);
}

TEST_F(ConfigTest, ReadsSecretsFromFilesAndInClearIfAskedTo) {
    std::ofstream(folder_ / "secret") << "from file\n";
    const auto from_file =
        load(with("${ORDERHUB_TEST_SECRET}", "file:" + (folder_ / "secret").string()));
    ASSERT_TRUE(from_file);
    EXPECT_EQ(from_file->connectors.front().secrets.front().second, "from file");
    const auto plain = load(with("${ORDERHUB_TEST_SECRET}", "plain:in clear"));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->connectors.front().secrets.front().second, "in clear");
}

TEST_F(ConfigTest, ReadsTheSecretThatWebhooksWereSignedWithBefore) {
    const auto config = load(with(
        "    config:\n",
        "    previous_webhook_secret: plain:old\n    config:\n      webhook_secret: plain:new\n"));
    ASSERT_TRUE(config) << config.error().front().text();
    const auto& secrets = config->connectors.front().secrets;
    EXPECT_EQ(secrets.back(),
              std::pair(std::string(connectors::kPreviousSecret), std::string("old")));
    EXPECT_FALSE(config->connectors.front().config.contains(connectors::kPreviousSecret));
}

TEST_F(ConfigTest, SaysThatTheFileIsNotThere) {
    const auto config = load_config((folder_ / "none.yaml").string(), {});
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().front().text().find("none.yaml: cannot be read"), std::string::npos);
}

TEST_F(ConfigTest, TakesTheSample) {
    std::ifstream sample(ORDERHUB_SAMPLE_CONFIG);
    const std::string text((std::istreambuf_iterator<char>(sample)), {});
    const auto config = load(text);
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->port, 8080);
    const Config otherwise;
    EXPECT_EQ(config->servicing.policy.conditions, otherwise.servicing.policy.conditions);
    for (const auto& [role, limits] : otherwise.servicing.gift_limits) {
        EXPECT_EQ(config->servicing.gift_limits.at(role).goodwill, limits.goodwill) << role;
        EXPECT_EQ(config->servicing.gift_limits.at(role).appeasement, limits.appeasement) << role;
    }
}

}  // namespace
}  // namespace orderhub::runtime
