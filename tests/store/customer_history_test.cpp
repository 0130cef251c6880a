// A long history of one customer: each page costs the same, because it is read from the index.
#include <sqlite3.h>

#include <set>

#include "hub/store/sql/transaction.hpp"
#include "hub/store/sqlite/connection.hpp"
#include "tests/conformance/store/store_under_test.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

namespace {

using servicing::OrderQuery;
using store::Connection;
using store::OpenMode;

constexpr int kHistory = 10'000;
constexpr std::uint32_t kPage = 100;

/// Every third of 30,000 orders is the customer's, each fourth of a minute one; some share their
/// minute.
constexpr const char* kOrders =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
    " INSERT INTO orders (id, version, document, connector, external_id, number, email,"
    " customer_name, phone, status, currency, grand_total, placed_at, updated_at, has_exception,"
    " customer_id, customer_identity, account_id)"
    " SELECT printf('os_%05d', i * 7919 % 30000), 1, '{}', 'shop', i, i, '', '', '', 'open',"
    " 'EUR', '1.00', strftime('%Y-%m-%dT%H:%M:00Z', 1700000000 + i / 4 * 60, 'unixepoch'), '', 0,"
    " iif(i % 3 = 0, 'cu_1', 'cu_2'), 'person:shop:1', iif(i % 3 = 0, 'cu_9', '') FROM n";

struct Traced {
    std::string search;  ///< the statement that looks for orders
    std::int64_t steps = 0;
};

int on_trace(unsigned, void* to, void* statement, void*) {
    auto* traced = static_cast<Traced*>(to);
    auto* ran = static_cast<sqlite3_stmt*>(statement);
    const std::string sql = sqlite3_sql(ran);
    if (sql.find("LIMIT") != sql.npos) traced->search = sql;
    traced->steps += sqlite3_stmt_status(ran, SQLITE_STMTSTATUS_VM_STEP, 1);
    return 0;
}

class CustomerHistory : public testing::Test {
protected:
    void SetUp() override {
        store::open_sqlite({.path = folder_.file("hub.db")})->stop();
        db_.emplace(folder_.file("hub.db"), OpenMode::read_write, "");
        db_->execute(kOrders);
        sqlite3_trace_v2(db_->raw(), SQLITE_TRACE_PROFILE, on_trace, &traced_);
    }

    std::vector<servicing::OrderRow> page(const OrderQuery& query) {
        traced_ = {};
        return store::SqlTransaction(*db_, sources_).find_orders(query);
    }

    /// How SQLite carries out the search that the page before ran.
    std::string plan_of_search() {
        const std::string sql = traced_.search;
        auto query = db_->query("EXPLAIN QUERY PLAN " + sql);
        std::string plan;
        while (query.step())
            plan += query.text(3) + "\n";
        return plan;
    }

    const TemporaryFolder folder_;
    const store::Sources sources_;
    std::optional<Connection> db_;
    Traced traced_;
};

}  // namespace

TEST_F(CustomerHistory, TenThousandOrdersPageWithoutSlowing) {
    OrderQuery query{.limit = kPage, .customer_id = "cu_1"};
    std::set<std::string> seen;
    std::string last = "9999";
    std::int64_t second_steps = 0;
    std::int64_t most_steps = 0;
    for (int number = 0; number <= kHistory / static_cast<int>(kPage); ++number) {
        const auto rows = page(query);
        if (rows.empty()) break;
        for (const auto& row : rows) {
            EXPECT_EQ(row.customer_id, "cu_1");
            EXPECT_LT(row.placed_at + row.id, last);
            last = row.placed_at + row.id;
            EXPECT_TRUE(seen.insert(row.id).second) << row.id;
        }
        if (number == 1) second_steps = traced_.steps;  // the first follows no order
        most_steps = std::max(most_steps, traced_.steps);
        query.before_id = rows.back().id;
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(kHistory));
    EXPECT_GT(second_steps, 0);
    EXPECT_LT(most_steps, second_steps + second_steps / 10);
}

TEST_F(CustomerHistory, APageIsReadFromTheIndexAndNotSorted) {
    for (const auto& [query, index] :
         {std::pair{OrderQuery{.customer_id = "cu_1"}, "orders_customer (customer_id=?)"},
          std::pair{OrderQuery{.before_id = "os_00003", .customer_id = "cu_1"},
                    "orders_customer (customer_id=? AND (placed_at,id)<(?,?))"},
          std::pair{OrderQuery{.status = "open", .before_id = "os_00003", .customer_id = "cu_1"},
                    "orders_customer (customer_id=? AND (placed_at,id)<(?,?))"},
          std::pair{OrderQuery{.before_id = "os_00003", .account_id = "cu_9"},
                    "orders_account (account_id=? AND (placed_at,id)<(?,?))"}}) {
        page(query);
        const std::string plan = plan_of_search();
        EXPECT_NE(plan.find(std::string("SEARCH o USING INDEX ") + index), plan.npos) << plan;
        EXPECT_EQ(plan.find("TEMP B-TREE"), plan.npos) << plan;
        EXPECT_EQ(plan.find("SCAN o"), plan.npos) << plan;
    }
}

}  // namespace orderhub::test
