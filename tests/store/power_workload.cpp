#include "tests/store/power_workload.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <future>
#include <memory>
#include <mutex>
#include <thread>

#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/power_vfs.hpp"

namespace orderhub::test {

using store::Transaction;

namespace {

constexpr int kLines = 5;

std::string line_of(int number) {
    return "line-" + std::to_string(number % kLines);
}

std::string order_of(int number) {
    return "os_" + std::to_string(number);
}

// Takes the oldest delivery that is due one step further.
void move_on(Transaction& unit) {
    auto due = unit.due_deliveries("erp", 1'000'000'000'000'000, 1);
    if (due.empty()) return;
    due[0].state =
        due[0].attempts == 0 ? routing::DeliveryState::unknown : routing::DeliveryState::done;
    ++due[0].attempts;
    unit.update(due[0]);
}

Result<void> one_unit(Transaction& unit, int number) {
    auto message = conformance::inbox_message(std::to_string(number));
    message.body = std::string(static_cast<std::size_t>(number % 5) * 1'500, 'b');
    unit.accept(message);
    unit.save_order(conformance::order_row(order_of(number), std::to_string(number)));
    unit.send(conformance::command(line_of(number), "key-" + std::to_string(number)));
    unit.set_connector_state("shop", std::to_string(number), "seen");
    move_on(unit);
    if (number % 7 == 0) return fail(ErrorKind::Invalid, "bad", "refused");
    return {};
}

// A store whose log is full refuses everything at once: a workload that went on would be over
// before the log starts over.
void wait_for_room(const store::Store& store) {
    while (!PowerVfs::instance().is_out()) {
        const auto health = store.health();
        if (!health.writable || health.takes_new_work) return;
        std::this_thread::yield();
    }
}

struct Found {
    bool order = false;
    bool state = false;
    bool message = false;  ///< a second one of that id is refused
};

Found find(Transaction& unit, int number) {
    return {.order = unit.order(order_of(number)).has_value(),
            .state = unit.connector_state("shop", std::to_string(number)) == "seen",
            .message = !unit.accept(conformance::inbox_message(std::to_string(number)))};
}

/// The first column of the first row of `sql`.
std::string answer(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::string text = "cannot be read";
    if (sqlite3_open(path.c_str(), &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

constexpr const char* kLinesWithAWrongHead =
    "SELECT count(*) FROM (SELECT sum(head) AS heads, sum(open) AS open,"
    " min(CASE WHEN open = 1 THEN sequence END) AS oldest,"
    " max(CASE WHEN head = 1 THEN sequence END) AS head"
    " FROM deliveries GROUP BY connector, order_key)"
    " WHERE heads <> (open > 0) OR oldest IS NOT head";

}  // namespace

void PowerWorkload::run(store::Store& store, int rounds, int width) {
    std::mutex mutex;
    for (int round = 0; round < rounds; ++round) {
        bool goes_on = true;
        wait_for_room(store);
        for (int i = 0; i < width; ++i) {
            const int number = ++last_;
            store.write([number](Transaction& unit) { return one_unit(unit, number); },
                        [&, number](const Result<void>& result) {
                            const std::scoped_lock lock(mutex);
                            if (result) done_.insert(number);
                            if (!result && result.error().kind == ErrorKind::Unavailable)
                                goes_on = false;
                        });
        }
        // The units stay in order, so this one ends after them; it writes nothing.
        static_cast<void>(store.write([](Transaction&) -> Result<void> { return {}; }));
        const std::scoped_lock lock(mutex);
        if (!goes_on) return;
    }
}

void PowerWorkload::expect_kept(const std::string& path) const {
    const auto store = store::open_sqlite({.path = path});
    const auto result = store->write([&](Transaction& unit) -> Result<void> {
        for (int number = 1; number <= last_; ++number) {
            const auto found = find(unit, number);
            if (done_.contains(number)) EXPECT_TRUE(found.order) << "lost: unit " << number;
            EXPECT_EQ(found.order, found.state) << "a part of unit " << number;
            EXPECT_EQ(found.order, found.message) << "a part of unit " << number;
            if (number % 7 == 0) EXPECT_FALSE(found.order) << "undone: unit " << number;
        }
        return fail(ErrorKind::Invalid, "undo", "only looked");
    });
    EXPECT_EQ(result.error().code, "undo");
    EXPECT_TRUE(store->write([](Transaction& unit) { return one_unit(unit, 1'000'001); }));
    store->stop();
    EXPECT_EQ(answer(path, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(answer(path, kLinesWithAWrongHead), "0");
    EXPECT_EQ(answer(path, "SELECT count(*) = (SELECT count(*) FROM orders) FROM deliveries"), "1");
}

}  // namespace orderhub::test
