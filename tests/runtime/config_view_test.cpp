// What the operations page shows of the configuration: everything but secrets.
#include "hub/runtime/config_view.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace orderhub::runtime {
namespace {

TEST(ConfigView, ShowsSettingsAndOnlyTheNamesOfSecrets) {
    Config config;
    config.database = "postgresql://orderhub:s3cret@db1,db2:5432/orderhub?password=s3cret";
    config.routes = {{"credit_memo.post", "books"}};
    config.payments = {{"stripe", {"shop"}, {}, {"pi_"}}};
    ConnectorConfig shop;
    shop.name = "shop";
    shop.library = "/plugins/vendure.so";
    shop.granted_hosts = {"shop.example.com:443"};
    shop.config = {{"username", "hub"}, {"password", "placeholder-1"}};
    shop.secrets = {{"password", "s3cret"}};
    config.connectors.push_back(shop);
    const auto view = config_view(config);
    EXPECT_EQ(view.at("database"), "postgresql://***@db1,db2:5432/orderhub");
    const auto& connector = view.at("connectors").at(0);
    EXPECT_EQ(connector.at("config").at("username"), "hub");
    EXPECT_EQ(connector.at("config").at("password"), "***");
    EXPECT_EQ(connector.at("granted_hosts").at(0), "shop.example.com:443");
    EXPECT_EQ(view.at("routes").at("credit_memo.post"), "books");
    EXPECT_EQ(boost::json::serialize(view.at("payments")),
              R"([{"connector":"stripe","storefronts":["shop"],"methods":[],"references":["pi_"]}])");
    EXPECT_EQ(view.at("listen"), "127.0.0.1:8080");
    const auto text = boost::json::serialize(view);
    EXPECT_EQ(text.find("s3cret"), std::string::npos);
    EXPECT_EQ(text.find("placeholder"), std::string::npos);
}

TEST(ConfigView, HidesAnAddressThatItCannotRead) {
    Config config;
    config.database = "host=db1 password=s3cret";
    EXPECT_EQ(config_view(config).at("database"), "***");
    config.database = "postgresql://db1/orderhub";
    EXPECT_EQ(config_view(config).at("database"), "postgresql://db1/orderhub");
}

}  // namespace
}  // namespace orderhub::runtime
