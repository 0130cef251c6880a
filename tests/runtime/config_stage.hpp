// A configuration file in a folder of its own, with a connector that is only a manifest.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

namespace fs = std::filesystem;

inline connectors::Manifest shop_manifest() {
    connectors::Manifest manifest;
    manifest.name = "shop_kind";
    manifest.kind = "storefront";
    manifest.commands = {"order.cancel", "refund.create"};
    manifest.poll_interval = std::chrono::seconds(60);
    manifest.hosts = {"config:api_url"};
    manifest.directories = {"config:folder"};
    manifest.secrets = {"password", "webhook_secret"};
    manifest.webhook.emplace().secret_key = "webhook_secret";
    manifest.config_schema = R"({"type": "object", "required": ["api_url", "password"],
        "additionalProperties": false,
        "properties": {"api_url": {"type": "string"}, "folder": {"type": "string"}, "password": {"type": "string"}, "webhook_secret": {"type": "string"},
                       "page_size": {"type": "integer", "minimum": 1}}})";
    return manifest;
}

class ConfigTest : public testing::Test {
protected:
    ConfigTest() {
        char name[] = "/tmp/orderhub-config-XXXXXX";
        folder_ = mkdtemp(name);
        fs::create_directory(folder_ / "plugins");
        std::ofstream(folder_ / "plugins" / "shop_kind.so") << "stand-in";
        setenv("ORDERHUB_TEST_SECRET", "hunter22", 1);
        unsetenv("ORDERHUB_TEST_UNSET");
    }
    ~ConfigTest() override { fs::remove_all(folder_); }

    std::string write(const std::string& text) {
        const auto path = folder_ / "hub.yaml";
        std::ofstream(path) << text;
        return path.string();
    }

    std::expected<Config, std::vector<Complaint>> load(const std::string& text) {
        return load_config(write(text),
                           [](const std::string& library,
                              const connectors::LibraryTrust&) -> Result<connectors::Manifest> {
                               if (library.find("shop_kind.so") != library.npos)
                                   return shop_manifest();
                               return fail(ErrorKind::Invalid, "not_a_connector",
                                           "exports no orderhub_connector");
                           });
    }

    /// The only complaint, without the folder.
    std::string complaint(const std::string& text) {
        const auto config = load(text);
        if (config) return "accepted";
        EXPECT_EQ(config.error().size(), 1u) << config.error().back().text();
        auto said = config.error().front().text();
        const auto at = said.find(folder_.string());
        EXPECT_EQ(at, 0u) << said;
        return said.substr(folder_.string().size() + 1);
    }

    fs::path folder_;
};

inline const char* const kGood = R"(listen: 127.0.0.1:0
data: ./data
plugins: ./plugins
log: {level: warn, format: json}
connectors:
  - name: shop
    connector: shop_kind
    grant:
      {hosts: ["shop.example.com:443"], commands: [order.cancel, refund.create]}
    poll_interval_s: 5
    config:
      api_url: https://shop.example.com/admin-api
      password: ${ORDERHUB_TEST_SECRET}
routes:
  refund.create: shop
limits: {connections: 7}
return_prefix: R/
servicing:
  conditions: {fine: "100", torn: "33.5"}
  refund_first: [gift-card]
  refund_last: [cash]
  appeasement_reasons: [late, broken]
  gift_limits: {agent: {goodwill: "0.25"}}
)";

inline std::string with(std::string_view what, std::string_view instead) {
    std::string text = kGood;
    const auto at = text.find(what);
    EXPECT_NE(at, text.npos) << what;
    return text.replace(at, what.size(), instead);
}

}  // namespace orderhub::runtime
