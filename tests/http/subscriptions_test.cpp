// Subscriptions by the API: what each decision does to the row, what the journal says of it, and
// that a secret is shown once.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

constexpr const char* kAll = "/api/v1/subscriptions";

class Subscriptions : public ApiTest {
protected:
    std::string path_of(const json::object& made) {
        return kAll + ("/" + std::string(made.at("subscription").at("id").as_string()));
    }
    json::object create(json::object body = {}) {
        body["name"] = "desk";
        body["url"] = "https://desk.test/hook?token=hidden";
        const auto reply = send("POST", kAll, body, "admin");
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.document();
    }
    routing::Subscription stored(const json::object& made) {
        routing::Subscription row;
        EXPECT_TRUE(store_->read([&](store::Transaction& transaction) -> Result<void> {
            row =
                transaction.subscription(std::string(made.at("subscription").at("id").as_string()))
                    .value();
            return {};
        }));
        return row;
    }
    std::string journal() { return call("GET", "/api/v1/events?limit=500", "admin").body; }
    std::int64_t journal_end() { return json::parse(journal()).at("next").as_int64(); }
};

TEST_F(Subscriptions, ANewOneBeginsWithWhatComesNext) {
    import_order();
    const auto before = journal_end();
    const auto made = create({{"types", json::array{"order.", "case.linked"}}});
    const auto& shown = made.at("subscription").as_object();
    EXPECT_EQ(shown.at("after").as_int64(), before);
    EXPECT_EQ(shown.at("state"), "active");
    EXPECT_EQ(shown.at("types"), (json::array{"order.", "case.linked"}));
    EXPECT_TRUE(made.at("secret").as_string().starts_with("whsec_"));
    EXPECT_EQ(stored(made).secret, made.at("secret").as_string());
    EXPECT_EQ(subscriptions_changed_, 1);
    const auto later = call("GET", path_of(made), "admin").document();
    EXPECT_EQ(later.at("behind").as_int64(), 1);  // the entry of its own making
}

TEST_F(Subscriptions, OneFromTheBeginningAndOneFromBeyondTheEnd) {
    import_order();
    const auto all = create({{"after", 0}});
    EXPECT_EQ(stored(all).cursor, 0);
    const auto end = journal_end();
    EXPECT_EQ(stored(create({{"after", 1'000'000}})).cursor, end);
}

TEST_F(Subscriptions, ASecretIsShownOnceAndNeverInListOrJournal) {
    const auto made = create();
    const auto rotated =
        send("POST", path_of(made) + ":rotate-secret", json::object{{"overlap_s", 60}}, "admin")
            .document();
    const std::string first(made.at("secret").as_string());
    const std::string second(rotated.at("secret").as_string());
    EXPECT_NE(first, second);
    const auto row = stored(made);
    EXPECT_EQ(row.secret, second);
    EXPECT_EQ(row.previous_secret, first);
    EXPECT_FALSE(rotated.at("subscription").at("previous_secret_until").is_null());
    for (const auto& text :
         {call("GET", kAll, "admin").body, call("GET", path_of(made), "admin").body, journal()}) {
        EXPECT_EQ(text.find(first), std::string::npos);
        EXPECT_EQ(text.find(second), std::string::npos);
    }
    EXPECT_EQ(journal().find("hidden"), std::string::npos) << "an address may hold a password";
}

TEST_F(Subscriptions, DisabledAndEnabledItGoesOnWhereItEnded) {
    const auto made = create({{"after", 0}});
    auto reply = send("PATCH", path_of(made), json::object{{"state", "disabled"}}, "admin");
    EXPECT_EQ(reply.document().at("state"), "disabled");
    EXPECT_EQ(reply.document().at("reason"), "operator");
    ASSERT_TRUE(store_->write([&](store::Transaction& transaction) -> Result<void> {
        auto row = stored(made);
        row.failures = 7;
        row.failing_since = row.next_at = 5;
        row.cursor = 1;
        transaction.save_subscription(row);
        return {};
    }));
    reply = send("PATCH", path_of(made), json::object{{"state", "active"}}, "admin");
    EXPECT_EQ(reply.document().at("reason"), "");
    EXPECT_EQ(reply.document().at("failures"), 0);
    EXPECT_EQ(reply.document().at("after"), 1);
}

TEST_F(Subscriptions, EachDecisionIsALaterRevisionAndAnEntryInTheJournal) {
    const auto made = create();
    const auto path = path_of(made);
    EXPECT_EQ(stored(made).revision, 1);
    send("PATCH", path, json::object{{"name", "new"}, {"types", json::array{}}}, "admin");
    EXPECT_EQ(stored(made).revision, 2);
    EXPECT_EQ(stored(made).name, "new");
    EXPECT_TRUE(stored(made).types.empty());
    send("POST", path + ":rotate-secret", json::object{}, "admin");
    send("POST", path + ":replay", json::object{{"after", 0}}, "admin");
    EXPECT_EQ(stored(made).revision, 4);
    EXPECT_EQ(stored(made).cursor, 0);
    call("DELETE", path, "admin");
    EXPECT_EQ(call("GET", path, "admin").status, 404);
    std::vector<std::string> types;
    for (const auto& event : json::parse(journal()).at("items").as_array())
        types.emplace_back(event.at("type").as_string());
    EXPECT_EQ(types, (std::vector<std::string>{"subscription.created", "subscription.changed",
                                               "subscription.secret_rotated",
                                               "subscription.replayed", "subscription.deleted"}));
    EXPECT_EQ(subscriptions_changed_, 5);
}

TEST_F(Subscriptions, AnAddressThatMayNotBeCalledIsRefused) {
    const json::object body{{"name", "n"}, {"url", "http://10.0.0.1/"}};
    const auto made = send("POST", kAll, body, "admin");
    EXPECT_EQ(made.status, 422);
    EXPECT_EQ(made.code(), "address_refused");
    const auto good = create();
    const auto moved =
        send("PATCH", path_of(good), json::object{{"url", "http://10.0.0.1/"}}, "admin");
    EXPECT_EQ(moved.status, 422);
    EXPECT_TRUE(stored(good).url.starts_with("https://desk.test/"));
}

TEST_F(Subscriptions, AnAgentMayNotSeeThem) {
    EXPECT_EQ(call("GET", kAll, "agent").status, 403);
    EXPECT_EQ(send("POST", kAll, json::object{}, "agent").status, 403);
}

}  // namespace
}  // namespace orderhub::http
