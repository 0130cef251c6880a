#include "hub/connectors/webhook.hpp"

#include "host_fixture.hpp"
#include "hub/connectors/encoding.hpp"
#include "hub/connectors/webhook_scheme.hpp"

namespace orderhub::connectors::test {
namespace {

/// The example published with the Standard Webhooks specification.
constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::string_view kBody = R"({"test": 2432232314})";
constexpr std::string_view kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
constexpr std::int64_t kSeconds = 1614265330;

struct Signed {
    std::string id{kId};
    std::string timestamp = std::to_string(kSeconds);
    std::string signature{kSignature};
    std::string body{kBody};
    std::string secret{kSecret};
    std::int64_t now_ms = kSeconds * 1000;
};

/// The id, or the code of the refusal.
std::string verdict(const Signed& message) {
    const auto id = verify_webhook(WebhookScheme{}, message.secret,
                                   {{"webhook-id", message.id},
                                    {"webhook-timestamp", message.timestamp},
                                    {"webhook-signature", message.signature}},
                                   message.body, message.now_ms);
    return id ? *id : id.error().code;
}

TEST(StandardWebhooks, accepts_the_published_example) {
    EXPECT_EQ(verdict({}), kId);
    EXPECT_EQ(verdict({.secret = std::string(kSecret.substr(6))}), kId);
}

TEST(StandardWebhooks, accepts_any_of_several_signatures) {
    const std::string wrong = "v1," + to_base64(std::string(32, 'x'));
    EXPECT_EQ(verdict({.signature = wrong + " " + std::string(kSignature)}), kId);
    EXPECT_EQ(verdict({.signature = std::string(kSignature) + " v1a,abc " + wrong}), kId);
    EXPECT_EQ(verdict({.signature = wrong + " " + wrong}), "bad_signature");
}

TEST(StandardWebhooks, refuses_whatever_was_changed) {
    EXPECT_EQ(verdict({.id = "msg_other"}), "bad_signature");
    EXPECT_EQ(verdict({.timestamp = std::to_string(kSeconds + 1)}), "bad_signature");
    EXPECT_EQ(verdict({.body = R"({"test": 2432232315})"}), "bad_signature");
    EXPECT_EQ(verdict({.secret = "whsec_" + to_base64(std::string(24, 'k'))}), "bad_signature");
    EXPECT_EQ(verdict({.signature = "v2," + std::string(kSignature.substr(3))}), "bad_signature");
    EXPECT_EQ(verdict({.signature = std::string(kSignature.substr(0, 20))}), "bad_signature");
}

TEST(StandardWebhooks, refuses_what_is_missing_or_malformed) {
    EXPECT_EQ(verdict({.id = ""}), "bad_signature");
    EXPECT_EQ(verdict({.timestamp = ""}), "bad_signature");
    EXPECT_EQ(verdict({.timestamp = "1614265330x"}), "bad_signature");
    EXPECT_EQ(verdict({.timestamp = "-1"}), "bad_signature");
    EXPECT_EQ(verdict({.timestamp = "99999999999999999999"}), "bad_signature");
    EXPECT_EQ(verdict({.signature = ""}), "bad_signature");
    EXPECT_EQ(verdict({.secret = "whsec_"}), "bad_signature");
    EXPECT_EQ(verdict({.secret = "whsec_not base64"}), "bad_signature");
}

TEST(StandardWebhooks, refuses_old_and_future_messages) {
    EXPECT_EQ(verdict({.now_ms = (kSeconds + 300) * 1000}), kId);
    EXPECT_EQ(verdict({.now_ms = (kSeconds + 300) * 1000 + 1}), "stale_message");
    EXPECT_EQ(verdict({.now_ms = (kSeconds - 300) * 1000}), kId);
    EXPECT_EQ(verdict({.now_ms = (kSeconds - 300) * 1000 - 1}), "stale_message");
}

TEST(StandardWebhooks, a_header_that_comes_twice_is_refused) {
    const std::vector<Header> headers{{"webhook-id", std::string(kId)},
                                      {"webhook-id", "msg_other"},
                                      {"webhook-timestamp", std::to_string(kSeconds)},
                                      {"webhook-signature", std::string(kSignature)}};
    const auto id = verify_webhook(WebhookScheme{}, kSecret, headers, kBody, kSeconds * 1000);
    EXPECT_EQ(id.error().code, "bad_signature");
}

/// RFC 4231, test case 2.
constexpr std::string_view kHmacBody = "what do ya want for nothing?";
constexpr std::string_view kHmacHex =
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

WebhookScheme hmac_scheme(std::string_view prefix) {
    WebhookScheme scheme;
    scheme.kind = WebhookScheme::Kind::hmac_sha256;
    scheme.header = "x-signature";
    scheme.prefix = prefix;
    return scheme;
}

std::string hmac_verdict(const WebhookScheme& scheme, std::vector<Header> headers,
                         std::string_view secret = "Jefe") {
    const auto id = verify_webhook(scheme, secret, headers, kHmacBody, 0);
    return id ? *id : id.error().code;
}

TEST(HmacWebhooks, accepts_hex_and_base64_with_a_prefix) {
    WebhookScheme scheme = hmac_scheme("sha256=");
    const std::string hex(kHmacHex);
    scheme.id_header = "x-id";
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "sha256=" + hex}, {"x-id", "7"}}), "7");
    scheme.base64 = true;
    EXPECT_EQ(hmac_verdict(scheme,
                           {{"x-signature", "sha256=" + to_base64(*from_hex(hex))}, {"x-id", "7"}}),
              "7");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "sha256=" + hex}, {"x-id", "7"}}),
              "bad_signature");
}

TEST(HmacWebhooks, without_an_id_the_body_s_digest_is_it) {
    const WebhookScheme scheme = hmac_scheme("");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", std::string(kHmacHex)}}),
              "b381e7fec653fc3ab9b178272366b8ac87fed8d31cb25ed1d0e1f3318644c89c");
}

TEST(HmacWebhooks, refuses_the_rest) {
    const WebhookScheme scheme = hmac_scheme("v=");
    const std::string hex(kHmacHex);
    EXPECT_EQ(hmac_verdict(scheme, {}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", hex}}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "v=" + hex.substr(2)}}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "v=0" + hex.substr(1)}}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "v=zz" + hex.substr(2)}}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "v=" + hex}}, ""), "bad_signature");
}

/// Computed with another implementation (Python's hmac): SHA-256 over the timestamp's text and the
/// body under the secret's text, as Zendesk signs.
struct Timed {
    std::string timestamp = "2026-11-22T10:15:30Z";
    std::string body =
        R"({"type":"zen:event-type:ticket.created","id":"01J00000000000000000000001"})";
    std::string signature = "TkQE7gjic0gD3w35NJMFDSGzx9WPN9DlhPrgf3ujID8=";
    std::string secret = "whsec_made_up_1";
    std::int64_t late_ms = 0;
};

std::string timed_verdict(const Timed& message) {
    constexpr std::int64_t kSentMs = 1'795'342'530'000;
    WebhookScheme scheme = hmac_scheme("");
    scheme.base64 = true;
    scheme.id_header = "x-invocation";
    scheme.timestamp_header = "x-time";
    std::vector<Header> headers{{"x-signature", message.signature}, {"x-invocation", "7"}};
    if (!message.timestamp.empty()) headers.push_back({"x-time", message.timestamp});
    const auto id =
        verify_webhook(scheme, message.secret, headers, message.body, kSentMs + message.late_ms);
    return id ? *id : id.error().code;
}

TEST(TimedHmacWebhooks, accepts_what_was_signed_with_its_time) {
    EXPECT_EQ(timed_verdict({}), "7");
    EXPECT_EQ(
        timed_verdict({.body = "", .signature = "4dbnR/uEqEdRgdp3jMKuniWXKqiU7ylWzRgpe3Rmol4="}),
        "7");
    EXPECT_EQ(timed_verdict({.body = R"({"ticket_id":35436})",
                             .signature = "DpOgJ7MorPD64cC4i4ZIvYC+HKI6U4KkNfy8L9PbyBo=",
                             .secret = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="}),
              "7");
}

TEST(TimedHmacWebhooks, refuses_whatever_was_changed_or_is_missing) {
    EXPECT_EQ(timed_verdict({.timestamp = "2026-11-22T10:15:31Z"}), "bad_signature");
    EXPECT_EQ(timed_verdict({.timestamp = "2026-11-22T11:15:30+01:00"}), "bad_signature");
    EXPECT_EQ(timed_verdict({.timestamp = ""}), "bad_signature");
    EXPECT_EQ(timed_verdict({.timestamp = "1795342530"}), "bad_signature");
    EXPECT_EQ(timed_verdict({.body = "{}"}), "bad_signature");
    EXPECT_EQ(timed_verdict({.secret = "whsec_made_up_2"}), "bad_signature");
}

TEST(TimedHmacWebhooks, refuses_old_and_future_messages) {
    EXPECT_EQ(timed_verdict({.late_ms = 300'000}), "7");
    EXPECT_EQ(timed_verdict({.late_ms = 300'001}), "stale_message");
    EXPECT_EQ(timed_verdict({.late_ms = -300'000}), "7");
    EXPECT_EQ(timed_verdict({.late_ms = -300'001}), "stale_message");
}

/// "t.body" under the whole text of the secret.
constexpr std::string_view kListSecret = "whsec_made_up_secret_1";
constexpr std::string_view kListBody = R"({"id":"evt_1","object":"event","type":"refund.updated"})";
constexpr std::int64_t kListSeconds = 1795341330;
const std::string kListDigest = "13c5d528aaeafaf9c91a9ea669c23405f27d3ad8d2f64bb5fee5bb673793d22e";

std::string list_verdict(const std::string& header, std::int64_t late_s = 0,
                         std::string_view secret = kListSecret, std::string_view body = kListBody) {
    WebhookScheme scheme;
    scheme.kind = WebhookScheme::Kind::timestamped_hmac_sha256;
    scheme.header = "stripe-signature";
    const auto id = verify_webhook(scheme, secret, {{"stripe-signature", header}}, body,
                                   (kListSeconds + late_s) * 1000);
    return id ? "accepted" : id.error().code;
}

TEST(TimestampedWebhooks, accepts_any_right_signature_of_several) {
    const std::string t = "t=1795341330,";
    const std::string wrong(64, 'a');
    EXPECT_EQ(list_verdict(t + "v1=" + kListDigest), "accepted");
    EXPECT_EQ(list_verdict(t + "v1=" + wrong + ",v1=" + kListDigest + ",v0=" + wrong), "accepted");
    EXPECT_EQ(
        list_verdict(t + "v1=fa59cdeadadd0fddd7a02c14744fc89fee944a1c3ceb19b77bde5b0bdce37c23", 0,
                     kListSecret, ""),
        "accepted");
    EXPECT_EQ(list_verdict(t + "v1=" + wrong), "bad_signature");
    EXPECT_EQ(list_verdict(t + "v0=" + kListDigest), "bad_signature");
}

TEST(TimestampedWebhooks, refuses_what_was_changed_or_is_malformed) {
    const std::string v1 = ",v1=" + kListDigest;
    EXPECT_EQ(list_verdict("t=1795341331" + v1, 1), "bad_signature");
    EXPECT_EQ(list_verdict("t=1795341330" + v1, 0, "whsec_other"), "bad_signature");
    EXPECT_EQ(list_verdict("t=1795341330" + v1, 0, ""), "bad_signature");
    EXPECT_EQ(list_verdict("t=1795341330" + v1, 0, kListSecret, "{}"), "bad_signature");
    for (const char* broken :
         {"", "v1", "t=", "t=x,", "t=-1,", "t=1795341330", "t=1795341330,t=1795341330"})
        EXPECT_EQ(list_verdict(broken + v1.substr(0, 30)), "bad_signature") << broken;
    EXPECT_EQ(list_verdict("t=1795341330,t=1795341330" + v1), "bad_signature");
}

TEST(TimestampedWebhooks, refuses_a_replay_outside_of_the_tolerance) {
    const std::string header = "t=1795341330,v1=" + kListDigest;
    EXPECT_EQ(list_verdict(header, 300), "accepted");
    EXPECT_EQ(list_verdict(header, 301), "stale_message");
    EXPECT_EQ(list_verdict(header, -301), "stale_message");
}

TEST(TokenWebhooks, the_header_carries_the_secret) {
    WebhookScheme scheme = hmac_scheme("Bearer ");
    scheme.kind = WebhookScheme::Kind::token;
    scheme.id_header = "x-id";
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "Bearer Jefe"}, {"x-id", "7"}}), "7");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "Bearer Jeff"}}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "Jefe"}}), "bad_signature");
    EXPECT_EQ(hmac_verdict(scheme, {{"x-signature", "Bearer "}}, ""), "bad_signature");
}

TEST(ConfiguredWebhooks, take_their_words_from_the_configuration) {
    WebhookScheme scheme;
    scheme.kind_key = "how";
    scheme.encoding_key = "written";
    scheme.header = "config:header";
    scheme.prefix = "config:prefix";
    scheme.id_header = "config:id";
    WebhookScheme token = scheme;
    ASSERT_TRUE(configure(token, Secrets({}, {{"how", "token"}, {"header", "X-Shop-Token"}})));
    EXPECT_EQ(token.kind, WebhookScheme::Kind::token);
    EXPECT_EQ(token.header, "x-shop-token");
    EXPECT_EQ(token.prefix + token.id_header, "");

    WebhookScheme hmac = scheme;
    ASSERT_TRUE(configure(hmac, Secrets({}, {{"header", "X-Signature"}, {"written", "base64"}})));
    EXPECT_EQ(hmac.kind, WebhookScheme::Kind::hmac_sha256);
    EXPECT_TRUE(hmac.base64);

    const auto lacks = configure(scheme, Secrets({}, {{"how", "token"}}));
    EXPECT_EQ(lacks.error().field, "/header");
}

TEST(Pings, are_what_the_manifest_says_and_digits) {
    EXPECT_TRUE(is_ping("webhook_id=", "webhook_id=5"));
    for (const char* body : {"webhook_id=", "webhook_id=5&x=1", "webhook_id=123456789012345678901",
                             "{}", "", " webhook_id=5", "webhook_id=-5"})
        EXPECT_FALSE(is_ping("webhook_id=", body)) << body;
    EXPECT_FALSE(is_ping("", "5"));
}

class InstanceWebhookTest : public HostFixture {
protected:
    Result<std::string> verified(std::string_view body = kBody) {
        return probe().verify({{"webhook-id", std::string(kId)},
                               {"webhook-timestamp", std::to_string(kSeconds)},
                               {"webhook-signature", std::string(kSignature)}},
                              std::string(body), kSeconds * 1000);
    }

    void configure_secrets(std::string_view present, std::string_view previous) {
        auto settings = instance_settings();
        settings.secrets.back().second = present;
        if (!previous.empty()) settings.secrets.emplace_back(kPreviousSecret, previous);
        const auto reloaded = host->reload(std::move(settings));
        ASSERT_TRUE(reloaded) << reloaded.error().message;
    }
};

TEST_F(InstanceWebhookTest, an_instance_uses_its_own_secret) {
    start();
    EXPECT_EQ(verified(), kId);
    EXPECT_EQ(verified("{}").error().kind, ErrorKind::Denied);
}

TEST_F(InstanceWebhookTest, the_secret_before_it_is_good_as_long_as_it_is_configured) {
    const std::string other = "whsec_" + to_base64(std::string(24, 'k'));
    start();
    configure_secrets(other, kSigning);
    EXPECT_EQ(verified(), kId);
    EXPECT_EQ(verified("{}").error().code, "bad_signature");
    configure_secrets(kSigning, other);
    EXPECT_EQ(verified(), kId);
    configure_secrets(other, "");
    EXPECT_EQ(verified().error().code, "bad_signature");
}

}  // namespace
}  // namespace orderhub::connectors::test
