// Every reason for which a library or a configuration is refused.
#include <filesystem>
#include <fstream>

#include "host_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

class LoaderTest : public HostFixture {
protected:
    void SetUp() override { start(); }

    /// "code: message" without the path in front, or "loads".
    std::string refusal(const std::string& path) {
        const auto manifest = host->inspect(path);
        if (manifest) return "loads";
        const std::string& message = manifest.error().message;
        EXPECT_TRUE(begins(message, path + ": "));
        return manifest.error().code + ": " + message.substr(path.size() + 2);
    }
    std::string broken(const std::string& name) {
        return refusal(std::string(BROKEN_FOLDER) + "/broken_" + name + ".so");
    }
};

TEST_F(LoaderTest, reads_a_manifest) {
    const auto manifest = host->inspect(PROBE_CONNECTOR);
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_EQ(manifest->name, "probe");
    EXPECT_EQ(manifest->version, "1.0.0");
    EXPECT_EQ(manifest->kind, "servicedesk");
    EXPECT_EQ(manifest->records, std::vector<std::string>{"case"});
    EXPECT_EQ(manifest->commands, std::vector<std::string>{"case.note"});
    EXPECT_EQ(manifest->poll_interval, std::chrono::seconds(60));
    EXPECT_EQ(manifest->hosts, std::vector<std::string>{"config:url"});
    EXPECT_EQ(manifest->concurrency, 8U);
    ASSERT_TRUE(manifest->webhook);
    EXPECT_EQ(manifest->webhook->secret_key, "signing");
    EXPECT_EQ(manifest->webhook->tolerance, std::chrono::seconds(300));
}

TEST_F(LoaderTest, refuses_what_is_no_library) {
    EXPECT_EQ(refusal("/nonexistent/x.so"), "not_found: there is no such file");
    EXPECT_EQ(refusal("/tmp"), "not_found: there is no such file");
    const std::string text = ::testing::TempDir() + "text.so";
    std::ofstream(text)
        << "just text, no library at all; long enough to be read as a header of one";
    const std::string words = refusal(text);
    EXPECT_TRUE(begins(words, "not_a_connector: it cannot be loaded"));
    EXPECT_TRUE(words.contains("invalid ELF header")) << words;
    std::filesystem::remove(text);
}

TEST_F(LoaderTest, refuses_a_library_that_cannot_be_linked) {
    const std::string words = broken("undefined");
    EXPECT_TRUE(begins(words, "not_a_connector: it cannot be loaded"));
    EXPECT_TRUE(words.contains("nobody_has_this_function")) << words;
}

TEST_F(LoaderTest, refuses_a_table_that_it_cannot_read) {
    EXPECT_EQ(broken("no_symbol"), "not_a_connector: it exports no orderhub_connector");
    EXPECT_EQ(broken("magic"),
              "not_a_connector: its orderhub_connector has the wrong magic number");
    EXPECT_EQ(broken("too_new"), "abi_too_new: it needs ABI 2.1, this hub has 1.1");
    EXPECT_EQ(broken("too_old"), "abi_too_old: it was built for ABI 0.1, this hub has 1.1");
    EXPECT_EQ(broken("size"),
              "not_a_connector: its orderhub_connector has 32 bytes, at least 80 are needed");
}

TEST_F(LoaderTest, refuses_a_manifest_that_is_not_valid) {
    EXPECT_TRUE(begins(broken("json"), "bad_manifest: its manifest: it is not JSON"));
    EXPECT_EQ(broken("manifest"), "bad_manifest: its manifest: /version is missing");
    EXPECT_TRUE(begins(broken("command"),
                       "bad_manifest: its manifest: /commands/0 must be one of order.cancel, "));
    EXPECT_EQ(broken("config_schema"),
              "bad_manifest: its manifest: /config/typ: this keyword is not supported");
    EXPECT_EQ(broken("webhook"),
              "bad_manifest: its manifest: /webhook/secret must be listed under secrets");
    EXPECT_EQ(broken("functions"),
              "bad_manifest: its manifest has \"commands\", but it lacks the function execute");
}

class SettingsTest : public LoaderTest {
protected:
    /// "code: message" of adding a second instance with changed settings, or "added".
    std::string add(const std::function<void(InstanceSettings&)>& change) {
        InstanceSettings settings = instance_settings();
        settings.name = "second";
        change(settings);
        const auto added = host->add(std::move(settings));
        return added ? "added" : added.error().code + ": " + added.error().message;
    }
    std::string add_config(std::string_view config) {
        return add([&](InstanceSettings& settings) { settings.config = config; });
    }
};

TEST_F(SettingsTest, accepts_a_second_instance_and_finds_both) {
    EXPECT_EQ(add([](InstanceSettings&) {}), "added");
    EXPECT_EQ(host->instances().size(), 2U);
    EXPECT_EQ(host->find("second")->name(), "second");
    EXPECT_EQ(host->find("third"), nullptr);
    EXPECT_EQ(add([](InstanceSettings&) {}),
              "duplicate_name: there are two connectors named second");
}

TEST_F(SettingsTest, checks_the_configuration) {
    EXPECT_TRUE(begins(add_config("{"), "bad_config: second: the configuration is not JSON"));
    EXPECT_EQ(add_config("[]"), "bad_config: second: the configuration must be an object");
    EXPECT_EQ(add_config("{}"), "bad_config: second: /url is missing");
    EXPECT_EQ(add_config(R"({"url": 5})"), "bad_config: second: /url must be text");
    EXPECT_EQ(add_config(R"({"url": "shop"})"),
              "bad_config: second: /url: the address is not well-formed");
    EXPECT_EQ(add_config(R"({"url": "http://a/", "colour": "red"})"),
              "bad_config: second: /colour is not a known field; known are refuse, signing, token, "
              "url, user");
    EXPECT_EQ(add_config(R"({"url": "http://a/", "token": "plain"})"),
              "bad_config: second: /token is a secret and must be given as one");
}

TEST_F(SettingsTest, checks_secrets_by_their_values) {
    EXPECT_EQ(add([](InstanceSettings& settings) { settings.secrets[0].second = "ab"; }),
              "bad_config: second: /token must have at least 3 characters");
    EXPECT_EQ(add([](InstanceSettings& settings) { settings.secrets.emplace_back("user", "x"); }),
              "bad_config: second: /user is not a secret of this connector");
}

TEST_F(SettingsTest, asks_for_a_grant_of_every_host) {
    const auto granted = [&](std::string_view address, std::vector<std::string> hosts) {
        return add([&](InstanceSettings& settings) {
            settings.config = json::serialize(json::object{{"url", address}});
            settings.granted_hosts = std::move(hosts);
            settings.name = std::string(address) + settings.granted_hosts.front();
        });
    };
    const std::string needs = "needs the host shop.example:443, which is not granted";
    EXPECT_TRUE(granted("https://shop.example/api", {"shop.example:80"}).ends_with(needs));
    EXPECT_TRUE(granted("https://shop.example/api", {"example"}).ends_with(needs));
    EXPECT_TRUE(granted("https://shop.example/api", {"*"}).ends_with(needs));
    EXPECT_TRUE(
        begins(granted("https://shop.example/api", {"x.shop.example"}), "host_not_granted: "));
    EXPECT_EQ(granted("https://shop.example/api", {"SHOP.example"}), "added");
    EXPECT_EQ(granted("https://Shop.Example/api", {"shop.example:443"}), "added");
    EXPECT_EQ(granted("http://[::1]:8080/", {"[::1]:8080"}), "added");
}

TEST_F(SettingsTest, gives_the_connector_s_own_words_without_secrets) {
    const auto refuse = [this](InstanceSettings& settings) {
        settings.config =
            json::serialize(json::object{{"url", url}, {"refuse", "no " + std::string(kToken)}});
    };
    EXPECT_EQ(add(refuse), "bad_config: second: the connector refuses its configuration: no ***");
    EXPECT_EQ(host->find("second"), nullptr);
}

}  // namespace
}  // namespace orderhub::connectors::test
