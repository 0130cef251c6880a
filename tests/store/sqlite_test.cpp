// What only the SQLite store promises.
#include <sqlite3.h>

#include <ctime>

#include "hub/store/sql/search_text.hpp"
#include "hub/store/store.hpp"
#include "hub/store/uuid7.hpp"
#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

using store::Transaction;

TEST(Sqlite, TwoHubsDoNotShareAFile) {
    const TemporaryFolder folder;
    const auto path = folder.file("hub.db");
    auto first = store::open_sqlite({.path = path});
    try {
        store::open_sqlite({.path = path});
        FAIL() << "a second store was opened";
    } catch (const std::runtime_error& refusal) {
        EXPECT_NE(std::string(refusal.what()).find("another hub is running"), std::string::npos);
    }
    first.reset();
    EXPECT_NO_THROW(store::open_sqlite({.path = path}));
}

TEST(Sqlite, SaysWhyItCannotOpen) {
    const TemporaryFolder folder;
    EXPECT_THROW(store::open_sqlite({.path = folder.file("no/such/folder/hub.db")}),
                 std::runtime_error);
    EXPECT_THROW(store::open_sqlite({.path = folder.file(".")}), std::runtime_error);
}

TEST(Sqlite, FindingWhatIsDueDoesNotDependOnHowMuchWaits) {
    const TemporaryFolder folder;
    const auto path = folder.file("hub.db");
    {
        const auto store = store::open_sqlite({.path = path});
    }
    // One parked head with a long line behind it, and as many lines that wait for their time.
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(
            db,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
            " INSERT INTO deliveries (id, connector, order_key, kind, key, payload, order_id,"
            " action_id, case_id, state, head, next_at, created_at, updated_at)"
            " SELECT 'dl_' || i, 'erp', iif(i % 2, 'long', 'k' || i), 'k', 'key' || i, '{}', '',"
            " '', '', iif(i = 1, 'parked', 'waiting'), i = 1 OR i % 2 = 0,"
            " iif(i % 2, 0, 1000000 + i), 0, 0 FROM n",
            nullptr, nullptr, nullptr),
        SQLITE_OK);
    sqlite3_close(db);
    const auto store = store::open_sqlite({.path = path});
    const auto started = std::clock();  // processor time: others may have the machine
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(store->read([](Transaction& unit) -> Result<void> {
            EXPECT_TRUE(unit.due_deliveries("erp", 1'000, 8).empty());
            EXPECT_EQ(unit.next_delivery_due("erp"), 1'000'002);
            EXPECT_EQ(unit.due_deliveries("erp", 2'000'000, 8).size(), 8U);
            return {};
        }));
    // A walk over the rows would take minutes.
    EXPECT_LT(std::clock() - started, 5 * CLOCKS_PER_SEC);
}

TEST(Sqlite, TakesCommitsOfEveryLength) {
    const TemporaryFolder folder;
    const auto store = store::open_sqlite({.path = folder.file("hub.db")});
    for (std::size_t kib = 16; kib <= 640; kib += 16) {
        servicing::OrderRow row;
        row.id = "os_" + std::to_string(kib);
        row.version = 1;
        row.external_id = row.id;
        row.document = std::string(kib * 1024, 'x');
        const auto stored = store->write([&](Transaction& unit) -> Result<void> {
            unit.save_order(row);
            return {};
        });
        ASSERT_TRUE(stored) << kib << " KiB: " << stored.error().message;
    }
    ASSERT_TRUE(store->read([](Transaction& unit) -> Result<void> {
        EXPECT_EQ(unit.order("os_640")->document.size(), 640U * 1024);
        return {};
    }));
}

TEST(Sqlite, IdsSortByTheirMaking) {
    std::string last;
    for (int i = 0; i < 10'000; ++i) {
        const auto id = store::uuid7(i == 5'000 ? 1 : 1'000 + i / 3'000);
        ASSERT_EQ(id.size(), 36U);
        EXPECT_EQ(id[14], '7');
        EXPECT_GT(id, last);
        last = id;
    }
}

TEST(Sqlite, PhoneNumbersAreBroughtIntoOneForm) {
    EXPECT_EQ(store::phone_number("+49 (30) 12-34"), "+49301234");
    EXPECT_EQ(store::phone_number("0049 30 1234"), "+49301234");
    EXPECT_EQ(store::phone_number("1001"), "");
    EXPECT_EQ(store::phone_number("T+1"), "");
}

}  // namespace orderhub::test
