// The OpenAPI document beside the running server.
#pragma once

#include <set>

#include "api_fixture.hpp"
#include "hub/http/action_names.hpp"
#include "hub/http/openapi.hpp"

namespace orderhub::http {

class OpenApi : public ApiTest {
protected:
    void SetUp() override {
        ApiTest::SetUp();
        document_ = json::parse(call("GET", "/api/v1/openapi.json", "").body);
    }

    static std::string lower(std::string_view text) {
        std::string out(text);
        for (char& c : out)
            c = static_cast<char>(std::tolower(c));
        return out;
    }

    /// The operation of a route, or null.
    const json::object* operation(std::string_view method, std::string_view pattern) const {
        const auto* path = document_.at("paths").as_object().if_contains(pattern);
        const auto* found = path ? path->as_object().if_contains(lower(method)) : nullptr;
        return found ? &found->as_object() : nullptr;
    }

    const json::value& resolved(const json::value& value) const {
        const auto* reference = value.as_object().if_contains("$ref");
        if (!reference) return value;
        return *document_.find_pointer(reference->as_string().subview(1), error_);
    }

    /// Sends a request to a route's path and holds the answer against the document.
    Reply conforming(const std::string& method, const std::string& pattern, const std::string& path,
                     const std::string& body = {}, Headers headers = {}) {
        headers.emplace_back("Content-Type", "application/json");
        auto reply = call(method, path, as_, body, std::move(headers));
        const auto where = method + " " + path + " -> " + std::to_string(reply.status);
        const auto* described = operation(method, pattern);
        if (!described) {
            ADD_FAILURE() << where << " is not documented";
            return reply;
        }
        const auto* response =
            described->at("responses").as_object().if_contains(std::to_string(reply.status));
        if (!response) {
            ADD_FAILURE() << where << " is not a documented status: " << reply.body;
            return reply;
        }
        check_body(resolved(*response).at("content").as_object(), reply, where);
        covered_.insert(described->at("operationId").as_string().c_str() +
                        std::string(reply.status < 400 ? " good" : " refused"));
        return reply;
    }

    void check_body(const json::object& content, const Reply& reply, const std::string& where) {
        auto type = reply.headers.at("content-type");
        type = type.substr(0, type.find(';'));
        const auto* described = content.if_contains(type);
        ASSERT_TRUE(described) << where << " has the type " << type;
        const auto* reference = described->at("schema").as_object().if_contains("$ref");
        if (!reference) return;
        const std::string name(reference->as_string());
        const auto fits = check_against(name.substr(name.rfind('/') + 1), json::parse(reply.body));
        EXPECT_TRUE(fits) << where << ": " << fits.error().message << "\n" << reply.body;
    }

    void park_a_message(const std::string& id = "m1") {
        ASSERT_TRUE(store_->write([&](store::Transaction& transaction) -> Result<void> {
            routing::InboxMessage message;
            message.connector = "shop";
            message.message_id = id;
            message.headers = R"({"x-topic": "order"})";
            message.content_type = "application/json";
            message.body = "{}";
            transaction.accept(message);
            message = transaction.due_messages("shop", INT64_MAX, 10).back();
            message.state = routing::InboxState::parked;
            message.error_code = "bad_record";
            message.error_message = "It cannot be understood.";
            transaction.update(message);
            sequence_ = message.sequence;
            return {};
        }));
    }

    void use_orders();
    void submit_all();
    void use_cases();
    void use_customers();
    void use_erasures(const std::string& pattern, const std::string& customer);
    void use_deliveries();
    void use_subscriptions();
    void use_audit();
    void use_panel();
    void use_access();
    void use_flows();
    void use_the_rest();

    json::value document_;
    std::set<std::string> covered_;
    std::string order_;
    static inline std::int64_t sequence_ = 0;
    std::string as_ = "admin";
    mutable boost::system::error_code error_;
};

}  // namespace orderhub::http
