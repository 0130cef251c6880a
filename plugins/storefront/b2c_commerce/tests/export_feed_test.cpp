// Order exports in a directory: each file once, each order as the API has it, and nothing that is
// wrong with one holds up another.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "shop.hpp"
#include "testing/failing.hpp"

namespace orderhub::b2c_commerce::testing {
namespace {

namespace fs = std::filesystem;
using Numbers = std::vector<std::string>;

constexpr std::int64_t kHourMs = 3'600'000;

std::int64_t wall_clock_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string export_of(const Numbers& numbers) {
    std::string text = R"(<orders xmlns="http://www.demandware.com/xml/impex/order/2006-10-31">)";
    for (const std::string& number : numbers)
        text += "<order order-no=\"" + number + "\"/>";
    return text + "</orders>";
}

/// The list shows nothing: all orders were changed long before the first poll.
class ExportFeedTest : public ::testing::Test {
protected:
    ExportFeedTest() : folder(make_folder()), host(with_exports(folder)) {
        shop.attach(host);
        host.now_ms = wall_clock_ms();
        for (const char* number : {"1002", "1003"})
            shop.add_order(number, "2025-01-02T00:00:00.000Z");
        shop.orders.at("1001").set("lastModified", "2025-01-02T00:00:00.000Z");
    }
    ~ExportFeedTest() override { fs::remove_all(folder); }

    static fs::path make_folder() {
        std::string name = (fs::temp_directory_path() / "orderhub-exports-XXXXXX").string();
        return mkdtemp(name.data());
    }
    static Json with_exports(const fs::path& folder) {
        Json made = config();
        made.set("export_directory", folder.string());
        made.set("poll_from",
                 sdk::to_rfc3339((wall_clock_ms() - kHourMs) / 1000 * 1000).substr(0, 19) + "Z");
        return made;
    }
    /// A file under a stamp of its own: file systems count time in ticks of some milliseconds.
    void put(const std::string& name, const std::string& text) {
        const auto stamp = [&] {
            struct stat facts{};
            return ::stat((folder / name).c_str(), &facts) == 0
                       ? facts.st_ctim.tv_sec * 1000 + facts.st_ctim.tv_nsec / 1'000'000
                       : 0;
        };
        const auto before = std::max(last_stamp_, static_cast<std::int64_t>(stamp()));
        do {
            std::ofstream(folder / name, std::ios::binary) << text;
        } while (stamp() <= before);
        last_stamp_ = stamp();
    }
    Outcome poll() {
        Outcome outcome = host.poll(cursor);
        if (outcome.outcome == OH_DONE) cursor = outcome.cursor;
        return outcome;
    }
    static Numbers numbers(const Outcome& outcome) {
        EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.code << ": " << outcome.message;
        Numbers all;
        for (const auto& [kind, record] : outcome.records)
            all.push_back(record.at("number").text());
        return all;
    }
    Numbers polled() { return numbers(poll()); }
    std::string log() const {
        std::string all;
        for (const std::string& line : host.logs)
            all += line + "\n";
        return all;
    }
    bool says(const std::string& words) const { return log().find(words) != std::string::npos; }

    fs::path folder;
    Shop shop;
    FakeHost host;
    std::string cursor;

private:
    std::int64_t last_stamp_ = 0;
};

TEST_F(ExportFeedTest, BringsTheOrdersOfAFileOnceAsTheApiHasThem) {
    EXPECT_TRUE(polled().empty());
    put("orders-1.xml", export_of({"1002", "1001"}));
    const Outcome outcome = poll();
    EXPECT_EQ(numbers(outcome), (Numbers{"1002", "1001"}));
    EXPECT_EQ(outcome.records[0].second.at("lines").items()[0]["external_id"].text(), "a1");
    EXPECT_TRUE(polled().empty());
    put("orders-1.xml", export_of({"1003"}));
    put("orders-2.xml", export_of({"1002"}));
    EXPECT_EQ(polled(), (Numbers{"1003", "1002"})) << "a file written anew is a new one";
    EXPECT_EQ(log(), "");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 2) << "nothing is taken away";
}

TEST_F(ExportFeedTest, AnOrderThatBothWaysShowIsOneRecord) {
    const auto now = sdk::to_rfc3339(host.now_ms);
    shop.orders.at("1001").set("lastModified", now);
    put("orders.xml", export_of({"1001"}));
    Outcome outcome = poll();
    ASSERT_EQ(numbers(outcome), (Numbers{"1001", "1001"}));
    for (auto& [kind, record] : outcome.records) {
        Json source = record.at("source");
        source.set("observed_at", "");
        record.set("source", source);
    }
    EXPECT_EQ(outcome.records[0].second, outcome.records[1].second);
}

TEST_F(ExportFeedTest, ReadsNothingButWholeFilesOfTheDirectoryItself) {
    put(".orders.xml", export_of({"1001"}));
    put("orders.xml.part", export_of({"1001"}));
    put("orders.csv", "1001");
    fs::create_directory(folder / "below.xml");
    std::ofstream(folder / "below.xml" / "orders.xml") << export_of({"1001"});
    fs::create_symlink(B2C_COMMERCE_EXPORTS "/orders.xml", folder / "link.xml");
    ASSERT_EQ(mkfifo((folder / "pipe.xml").c_str(), 0600), 0);
    EXPECT_TRUE(polled().empty());
    EXPECT_EQ(log(), "");
    fs::rename(folder / "orders.xml.part", folder / "orders.xml");
    EXPECT_EQ(polled(), Numbers{"1001"});
}

TEST_F(ExportFeedTest, WaitsForAFileThatIsStillWritten) {
    const std::string whole = export_of({"1001", "1002"});
    put("a.xml", whole.substr(0, whole.size() / 2));
    put("b.xml", export_of({"1003"}));
    EXPECT_EQ(polled(), Numbers{"1003"});
    EXPECT_EQ(log(), "");
    put("a.xml", whole);
    EXPECT_EQ(polled(), (Numbers{"1001", "1002"}));
}

TEST_F(ExportFeedTest, AFileThatStaysBrokenIsToldAndHoldsUpNoOther) {
    put("a.xml", "<orders>");
    put("b.xml", export_of({"1001"}));
    host.now_ms += kHourMs;
    EXPECT_EQ(polled(), Numbers{"1001"});
    EXPECT_TRUE(says("order export a.xml cannot be read: line 1: this is no order export"));
    host.logs.clear();
    EXPECT_TRUE(polled().empty());
    EXPECT_EQ(log(), "") << "it is told once";
    for (const Outcome& told : {host.check(), poll()}) {
        EXPECT_EQ(told.outcome, OH_DONE) << "a reload is not to be refused for it";
        EXPECT_EQ(told.code, "export_file");
        EXPECT_NE(told.message.find("a.xml: line 1"), std::string::npos) << told.message;
    }
    put("a.xml", export_of({"1002"}));
    EXPECT_EQ(host.check().message, "");
    EXPECT_EQ(polled(), Numbers{"1002"});
    EXPECT_EQ(host.state["export_problems"], "[]");
}

TEST_F(ExportFeedTest, OrdersThatTheApiDoesNotGiveAreLeftOutOneByOne) {
    std::string text = export_of({"1001", "nobody", "1002", "odd", "1003"});
    text.insert(text.find("</orders>"), "<order order-no=\"gone\" mode=\"delete\"/>");
    put("orders.xml", text);
    shop.faults.push_back({"GET", "/orders/odd?", problem(400, "bad-request", "odd"), false, 99});
    EXPECT_EQ(polled(), (Numbers{"1001", "1002", "1003"}));
    EXPECT_TRUE(
        says("order nobody of the order export orders.xml left out: the API knows no such"));
    EXPECT_TRUE(says("order odd of the order export orders.xml left out: http_400"));
    EXPECT_TRUE(says("order gone of the order export orders.xml left out: the export says"));
    EXPECT_TRUE(polled().empty());
}

TEST_F(ExportFeedTest, AnOrderThatAlwaysFailsIsLeftOutInTheEnd) {
    put("orders.xml", export_of({"1001", "1002"}));
    shop.faults.push_back({"GET", "/orders/1001?", orderhub::testing::html(500), false, 99});
    for (int i = 0; i < 9; ++i)
        EXPECT_EQ(poll().code, "server_error");
    EXPECT_EQ(polled(), Numbers{"1002"});
    EXPECT_TRUE(says("order 1001 of the order export orders.xml left out: server_error"));
}

TEST_F(ExportFeedTest, WhatWasDoneBeforeAFailureIsKept) {
    put("orders.xml", export_of({"1001", "1002", "1003"}));
    shop.faults.push_back({"GET", "/orders/1002?", orderhub::testing::throttled(), false, 2});
    EXPECT_EQ(polled(), Numbers{"1001"});
    const Outcome throttled = poll();
    EXPECT_EQ(throttled.code, "throttled");
    EXPECT_EQ(throttled.retry_after_ms, 17'000U);
    EXPECT_EQ(polled(), (Numbers{"1002", "1003"}));
    EXPECT_TRUE(polled().empty());
}

// The hub is killed before it has stored what a poll gave: the next one begins where that did.
TEST_F(ExportFeedTest, AHubThatIsKilledReadsOnFromWhatItHasStored) {
    Numbers many;
    for (int i = 0; i < 250; ++i) {
        many.push_back("E" + std::to_string(i));
        shop.add_order(many.back(), "2025-01-02T00:00:00.000Z");
    }
    put("orders.xml", export_of(many));
    Numbers all;
    for (int round = 0; round < 3; ++round) {
        const std::string stored = cursor;
        const Numbers lost = polled();
        EXPECT_EQ(lost.size(), round < 2 ? 100U : 50U);
        FakeHost next(with_exports(folder));
        shop.attach(next);
        next.now_ms = host.now_ms;
        const Outcome again = next.poll(stored);
        EXPECT_EQ(numbers(again), lost);
        cursor = again.cursor;
        all.insert(all.end(), lost.begin(), lost.end());
    }
    EXPECT_EQ(all, many);
    EXPECT_TRUE(polled().empty());
}

TEST_F(ExportFeedTest, ABackfillLeavesTheFilesToTheOtherPolls) {
    put("orders.xml", export_of({"1001"}));
    const std::string from = R"({"from": "2026-01-01T00:00:00Z"})";
    const Outcome first = host.poll(from);
    EXPECT_TRUE(numbers(first).empty());
    EXPECT_TRUE(numbers(host.poll(first.cursor)).empty());
    EXPECT_EQ(polled(), Numbers{"1001"});
}

TEST_F(ExportFeedTest, ADirectoryThatIsMissingHoldsUpNoOrderOfTheList) {
    shop.orders.at("1001").set("lastModified", sdk::to_rfc3339(host.now_ms));
    fs::rename(folder, folder.string() + "-away");
    EXPECT_EQ(polled(), Numbers{"1001"});
    EXPECT_TRUE(says(folder.string() + " cannot be read: No such file or directory"));
    EXPECT_EQ(host.check().code, "export_directory");
    host.logs.clear();
    EXPECT_TRUE(polled().empty());
    EXPECT_EQ(log(), "") << "it is told once";
    fs::rename(folder.string() + "-away", folder);
    put("orders.xml", export_of({"1002"}));
    EXPECT_EQ(polled(), Numbers{"1002"});
    EXPECT_EQ(host.check().outcome, OH_DONE);
}

TEST_F(ExportFeedTest, FilesOfBeforeTheFirstPollAreHistory) {
    put("orders.xml", export_of({"1001"}));
    Json later = with_exports(folder);
    later.set("poll_from",
              sdk::to_rfc3339((host.now_ms + kHourMs) / 1000 * 1000).substr(0, 19) + "Z");
    FakeHost other(later);
    shop.attach(other);
    EXPECT_TRUE(numbers(other.poll()).empty());
}

TEST_F(ExportFeedTest, ALargeFileIsReadInPiecesAndOneTooLargeIsRefused) {
    std::string text = export_of({"1001"});
    text.insert(text.find("</orders>"), std::string(9U << 20U, ' '));
    put("large.xml", text);
    const std::int64_t before = host.now_ms;
    EXPECT_EQ(polled(), Numbers{"1001"});
    EXPECT_GE(host.now_ms, before + 2) << "others had their turn";
    put("huge.xml", "");
    fs::resize_file(folder / "huge.xml", (512ULL << 20U) + 1);
    host.now_ms += kHourMs;
    EXPECT_TRUE(polled().empty());
    EXPECT_TRUE(says("order export huge.xml cannot be read: it has over 512 MiB"));
}

}  // namespace
}  // namespace orderhub::b2c_commerce::testing
