// Intake: verified first, on disk before the 202, whole.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

class Intake : public ApiTest {
protected:
    Reply deliver(const std::string& body, const std::string& signature = "good",
                  Headers more = {}) {
        if (!signature.empty()) more.emplace_back("X-Test-Signature", signature);
        return call("POST", "/intake/shop", "", body, std::move(more));
    }
    std::vector<routing::InboxMessage> stored() {
        std::vector<routing::InboxMessage> messages;
        const auto outcome = store_->read([&](store::Transaction& transaction) -> Result<void> {
            messages = transaction.due_messages("shop", INT64_MAX, 100);
            return {};
        });
        EXPECT_TRUE(outcome);
        return messages;
    }
};

TEST_F(Intake, AnAcceptedMessageIsInTheStoreAsItCame) {
    const std::string body("{\"not\": json \0\xff", 15);
    const auto reply = deliver(body, "good", {{"Content-Type", "application/x-odd"}});
    EXPECT_EQ(reply.status, 202);
    EXPECT_EQ(reply.body, R"({"status":"accepted"})");
    const auto messages = stored();
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_EQ(messages.front().body, body);
    EXPECT_EQ(messages.front().content_type, "application/x-odd");
    EXPECT_EQ(messages.front().message_id, "id-" + body);
    EXPECT_EQ(messages.front().record_kind, "");
}

TEST_F(Intake, CredentialsAndSignaturesAreNotKept) {
    deliver("b", "good",
            {{"Authorization", "Basic c2VjcmV0"},
             {"Cookie", "session=secret"},
             {"X-Shop-Api-Token", "secret"},
             {"X-Topic", "order"}});
    const auto headers = json::parse(stored().at(0).headers).as_object();
    EXPECT_EQ(headers.at("x-topic").as_string(), "order");
    for (const auto* name : {"authorization", "cookie", "x-shop-api-token", "x-test-signature"})
        EXPECT_FALSE(headers.contains(name)) << name;
}

TEST_F(Intake, DeliveredTwiceIsStoredOnce) {
    EXPECT_EQ(deliver("same").status, 202);
    EXPECT_EQ(deliver("same").status, 202);
    EXPECT_EQ(stored().size(), 1u);
}

TEST_F(Intake, WhatIsNotVerifiedIsRefusedAndNotStored) {
    EXPECT_EQ(deliver("b", "bad").code(), "bad_signature");
    EXPECT_EQ(deliver("b", "bad").status, 401);
    EXPECT_EQ(deliver("b", "").status, 401);
    EXPECT_EQ(deliver("b", "stale_message").status, 401);
    EXPECT_EQ(deliver("b", "stale_message").code(), "stale_message");
    EXPECT_TRUE(stored().empty());
}

TEST_F(Intake, ATrialOfTheAddressIsAnsweredAndNotStored) {
    const auto reply = deliver("webhook_id=5", "ping");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, R"({"status":"nothing to keep"})");
    EXPECT_TRUE(stored().empty());
}

TEST_F(Intake, UnknownConnectorsAre404) {
    const auto reply = call("POST", "/intake/nobody", "", "b", {{"X-Test-Signature", "good"}});
    EXPECT_EQ(reply.status, 404);
    EXPECT_EQ(reply.code(), "no_such_connector");
}

TEST_F(Intake, AStoreThatCannotWriteGives503AndWhenToComeBack) {
    accepting_ = false;
    const auto reply = deliver("b");
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.headers.at("retry-after"), "1");
    EXPECT_EQ(reply.code(), "store_not_writable");
}

TEST_F(Intake, TakesTheLargestBodyAndNoLarger) {
    const std::size_t most = settings_.max_body_bytes;
    EXPECT_EQ(deliver(std::string(most, 'x')).status, 202);
    const auto reply = deliver(std::string(most + 1, 'x'));
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.code(), "body_too_large");
    EXPECT_EQ(stored().size(), 1u);
}

}  // namespace
}  // namespace orderhub::http
