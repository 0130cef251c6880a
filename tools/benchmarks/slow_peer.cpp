// What 1,000 deliveries that wait for one slow system cost those for another.
#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>

#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/relay_load.hpp"

namespace orderhub::bench {

namespace {

constexpr int kWaiting = 1'000;
constexpr int kRate = 200;
constexpr int kSeconds = 10;
constexpr std::chrono::milliseconds kAnswersAfter{2'000};

/// Deliveries to the connector "slow", each of a key of its own, due at once. No hub may run.
void leave_deliveries(const std::string& database) {
    const std::string sql = fmt::format(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
        " INSERT INTO deliveries (id, connector, order_key, kind, key, payload, order_id,"
        " action_id, case_id, state, head, next_at, created_at, updated_at)"
        " SELECT 'dl_slow' || i, 'slow', 'os_slow' || i, 'order.forward', 'fw_slow' || i,"
        " json_object('order', json_object('external_id', 'slow-' || i, 'number', '' || i,"
        " 'currency', 'EUR'), 'customer_email', 'ada@example.test', 'total', '40.30', 'lines',"
        " json_array(json_object('sku', 'MUG-1', 'quantity', 3, 'amount', '40.30'))),"
        " '', '', '', 'waiting', 1, 1, 1, 1 FROM n",
        kWaiting);
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open(database.c_str(), &raw);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(raw, sqlite3_close);
    if (opened != SQLITE_OK ||
        sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(fmt::format("{}: {}", database, sqlite3_errmsg(raw)));
}

Times measure(Figures& figures, const std::string& of, bool with_slow) {
    const Folder folder;
    const Receiver fast;
    const Receiver slow(kAnswersAfter);
    // New orders go to the first that can take them.
    const std::string connectors =
        taking_connector() + fast.connector("sink") + slow.connector("slow");
    {
        const HubProcess makes_the_database(folder.path(), connectors);
    }
    if (with_slow) leave_deliveries(folder.path() + "/data/orderhub.db");
    const HubProcess hub(folder.path(), connectors);
    relay(hub, fast, "warm", 100, 1);
    const Times times = relay(hub, fast, "run", kRate, kSeconds);
    figures.add(of, "webhook_to_receiver", times);
    figures.add(of, "memory", hub.memory().now_mb, "MB");
    figures.add(of, "slow_begun", static_cast<double>(slow.count()), "");
    return times;
}

}  // namespace

void measure_slow_peer(Figures& figures) {
    const Times alone = measure(figures, "nothing else waits", false);
    const Times beside = measure(figures, fmt::format("{} wait for 2 s each", kWaiting), true);
    for (const double part : {0.5, 0.99})
        figures.add(fmt::format("p{:.0f}", part * 100), "against_alone",
                    beside.quantile(part) / alone.quantile(part), "x");
    const Folder folder;
    figures.add("disk", "fdatasync_per_second", syncs_per_second(folder.path()), "1/s");
}

}  // namespace orderhub::bench
