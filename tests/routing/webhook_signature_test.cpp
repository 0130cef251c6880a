// Against the values that the Standard Webhooks libraries test themselves with.
#include "hub/routing/webhook_signature.hpp"

#include <gtest/gtest.h>

#include <set>

namespace orderhub::routing {
namespace {

const std::string kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::int64_t kTime = 1'614'265'330;
constexpr const char* kBody = R"({"test": 2432232314})";
const std::string kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

TEST(WebhookSignature, TheValueThatTheStandardsLibrariesPublish) {
    EXPECT_EQ(webhook_signature({kSecret}, kId, kTime, kBody), kSignature);
}

TEST(WebhookSignature, OneForEachSecret) {
    const auto fresh = make_webhook_secret();
    const auto both = webhook_signature({fresh, kSecret}, kId, kTime, kBody);
    EXPECT_EQ(both, webhook_signature({fresh}, kId, kTime, kBody) + " " + kSignature);
}

TEST(WebhookSignature, CoversIdTimeAndBody) {
    const std::set<std::string> all{webhook_signature({kSecret}, kId, kTime, kBody),
                                    webhook_signature({kSecret}, "msg_other", kTime, kBody),
                                    webhook_signature({kSecret}, kId, kTime + 1, kBody),
                                    webhook_signature({kSecret}, kId, kTime, "{}")};
    EXPECT_EQ(all.size(), 4U);
}

TEST(WebhookSignature, WhatIsNoSecretSignsNothing) {
    for (const auto* text :
         {"", "whsec_", "whsec_a", "whsec_!!!!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
        EXPECT_EQ(webhook_signature({text}, kId, kTime, kBody), "") << text;
}

TEST(WebhookSignature, ASecretWithPaddingIsItsBytes) {
    // "whsec_YQ==" is the key "a".
    EXPECT_EQ(webhook_signature({"whsec_YQ=="}, "id", 1, "body"),
              "v1,g4t27hNVDebebKMLRCZHtjMzByZ/GCVkViWnikz44WE=");
}

TEST(WebhookSignature, FreshSecretsHave256BitsAndDiffer) {
    const auto one = make_webhook_secret();
    EXPECT_TRUE(one.starts_with("whsec_"));
    EXPECT_EQ(one.size(), 6U + 44U);
    EXPECT_NE(one, make_webhook_secret());
}

}  // namespace
}  // namespace orderhub::routing
