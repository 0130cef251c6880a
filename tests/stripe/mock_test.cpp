// The connector against stripe-stateful-mock: charges of old, idempotency and errors as somebody
// else understood them.
#include <gtest/gtest.h>
#include <httplib.h>

#include <cstdlib>
#include <orderhub/fake_host.hpp>
#include <string>

namespace {

using orderhub::sdk::Fields;
using orderhub::sdk::Json;
using orderhub::testkit::Answer;
using orderhub::testkit::FakeHost;
using orderhub::testkit::Outcome;
using orderhub::testkit::Request;

const std::string kKey = "sk_test_orderhub";

std::string address() {
    const char* given = std::getenv("STRIPE_MOCK");
    return given == nullptr ? "" : given;
}

Json config(bool releases_rest) {
    return Json::object({{"api_url", address()},
                         {"secret_key", "{{secret:secret_key}}"},
                         {"page_size", 2},
                         {"partial_capture", releases_rest ? "release_rest" : "refuse"}});
}

std::string filled(std::string text, const std::string& key) {
    const std::string placeholder = "{{secret:secret_key}}";
    const std::size_t at = text.find(placeholder);
    return at == std::string::npos ? text : text.replace(at, placeholder.size(), key);
}

class Mock : public ::testing::Test {
protected:
    Mock() {
        client_.set_read_timeout(120);
        host_.peer = [this](const Request& request) { return send(request); };
    }

    Answer send(const Request& request) {
        httplib::Request out;
        out.method = request.method;
        out.path = request.url.substr(address().size());
        out.body = request.body;
        for (const auto& [name, value] : request.headers)
            out.headers.emplace(name, filled(value, key_));
        const auto result = client_.send(out);
        if (!result) return orderhub::testkit::not_sent();
        if (request.method == "POST" && lost_ > 0 && lost_-- > 0)
            return orderhub::testkit::no_answer();
        return {result->status, result->body, {}, OH_HTTP_ANSWERED};
    }

    std::string charge(const char* capture) {
        const auto made = client_.Post("/v1/charges", {{"Authorization", "Bearer " + kKey}},
                                       orderhub::sdk::encode_fields({{"amount", "5000"},
                                                                     {"currency", "eur"},
                                                                     {"source", "tok_visa"},
                                                                     {"capture", capture}}),
                                       "application/x-www-form-urlencoded");
        return made ? Json::parse(made->body).at("id").text() : "nobody answers at " + address();
    }

    Json shown(const std::string& path) {
        const auto got = client_.Get("/v1" + path, {{"Authorization", "Bearer " + kKey}});
        return got ? Json::parse(got->body) : Json();
    }
    std::size_t refunds_of(const std::string& id) {
        return shown("/refunds?limit=100&charge=" + id)["data"].items().size();
    }

    Outcome run(const char* kind, const std::string& reference, const char* amount,
                const std::string& key, std::uint32_t attempt = 1) {
        const Json order =
            Json::object({{"external_id", "1"}, {"number", "B-1"}, {"currency", "EUR"}});
        return host_.execute(
            kind, key,
            Json::object(
                {{"order", order},
                 {"payment", Json::object({{"external_id", "p"}, {"reference", reference}})},
                 {"amount", amount},
                 {"currency", "EUR"},
                 {"reason", ""}}),
            attempt);
    }

    httplib::Client client_{address()};
    std::string key_ = kKey;
    int lost_ = 0;  ///< so many answers to writes
    FakeHost host_{config(false)};
};

TEST_F(Mock, ARefundWhoseAnswerIsLostIsMadeOnce) {
    const std::string id = charge("true");
    lost_ = 1;
    const Outcome first = run("refund.create", id, "12.00", "rf_" + id);
    ASSERT_EQ(first.outcome, OH_DONE) << first.message;
    EXPECT_EQ(first.result["state"].text(), "succeeded");
    const Outcome second = run("refund.create", id, "12.00", "rf_" + id, 2);
    EXPECT_EQ(second.result["external_id"], first.result["external_id"]);
    EXPECT_EQ(refunds_of(id), 1U);
}

TEST_F(Mock, TheSameKeyIsAnsweredAsBefore) {
    const std::string id = charge("true");
    const Outcome first = run("refund.create", id, "12.00", "rf_" + id);
    EXPECT_EQ(run("refund.create", id, "12.00", "rf_" + id).result["external_id"],
              first.result["external_id"]);
    // With another amount it is refused; what was done under the key is found.
    EXPECT_EQ(run("refund.create", id, "13.00", "rf_" + id).result["external_id"],
              first.result["external_id"]);
    EXPECT_EQ(refunds_of(id), 1U);
}

TEST_F(Mock, AMarkIsFoundOnAnyPage) {
    const std::string id = charge("true");
    for (const char* key : {"a", "b", "c", "d", "e"})
        ASSERT_EQ(run("refund.create", id, "5.00", key + id).outcome, OH_DONE);
    for (const char* key : {"a", "b", "c", "d", "e"})
        ASSERT_EQ(run("refund.create", id, "5.00", key + id, 2).outcome, OH_DONE);
    EXPECT_EQ(refunds_of(id), 5U);
}

TEST_F(Mock, TooMuchIsRefused) {
    const std::string id = charge("true");
    const Outcome refused = run("refund.create", id, "50.01", "rf1_" + id);
    EXPECT_EQ(refused.outcome, OH_REJECTED);
    EXPECT_NE(refused.message.find("greater than"), std::string::npos) << refused.message;
    ASSERT_EQ(run("refund.create", id, "50.00", "rf2_" + id).outcome, OH_DONE);
    EXPECT_EQ(run("refund.create", id, "1.00", "rf3_" + id).code, "charge_already_refunded");
    EXPECT_EQ(run("refund.create", "ch_nobody", "1.00", "rf4_" + id).code, "resource_missing");
}

TEST_F(Mock, AnAuthorizationIsCapturedOnce) {
    const std::string id = charge("false");
    EXPECT_EQ(run("payment.capture", id, "30.00", "po1_" + id).code, "captured_once");
    lost_ = 1;
    ASSERT_EQ(run("payment.capture", id, "50.00", "po2_" + id).outcome, OH_DONE);
    EXPECT_EQ(run("payment.capture", id, "50.00", "po2_" + id, 2).outcome, OH_DONE);
    EXPECT_EQ(shown("/charges/" + id)["amount_captured"].integer(), 5000);
}

TEST_F(Mock, AnAuthorizationIsGivenUp) {
    const std::string id = charge("false");
    lost_ = 1;
    ASSERT_EQ(run("payment.reverse", id, "50.00", "po_" + id).outcome, OH_DONE);
    EXPECT_EQ(run("payment.reverse", id, "50.00", "po_" + id, 2).outcome, OH_DONE);
    EXPECT_EQ(shown("/charges/" + id)["amount_refunded"].integer(), 5000);
    EXPECT_EQ(refunds_of(id), 1U);
}

TEST_F(Mock, AWrongKeyWaitsForAPerson) {
    const std::string id = charge("true");
    key_ = "no_key";
    const Outcome refused = run("refund.create", id, "1.00", "rf_" + id);
    EXPECT_EQ(refused.outcome, OH_RETRY);
    EXPECT_EQ(refused.code, "unauthorized");
    key_ = kKey;
    EXPECT_EQ(run("refund.create", id, "1.00", "rf_" + id, 2).outcome, OH_DONE);
}

}  // namespace
