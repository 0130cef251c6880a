// The four forms in which the platform tells of a failure, and what each means.
#include "salesforce_platform/errors.hpp"

#include <gtest/gtest.h>

namespace orderhub::salesforce {
namespace {

using sdk::Effect;

TEST(Failures, AreFoundInEveryForm) {
    const auto code_in = [](const char* text) { return failure_in(text).code; };
    EXPECT_EQ(code_in(R"([{"message": "m", "errorCode": "NOT_FOUND"}])"), "NOT_FOUND");
    EXPECT_EQ(
        code_in(
            R"({"success": false, "errors": [{"statusCode": "DUPLICATE_VALUE", "message": "m"}]})"),
        "DUPLICATE_VALUE");
    EXPECT_EQ(
        code_in(
            R"([{"success": true, "errors": []}, {"success": false, "errors": [{"statusCode": "X", "message": "m"}]}])"),
        "X");
    EXPECT_EQ(
        code_in(
            R"({"success": false, "errors": [{"errorCode": "INVALID_INPUT", "message": "m"}], "changeOrderId": null})"),
        "INVALID_INPUT");
    EXPECT_EQ(code_in(R"([{"message": "m", "enhancedErrorType": "BadRequest", "output": {}}])"),
              "BadRequest");
    EXPECT_EQ(code_in(R"({"error": "invalid_grant", "error_description": "m"})"), "invalid_grant");
    EXPECT_EQ(code_in(R"({"success": false, "errors": []})"), "UNKNOWN_EXCEPTION");
    EXPECT_EQ(failure_in(R"([{"message": "words", "errorCode": "E"}])").message, "words");
}

TEST(Failures, OfACompositeIsTheOneThatSaysWhy) {
    const Failure found = failure_in(R"({"compositeResponse": [
        {"httpStatusCode": 400, "body": [{"errorCode": "PROCESSING_HALTED", "message": "rolled back"}]},
        {"httpStatusCode": 400, "body": [{"errorCode": "REQUIRED_FIELD_MISSING", "message": "[Name]"}]}]})");
    EXPECT_EQ(found.code, "REQUIRED_FIELD_MISSING");
    EXPECT_FALSE(
        failure_in(
            R"({"compositeResponse": [{"httpStatusCode": 201, "body": {"id": "1", "success": true, "errors": []}}]})")
            .happened());
}

TEST(Failures, AreNotSeenWhereThereIsNone) {
    for (const char* text : {R"({"id": "1", "success": true, "errors": []})", R"({"records": []})",
                             "[]", "null", "<html>"})
        EXPECT_FALSE(failure_in(text).happened()) << text;
}

TEST(Stops, TellWhatMayBeRepeated) {
    const auto stop = [](int status, const char* code, Effect effect) {
        return stop_for(status, {code, "words"}, effect);
    };
    EXPECT_EQ(stop(403, "REQUEST_LIMIT_EXCEEDED", Effect::write).outcome, OH_RETRY);
    EXPECT_EQ(stop(403, "REQUEST_LIMIT_EXCEEDED", Effect::write).retry_after_ms, 60'000U);
    EXPECT_EQ(stop(503, "SERVER_UNAVAILABLE", Effect::read).outcome, OH_RETRY);
    EXPECT_EQ(stop(400, "UNABLE_TO_LOCK_ROW", Effect::write).code, "locked");
    EXPECT_EQ(stop(400, "DUPLICATE_VALUE", Effect::write).code, "duplicate_value");
    EXPECT_EQ(stop(400, "DUPLICATE_VALUE", Effect::write).outcome, OH_REJECTED);
    EXPECT_EQ(stop(401, "INVALID_SESSION_ID", Effect::write).code, "unauthorized");
    EXPECT_EQ(stop(500, "UNKNOWN_EXCEPTION", Effect::write).outcome, OH_UNKNOWN);
    EXPECT_EQ(stop(500, "UNKNOWN_EXCEPTION", Effect::read).outcome, OH_RETRY);
    EXPECT_EQ(stop(404, "", Effect::read).code, "http_404");
}

}  // namespace
}  // namespace orderhub::salesforce
