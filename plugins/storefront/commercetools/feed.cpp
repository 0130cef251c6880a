#include "feed.hpp"

#include <algorithm>
#include <functional>

#include "mapping.hpp"

namespace orderhub::commercetools {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::size_t kBatch = 200;         ///< rows that one poll hands over, of each list
constexpr std::int64_t kMostRows = 10'000;  ///< of one list; the system gives no more
constexpr std::size_t kIdsOfOneQuery = 50;

/// Rows move to the end of the list when they change, so the list is begun again at the last stamp
/// that was read; only what shares one stamp is read by offset.
void read_changes(
    std::string_view resource, const Settings& settings, Client& client, sdk::Call& call,
    documents::Mark& mark,
    const std::function<void(const Json& row, const std::string& observed_at)>& take) {
    std::size_t taken = 0;
    std::int64_t from = mark.from_ms;
    for (std::int64_t offset = 0; offset < kMostRows;) {
        const Page page = client.changed(resource, from, offset, settings.page_size);
        std::int64_t last = from;
        for (const Json& row : page.rows) {
            const std::int64_t stamp = changed_at(row);
            const std::string id = row.at("id").text();
            last = std::max(last, stamp);
            if (mark.has_seen(stamp, id)) continue;
            take(row, page.observed_at);
            mark.see(stamp, id);
            ++taken;
        }
        if (page.is_last || taken >= kBatch || !call.has_time()) break;
        offset = last > from ? 0 : offset + static_cast<std::int64_t>(page.rows.size());
        from = last;
    }
    mark.settle();
}

documents::Mark begin_at(std::int64_t ms) {
    documents::Mark mark;
    mark.from_ms = ms - ms % 1000;
    return mark;
}

}  // namespace

Marks to_marks(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    std::int64_t from_ms = settings.poll_from_ms != 0 ? settings.poll_from_ms : now_ms - kDayMs;
    if (!cursor.empty()) {
        const Json json = Json::parse(cursor);
        if (json["orders"].is_object())
            return {documents::to_mark(json["orders"]), documents::to_mark(json.at("payments"))};
        const auto from = sdk::from_rfc3339(json.at("from").text());
        if (!from) throw sdk::JsonError("the cursor's 'from' is no instant");
        from_ms = *from;
    }
    return {begin_at(from_ms), begin_at(from_ms)};
}

std::string to_cursor(const Marks& marks) {
    return Json::object({{"orders", documents::to_json(marks.orders)},
                         {"payments", documents::to_json(marks.payments)}})
        .dump();
}

void emit_changes(const Settings& settings, Client& client, sdk::Call& call, Marks& marks,
                  sdk::LeftOut& left_out) {
    const auto take = [&](const Json& order, const std::string& observed_at) {
        left_out.take(order.at("id").text(),
                      [&] { emit_order(settings, call, {order, observed_at}); });
    };
    read_changes("orders", settings, client, call, marks.orders, take);
    std::vector<std::string> payments;
    read_changes("payments", settings, client, call, marks.payments,
                 [&](const Json& payment, const std::string&) {
                     payments.push_back(payment.at("id").text());
                 });
    while (!payments.empty()) {
        const auto count = static_cast<std::ptrdiff_t>(std::min(payments.size(), kIdsOfOneQuery));
        const std::vector<std::string> some(payments.end() - count, payments.end());
        payments.erase(payments.end() - count, payments.end());
        const Page page = client.orders_of(some);
        for (const Json& order : page.rows)
            take(order, page.observed_at);
    }
}

void emit_order(const Settings& settings, sdk::Call& call, const Shown& shown) {
    sdk::map_or_reject([&] { call.emit(to_order(settings, shown)); });
}

}  // namespace orderhub::commercetools
