#include "feed.hpp"

#include <algorithm>

#include "mapping.hpp"

namespace orderhub::b2c_commerce {
namespace {

constexpr std::size_t kBatch = 200;         ///< orders that one poll hands over
constexpr std::int64_t kMostRows = 10'000;  ///< of one list; the system gives no more

/// A page; where the answer is too large for the system (500) or for the hub (no answer), a smaller
/// one.
OrderPage read_page(Client& client, sdk::Call& call, std::int64_t from, std::int64_t offset,
                    std::int64_t& limit) {
    for (;;) {
        OrderPage page;
        const auto stop = sdk::attempt(call, [&] { page = client.changed(from, offset, limit); });
        if (!stop) return page;
        const bool may_be_large = stop->code == "server_error" || stop->code == "no_answer";
        if (!may_be_large || limit == 1 || !call.has_time()) throw sdk::Stop(*stop);
        limit = std::max<std::int64_t>(1, limit / 4);
    }
}

}  // namespace

void emit_changes(const Settings& settings, Client& client, sdk::Call& call, documents::Mark& mark,
                  sdk::LeftOut& left_out) {
    std::size_t emitted = 0;
    std::int64_t from = mark.from_ms;
    std::int64_t limit = settings.page_size;
    for (std::int64_t offset = 0; offset + limit <= kMostRows;) {
        const OrderPage page = read_page(client, call, from, offset, limit);
        std::int64_t last = from;
        for (const Json& order : page.orders) {
            last = changed_at(order);
            const std::string number = order.at("orderNo").text();
            if (mark.has_seen(last, number)) continue;
            mark.see(last, number);
            left_out.take(number, [&] { emit_order(settings, call, order, page.observed_at); });
            ++emitted;
        }
        if (page.is_last || emitted >= kBatch || !call.has_time()) break;
        offset = last > from ? 0 : offset + static_cast<std::int64_t>(page.orders.size());
        from = last;
    }
    mark.settle();
}

void emit_order(const Settings& settings, sdk::Call& call, const Json& order,
                const std::string& observed_at) {
    if (const auto record = to_order(settings, order, observed_at)) call.emit(*record);
}

}  // namespace orderhub::b2c_commerce
