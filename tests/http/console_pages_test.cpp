// The web application's page and files: where they are, and with which headers.
#include "hub/http/console_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace orderhub::http {
namespace {

constexpr unsigned char kScript[] = {0x1f, 0x8b, 0x08};
constexpr console::File kFiles[] = {{"assets/app-1a2b.js", "text/javascript", kScript}};

class ConsolePagesTest : public testing::Test {
protected:
    std::optional<Response> get(std::string target, std::string method = "GET") const {
        const auto parsed = parse_target(target);
        return pages_.answer({std::move(method), std::move(target), {}, {}}, *parsed);
    }

    static std::string header(const Response& response, std::string_view name) {
        const auto found = std::ranges::find(response.headers, name, &connectors::Header::name);
        return found == response.headers.end() ? std::string() : found->value;
    }

    ConsolePages pages_{kFiles, "<meta content=__NONCE__><style nonce=__NONCE__>", "<p>panel</p>"};
};

TEST_F(ConsolePagesTest, GivesThePageAtEveryAddressOfTheApplication) {
    for (const auto* address : {"/", "/orders", "/orders/os_1/return", "/search?q=a", "/cases/cs_1",
                                "/customers/cu_1", "/receive", "/ops/messages/dl_1"}) {
        const auto answer = get(address);
        ASSERT_TRUE(answer) << address;
        EXPECT_EQ(answer->status, 200) << address;
        EXPECT_EQ(answer->content_type, "text/html; charset=utf-8");
    }
}

TEST_F(ConsolePagesTest, LeavesOtherAddressesAndMethodsToTheApi) {
    EXPECT_FALSE(get("/api/v1/none"));
    EXPECT_FALSE(get("/intake/none"));
    EXPECT_FALSE(get("/elsewhere"));
    EXPECT_FALSE(get("/orders", "POST"));
    EXPECT_TRUE(get("/orders", "HEAD"));
}

TEST_F(ConsolePagesTest, GivesEachPageANonceOfItsOwnAndKeepsNone) {
    const auto one = get("/");
    const auto other = get("/");
    EXPECT_EQ(one->body.find("__NONCE__"), std::string::npos);
    EXPECT_NE(one->body, other->body);
    const auto nonce = one->body.substr(14, one->body.find('>') - 14);
    const auto policy = header(*one, "Content-Security-Policy");
    EXPECT_NE(policy.find("'nonce-" + nonce + "'"), std::string::npos) << policy;
    EXPECT_EQ(header(*one, "Cache-Control"), "no-store");
}

TEST_F(ConsolePagesTest, OnlyThePanelMayBeFramedAndOnlyWhereTheOperatorSays) {
    EXPECT_FALSE(get("/embed/case/desk/1?expires=1&signature=2"));
    pages_.frame_ancestors = {"https://desk.test", "https://other.test"};
    const auto answer = get("/embed/case/desk/1?expires=1&signature=2");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "<p>panel</p>");
    EXPECT_TRUE(header(*answer, "Content-Security-Policy")
                    .ends_with("frame-ancestors https://desk.test https://other.test"));
    EXPECT_EQ(header(*answer, "Referrer-Policy"), "no-referrer");
    EXPECT_TRUE(header(*get("/orders"), "Content-Security-Policy").ends_with("'none'"));
}

TEST_F(ConsolePagesTest, AllowsNoInlineScriptAndNoFrameAroundIt) {
    const auto policy = header(*get("/"), "Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(header(*get("/"), "X-Content-Type-Options"), "nosniff");
}

TEST_F(ConsolePagesTest, LetsBrowsersKeepFilesForGood) {
    const auto answer = get("/assets/app-1a2b.js");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "\x1f\x8b\x08");
    EXPECT_EQ(header(*answer, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(*answer, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(header(*answer, "X-Content-Type-Options"), "nosniff");
}

TEST_F(ConsolePagesTest, SaysThatAFileOfAnOlderVersionIsGone) {
    EXPECT_EQ(get("/assets/app-0000.js")->status, 404);
    EXPECT_EQ(get("/assets/..%5Corderhub.yaml")->status, 404);
}

TEST(ConsolePages, AreNotThereIfTheProgramWasBuiltWithoutThem) {
    const ConsolePages none{{}, {}};
    EXPECT_FALSE(none.answer({"GET", "/", {}, {}}, *parse_target("/")));
}

}  // namespace
}  // namespace orderhub::http
