// The API over a real SQLite store, real servicing and a real server on loopback; connectors and
// routing are stand-ins.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/flows/engine.hpp"
#include "hub/http/api.hpp"
#include "hub/http/server.hpp"
#include "hub/routing/parked_desk.hpp"
#include "tests/routing/store_units.hpp"

namespace orderhub::http {

namespace json = boost::json;

/// A connector that believes the header x-test-signature.
class FakeInstance : public connectors::Instance {
public:
    explicit FakeInstance(std::string name, std::string kind = "storefront");
    const std::string& name() const override { return name_; }
    const connectors::Manifest& manifest() const override { return manifest_; }
    void check(Done done) override { done({}); }
    void receive(connectors::InboundMessage, Done done) override { done({}); }
    void poll(std::string, Done done) override { done({}); }
    void execute(connectors::CommandCall, Done done) override { done({}); }
    Result<std::string> verify(const std::vector<connectors::Header>& headers,
                               const std::string& body, std::int64_t now_ms) const override;

private:
    std::string name_;
    connectors::Manifest manifest_;
};

class FakeHost : public connectors::Host {
public:
    Result<connectors::Manifest> inspect(const std::string&) override { return shop_.manifest(); }
    Result<void> add(connectors::InstanceSettings) override { return {}; }
    connectors::Instance* find(const std::string& name) override {
        for (auto* each : instances())
            if (each->name() == name) return each;
        return nullptr;
    }
    std::vector<connectors::Instance*> instances() override {
        std::vector<connectors::Instance*> all{&shop_};
        for (auto& each : more_)
            all.push_back(&each);
        return all;
    }
    void have(std::string name, std::string kind) {
        more_.emplace_back(std::move(name), std::move(kind));
    }
    void stop() override {}

private:
    FakeInstance shop_{"shop"};
    std::deque<FakeInstance> more_;
};

struct Reply {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    json::object document() const { return json::parse(body).as_object(); }
    std::string code() const { return document().at("code").as_string().c_str(); }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Three mugs at 12.00, shipped and paid: number T-1, e-mail ann@example.com.
json::object order_record();

class ApiTest : public testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    /// One request on a connection of its own. `token` is "agent", "admin", or a token itself;
    /// empty for none.
    Reply call(const std::string& method, const std::string& path,
               const std::string& token = "agent", const std::string& body = {},
               Headers headers = {});
    /// The same with a JSON body.
    Reply send(const std::string& method, const std::string& path, const json::value& body,
               const std::string& token = "agent", Headers headers = {});
    /// Sends bytes and reads until the server closes.
    std::string raw(const std::string& bytes);

    /// Stores an order of the shop's id 77 and gives the hub's.
    std::string import_order(const json::object& record = order_record());
    std::string import_case();
    std::string make_token(const std::string& role);
    /// These and the built-in ones.
    Result<void> load_flows(const std::vector<flows::FlowFile>& files);
    std::string submit_return(const std::string& order_id, const std::string& key,
                              int quantity = 1);

    ServerSettings settings_;
    PanelSettings panel_{.secret = "a secret that only tests know, 32+"};
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<servicing::Service> service_;
    flows::Library library_;
    std::unique_ptr<flows::Engine> flows_;
    std::unique_ptr<store::RoutingUnits> units_;
    std::unique_ptr<routing::ParkedDesk> desk_;
    FakeHost host_;
    RequestRates rates_ = {};
    /// What the provider answers; none, unless a test has one.
    identity::Fetch ask_provider_ = [](const identity::WebRequest&) -> Result<identity::WebAnswer> {
        return fail(ErrorKind::Unavailable, "provider_unavailable", "there is none");
    };
    std::vector<std::pair<std::string, domain::Scope>> provider_limits_;  ///< set before SetUp()
    std::unique_ptr<identity::Provider> provider_;
    std::unique_ptr<Api> api_;
    std::unique_ptr<Server> server_;
    std::map<std::string, std::string> tokens_;
    std::vector<std::string> logged_;
    std::atomic<bool> accepting_ = true;
    std::atomic<int> refused_ = 0;
    std::atomic<int> subscriptions_changed_ = 0;
    std::atomic<std::int64_t> now_ = 1'795'000'000'000;

private:
    Operations operations();
    Result<void> decide(const std::string& id, routing::DeliveryState state);

    std::filesystem::path folder_;
};

}  // namespace orderhub::http
