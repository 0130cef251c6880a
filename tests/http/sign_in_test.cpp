// People who sign in with a browser: cookie, CSRF value, timeouts, locks, users.
#include "api_fixture.hpp"
#include "hub/http/attempts.hpp"
#include "hub/http/origin.hpp"
#include "hub/http/passwords.hpp"

namespace orderhub::http {
namespace {

constexpr std::string_view kPassword = "four words and a 7";

class SignIn : public ApiTest {
protected:
    json::object add_user(const std::string& name = "ann", const std::string& role = "agent") {
        const auto made = send("POST", "/api/v1/users",
                               {{"name", name}, {"role", role}, {"password", kPassword}}, "admin");
        EXPECT_EQ(made.status, 201) << made.body;
        return made.document();
    }

    Reply sign_in(std::string_view password = kPassword, const std::string& name = "ann") {
        return send("POST", "/api/v1/session", {{"name", name}, {"password", password}}, "");
    }

    /// Cookie and CSRF value of a fresh session.
    Headers session() {
        const auto reply = sign_in();
        EXPECT_EQ(reply.status, 200) << reply.body;
        const auto cookie = reply.headers.at("set-cookie");
        return {{"Cookie", cookie.substr(0, cookie.find(';'))},
                {"X-OrderHub-CSRF", reply.document().at("csrf").as_string().c_str()}};
    }
};

TEST_F(SignIn, ACookieIsAsGoodAsATokenOfTheRole) {
    add_user();
    const auto reply = sign_in();
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto cookie = reply.headers.at("set-cookie");
    EXPECT_NE(cookie.find("; HttpOnly"), cookie.npos);
    EXPECT_NE(cookie.find("; SameSite=Strict"), cookie.npos);
    EXPECT_EQ(reply.document().at("role").as_string(), "agent");

    const auto held = session();
    EXPECT_EQ(call("GET", "/api/v1/orders", "", "", held).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/inbox", "", "", held).status, 403);
    const auto me = call("GET", "/api/v1/session", "", "", held);
    EXPECT_EQ(me.document().at("name").as_string(), "ann");
    EXPECT_EQ(me.document().at("csrf").as_string(), held[1].second);
}

TEST_F(SignIn, WhatChangesSomethingNeedsTheCsrfValue) {
    add_user();
    const auto held = session();
    const std::string path = "/api/v1/session:sign-out-everywhere";
    const auto without = call("POST", path, "", "", {held[0]});
    EXPECT_EQ(without.status, 403);
    EXPECT_EQ(without.code(), "bad_csrf");
    EXPECT_EQ(call("POST", path, "", "", {held[0], {"X-OrderHub-CSRF", "oh_other"}}).status, 403);
    EXPECT_EQ(call("POST", path, "", "", held).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", held).status, 401);
}

TEST_F(SignIn, SigningOutEndsThisSessionOnly) {
    add_user();
    const auto one = session();
    const auto other = session();
    const auto out = call("DELETE", "/api/v1/session", "", "", one);
    EXPECT_EQ(out.status, 200);
    EXPECT_NE(out.headers.at("set-cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", one).status, 401);
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", other).status, 200);
}

TEST_F(SignIn, EndsWhenIdleAndAfterItsTime) {
    add_user();
    const auto idle = session();
    now_ += 29 * 60'000;
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", idle).status, 200);
    now_ += 31 * 60'000;
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", idle).status, 401);

    const auto long_one = session();
    for (int minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
        now_ += 20 * 60'000;
        ASSERT_EQ(call("GET", "/api/v1/session", "", "", long_one).status, 200) << minutes;
        ASSERT_TRUE(store_->write([](store::Transaction&) -> Result<void> { return {}; }));
    }
    now_ += 20 * 60'000;
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", long_one).status, 401);
}

TEST_F(SignIn, SaysTheSameWhateverWasWrong) {
    add_user();
    const auto wrong = sign_in("not the password");
    const auto nobody = sign_in(kPassword, "nobody");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.body, nobody.body);
    EXPECT_EQ(wrong.code(), "wrong_credentials");
}

TEST_F(SignIn, LocksAfterFailuresAndOpensAgain) {
    add_user();
    for (std::uint32_t i = 0; i < Attempts::kByName; ++i)
        EXPECT_EQ(sign_in("not the password").status, 401);
    const auto locked = sign_in();
    EXPECT_EQ(locked.status, 429);
    EXPECT_EQ(locked.headers.at("retry-after"), "900");
    ASSERT_FALSE(logged_.empty());
    EXPECT_EQ(logged_.back().find("ann"), std::string::npos) << "a name in the log";
    logged_.clear();
    now_ += Attempts::kLockMs;
    EXPECT_EQ(sign_in().status, 200);
}

TEST_F(SignIn, ANewPasswordEndsTheOtherSessions) {
    add_user();
    const auto other = session();
    const auto held = session();
    const auto change = [&](std::string_view old_password, std::string_view fresh) {
        return send("POST", "/api/v1/session:change-password",
                    {{"old_password", old_password}, {"password", fresh}}, "", held);
    };
    EXPECT_EQ(change("not the password", "another four words").status, 401);
    EXPECT_EQ(change(kPassword, "too short").code(), "bad_password");
    EXPECT_EQ(change(kPassword, "another four words").status, 200);
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", held).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", other).status, 401);
    EXPECT_EQ(sign_in().status, 401);
    EXPECT_EQ(sign_in("another four words").status, 200);
}

TEST_F(SignIn, AUserWhoIsTurnedOffIsOut) {
    const auto user = add_user();
    const auto held = session();
    const std::string path = "/api/v1/users/" + std::string(user.at("id").as_string());
    EXPECT_EQ(send("PATCH", path, {{"active", false}}, "admin").status, 200);
    EXPECT_EQ(call("GET", "/api/v1/session", "", "", held).status, 401);
    EXPECT_EQ(sign_in().status, 401);
}

TEST_F(SignIn, TheLastAdminStays) {
    const auto admin = add_user("boss", "admin");
    const std::string path = "/api/v1/users/" + std::string(admin.at("id").as_string());
    for (const json::value& change :
         {json::value{{"active", false}}, json::value{{"role", "agent"}}}) {
        const auto refused = send("PATCH", path, change, "admin");
        EXPECT_EQ(refused.status, 409);
        EXPECT_EQ(refused.code(), "last_admin");
    }
    add_user("other", "admin");
    EXPECT_EQ(send("PATCH", path, {{"role", "agent"}}, "admin").status, 200);
}

TEST_F(SignIn, NamesAreUnique) {
    add_user();
    const auto again = send("POST", "/api/v1/users",
                            {{"name", "ann"}, {"role", "agent"}, {"password", kPassword}}, "admin");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "name_taken");
}

TEST_F(SignIn, NoPasswordAndNoSecretIsInTheJournal) {
    add_user();
    const auto held = session();
    std::string all;
    ASSERT_TRUE(store_->read([&](store::Transaction& transaction) -> Result<void> {
        for (const auto& event : transaction.events(0, 100, ""))
            all += event.type + event.data;
        return {};
    }));
    EXPECT_NE(all.find("user.created"), all.npos);
    EXPECT_NE(all.find("user.signed_in"), all.npos);
    EXPECT_EQ(all.find(kPassword), all.npos);
    EXPECT_EQ(all.find("oh_"), all.npos);
    EXPECT_EQ(all.find("argon2"), all.npos);
}

TEST_F(SignIn, TokensExpireAndEnd) {
    const auto made =
        send("POST", "/api/v1/tokens", {{"name", "till"}, {"role", "agent"}, {"days", 1}}, "admin");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string secret(made.document().at("token").as_string());
    const std::string id(made.document().at("id").as_string());
    EXPECT_EQ(call("GET", "/api/v1/orders", secret).status, 200);
    const auto listed = call("GET", "/api/v1/tokens", "admin").body;
    EXPECT_NE(listed.find(id), listed.npos);
    EXPECT_EQ(listed.find(secret), listed.npos);
    now_ += 24 * 60 * 60'000;
    EXPECT_EQ(call("GET", "/api/v1/orders", secret).status, 401);

    const auto other = send("POST", "/api/v1/tokens", {{"name", "b"}, {"role", "agent"}}, "admin");
    const std::string other_secret(other.document().at("token").as_string());
    const std::string other_id(other.document().at("id").as_string());
    EXPECT_EQ(call("DELETE", "/api/v1/tokens/" + other_id, "admin").status, 200);
    EXPECT_EQ(call("GET", "/api/v1/orders", other_secret).status, 401);
    EXPECT_EQ(call("DELETE", "/api/v1/tokens/" + other_id, "admin").status, 404);
}

TEST_F(SignIn, AProgramIsToldWhatItsTokenMayDo) {
    const auto me = call("GET", "/api/v1/session", "agent").document();
    EXPECT_EQ(me.at("role"), "agent");
    EXPECT_TRUE(me.at("csrf").is_null());
    EXPECT_FALSE(me.at("rights").as_array().empty());
}

TEST(Passwords, AreSaltedArgon2id) {
    const auto one = hash_password(kPassword);
    EXPECT_TRUE(one.starts_with("$argon2id$"));
    EXPECT_NE(one, hash_password(kPassword));
    EXPECT_TRUE(verify_password(one, kPassword));
    EXPECT_FALSE(verify_password(one, "four words and a 8"));
    EXPECT_FALSE(verify_password("", kPassword));
}

TEST(Attempts, AnAddressIsLockedAfterManyNames) {
    Attempts attempts;
    for (std::uint32_t i = 0; i + 1 < Attempts::kByAddress; ++i)
        EXPECT_FALSE(attempts.failed("n" + std::to_string(i), "10.0.0.1", 1000));
    EXPECT_EQ(attempts.wait_ms("new", "10.0.0.1", 1000), 0);
    EXPECT_TRUE(attempts.failed("last", "10.0.0.1", 1000));
    EXPECT_EQ(attempts.wait_ms("new", "10.0.0.1", 2000), Attempts::kLockMs - 1000);
    EXPECT_EQ(attempts.wait_ms("new", "10.0.0.2", 2000), 0);
}

TEST(Origin, ForwardedHeadersAreBelievedOfTrustedProxiesOnly) {
    Request request;
    request.headers = {{"x-forwarded-for", "1.1.1.1, 2.2.2.2,10.0.0.9"},
                       {"x-forwarded-proto", "https"}};
    set_origin(request, "3.3.3.3", {"10.0.0.1"});
    EXPECT_EQ(request.address, "3.3.3.3");
    EXPECT_FALSE(request.secure);
    set_origin(request, "10.0.0.1", {"10.0.0.1", "10.0.0.9"});
    EXPECT_EQ(request.address, "2.2.2.2");
    EXPECT_TRUE(request.secure);
}

}  // namespace
}  // namespace orderhub::http
