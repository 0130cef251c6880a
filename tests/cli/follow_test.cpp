// import and events tail: what goes on for a while.
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

std::string import(const std::string& state, int records) {
    const json::value error = state == "failed" ? json::value("no route to host") : nullptr;
    return json::serialize(json::object{{"connector", "shop"},
                                        {"state", state},
                                        {"pages", 1},
                                        {"records", records},
                                        {"queued", records / 20},
                                        {"error", error}});
}

std::string events(std::int64_t first, std::int64_t last) {
    json::array items;
    for (std::int64_t sequence = first; sequence <= last; ++sequence)
        items.push_back({{"sequence", sequence},
                         {"id", "ev"},
                         {"type", "order.imported"},
                         {"order_id", sequence % 2 == 0 ? "os_1" : "os_2"},
                         {"case_id", ""},
                         {"actor", "hub"},
                         {"trace", ""},
                         {"data", {{"text", "new"}}},
                         {"at", "2026-11-22T10:00:00.000Z"}});
    return json::serialize(json::object{{"items", std::move(items)}, {"next", last}});
}

std::string no_events(std::int64_t after) {
    return json::serialize(json::object{{"items", json::array{}}, {"next", after}});
}

class Follow : public CliTest {
protected:
    /// The journal's probes answer as if `last` were the newest event.
    void journal_ends_at(std::int64_t last) {
        for (std::int64_t after = 0; after <= 1024; ++after)
            on("GET /api/v1/events?after=" + std::to_string(after) + "&limit=1",
               after < last ? events(after + 1, after + 1) : no_events(after));
    }
};

TEST_F(Follow, ImportSendsTheDayAndFollowsToTheEnd) {
    on("POST /api/v1/connectors/shop:import", import("running", 0), 202);
    for (const int records : {0, 20, 40})
        on("GET /api/v1/connectors/shop/import", import("running", records));
    on("GET /api/v1/connectors/shop/import", import("done", 57));
    const auto outcome = run("import shop --from 2026-11-01");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(hub_.seen().front().body, R"({"from":"2026-11-01"})");
    EXPECT_EQ(outcome.out,
              "shop: running, 0 records read, 0 of them new or changed\n"
              "shop: running, 20 records read, 1 of them new or changed\n"
              "shop: running, 40 records read, 2 of them new or changed\n"
              "shop: done, 57 records read, 2 of them new or changed\n");
}

TEST_F(Follow, ImportAsJsonIsTheLastDocument) {
    on("POST /api/v1/connectors/shop:import", import("running", 0), 202);
    on("GET /api/v1/connectors/shop/import", import("done", 57));
    EXPECT_EQ(run("import shop --from 2026-11-01 --json").out, import("done", 57) + "\n");
}

TEST_F(Follow, AnImportThatFailsOrRunsAlready) {
    on("POST /api/v1/connectors/shop:import", import("failed", 3), 202);
    on("POST /api/v1/connectors/desk:import", problem(409, "import_running", "one is running"),
       409);
    const auto failed = run("import shop --from 2026-11-01");
    EXPECT_EQ(failed.code, kFailed);
    EXPECT_EQ(failed.err, "orderhub: The import has failed: no route to host.\n");
    EXPECT_EQ(run("import desk --from 2026-11-01").code, kConflict);
    EXPECT_EQ(run("import shop").code, kUsage);
}

TEST_F(Follow, TailShowsTheNewestEvents) {
    journal_ends_at(37);
    on("GET /api/v1/events?after=34&limit=3", events(35, 37));
    const auto outcome = run("events tail --last 3");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out.find("     35  2026-11-22 10:00:00Z  order.imported"), 0u) << outcome.out;
    EXPECT_NE(outcome.out.find(R"(os_1  hub  {"text":"new"})"), std::string::npos) << outcome.out;
    EXPECT_EQ(run("events tail --last 3 --json").out, events(35, 37) + "\n");
    EXPECT_LT(hub_.seen().size(), 40u);
}

TEST_F(Follow, TailOfAnEmptyJournalIsEmpty) {
    journal_ends_at(0);
    on("GET /api/v1/events?after=0&limit=20", no_events(0));
    const auto outcome = run("events tail");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out, "");
}

TEST_F(Follow, TailOfAnOrderReadsAllItsPages) {
    journal_ends_at(900);
    on("GET /api/v1/orders/os_1/events?after=0&limit=200", events(2, 2));
    on("GET /api/v1/orders/os_1/events?after=2&limit=200", events(4, 4));
    on("GET /api/v1/orders/os_1/events?after=4&limit=200", no_events(4));
    const auto outcome = run("events tail --order os_1 --json");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(json::parse(outcome.out).at("items").as_array().size(), 2u);
}

TEST_F(Follow, FollowGoesOnWithWhatIsNewUntilTheHubRefuses) {
    journal_ends_at(37);
    on("GET /api/v1/events?after=36&limit=1", events(37, 37));
    on("GET /api/v1/events?after=37&limit=500&wait_s=25", no_events(37));
    on("GET /api/v1/events?after=37&limit=500&wait_s=25", events(38, 40));
    on("GET /api/v1/events?after=40&limit=500&wait_s=25",
       problem(503, "stopping", "The hub is stopping; try again later."), 503);
    const auto outcome = run("events tail --last 1 --follow --json");
    EXPECT_EQ(outcome.code, kFailed);
    std::vector<std::int64_t> sequences;
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);)
        if (const auto event = json::parse(line); event.as_object().contains("sequence"))
            sequences.push_back(event.at("sequence").as_int64());
    EXPECT_EQ(sequences, (std::vector<std::int64_t>{37, 38, 39, 40}));
}

TEST_F(Follow, FollowOfAnOrderLeavesOutTheOthers) {
    journal_ends_at(0);
    on("GET /api/v1/orders/os_1/events?after=0&limit=200", no_events(0));
    on("GET /api/v1/events?after=0&limit=500&wait_s=25", events(1, 4));
    const auto outcome = run("events tail --order os_1 --follow");
    EXPECT_EQ(outcome.code, kNotFound) << "the scripted hub knows no page after 4";
    EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 2);
}

}  // namespace
}  // namespace orderhub::cli
