// The audit log by the API: who may read it, how it is searched and paged, and what a seal covers.
#include "api_fixture.hpp"
#include "hub/http/access.hpp"
#include "hub/http/journal_seal.hpp"

namespace orderhub::http {
namespace {

constexpr const char* kLog = "/api/v1/audit";

class AuditLog : public ApiTest {
protected:
    json::object read(const std::string& query) {
        const auto reply = call("GET", kLog + query, "admin");
        EXPECT_EQ(reply.status, 200) << reply.body;
        return reply.document();
    }
    std::vector<std::int64_t> sequences(const json::object& page) {
        std::vector<std::int64_t> found;
        for (const auto& event : page.at("items").as_array())
            found.push_back(event.at("sequence").as_int64());
        return found;
    }
};

TEST_F(AuditLog, IsForAuditorsOnly) {
    EXPECT_EQ(call("GET", kLog, "agent").status, 403);
    EXPECT_EQ(call("GET", kLog, make_token("finance")).status, 200);
    EXPECT_EQ(call("GET", std::string(kLog) + "/seals", "agent").status, 403);
}

TEST_F(AuditLog, SaysFromWhereAnAgentActed) {
    submit_return(import_order(), "key-1");
    const auto found = read("?type=action.");
    ASSERT_FALSE(found.at("items").as_array().empty());
    const auto& event = found.at("items").at(0);
    EXPECT_TRUE(event.at("actor").as_string().starts_with("agent:"));
    EXPECT_EQ(event.at("address"), "127.0.0.1");
}

TEST_F(AuditLog, PagesForwardAndBackwardMeet) {
    submit_return(import_order(), "key-1");
    import_case();
    const auto all = sequences(read("?after=0&limit=1000"));
    ASSERT_GE(all.size(), 3U);
    std::vector<std::int64_t> backward;
    std::string query = "?limit=2";
    for (;;) {
        const auto page = read(query);
        for (const auto each : sequences(page))
            backward.insert(backward.begin(), each);
        if (page.at("next").is_null()) break;
        query = "?limit=2&before=" + std::to_string(page.at("next").as_int64());
    }
    EXPECT_EQ(backward, all);
    EXPECT_TRUE(std::ranges::is_sorted(all));
}

TEST_F(AuditLog, FindsByOrderActorAndTime) {
    const auto order = import_order();
    submit_return(order, "key-1");
    const auto of_order = read("?order=" + order).at("items").as_array();
    ASSERT_EQ(of_order.size(), 2U);
    const std::string actor(of_order.at(0).at("actor").as_string());
    const auto agents = read("?actor=" + actor + "&order=" + order).at("items").as_array();
    ASSERT_EQ(agents.size(), 1U);
    EXPECT_EQ(agents.at(0).at("type"), "action.submitted");
    EXPECT_TRUE(read("?actor=agent:nobody").at("items").as_array().empty());
    EXPECT_TRUE(read("?to=2020-01-01").at("items").as_array().empty());
    EXPECT_TRUE(read("?from=2090-01-01").at("items").as_array().empty());
    EXPECT_EQ(sequences(read("?after=0&from=2020-01-01&limit=1000")),
              sequences(read("?after=0&limit=1000")));
}

TEST_F(AuditLog, RefusesWhatItDoesNotUnderstand) {
    for (const char* query : {"?after=1&before=2", "?from=yesterday", "?limit=0", "?who=me"})
        EXPECT_EQ(call("GET", std::string(kLog) + query, "admin").status, 400) << query;
}

TEST_F(AuditLog, ASealCanBeWorkedOutFromTheLogAlone) {
    import_order();
    std::vector<store::AuditEvent> events;
    ASSERT_TRUE(store_->write([&](store::Transaction& transaction) -> Result<void> {
        store::AuditQuery query;
        query.after = 0;
        events = transaction.audit(query).events;
        transaction.add_seal({events.front().sequence, events.back().sequence,
                              static_cast<std::int64_t>(events.size()), seal_hash("ab", events),
                              now_});
        return {};
    }));
    std::string lines = "ab\n";
    const auto log = read("?after=0&limit=1000");
    for (const auto& event : log.at("items").as_array())
        lines += sha256_hex(json::serialize(event)) + "\n";
    const auto seals = read("/seals");
    ASSERT_EQ(seals.at("items").as_array().size(), 1U);
    EXPECT_EQ(seals.at("items").at(0).at("hash").as_string(), sha256_hex(lines));
    EXPECT_EQ(seals.at("items").at(0).at("events").as_int64(),
              static_cast<std::int64_t>(log.at("items").as_array().size()));
}

}  // namespace
}  // namespace orderhub::http
