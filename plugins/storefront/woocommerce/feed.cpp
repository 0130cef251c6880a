#include "feed.hpp"

#include "lines.hpp"
#include "mapping.hpp"

namespace orderhub::woocommerce {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::size_t kBatch = 200;  ///< orders that one poll hands over

/// An order of a list, its refunds read if it has some.
Shown with_refunds(Client& client, const Json& order, const std::string& observed_at) {
    Shown shown{order, {}, observed_at};
    if (!list_at(order, "refunds").empty())
        shown.refunds = client.refunds(order.at("id").text_or_digits());
    return shown;
}

}  // namespace

documents::Mark to_mark(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    documents::Mark mark;
    mark.from_ms = settings.poll_from_ms != 0 ? settings.poll_from_ms : now_ms - kDayMs;
    if (!cursor.empty()) {
        const Json json = Json::parse(cursor);
        if (json["from"].is_number()) return documents::to_mark(json);
        const auto from = sdk::from_rfc3339(json.at("from").text());
        if (!from) throw sdk::JsonError("the cursor's 'from' is no instant");
        mark.from_ms = *from;
    }
    mark.from_ms -= mark.from_ms % 1000;
    return mark;
}

/// Rows move to the end of the list when they change, so the list is begun again at the last stamp
/// that was read; only what shares one stamp is read page by page.
void emit_changes(const Settings& settings, Client& client, sdk::Call& call, documents::Mark& mark,
                  sdk::LeftOut& left_out) {
    std::size_t emitted = 0;
    std::int64_t from = mark.from_ms;
    for (std::int64_t page = 1;;) {
        const OrderPage rows = client.changed(from, page, settings.page_size);
        std::int64_t last = from;
        for (const Json& order : rows.orders) {
            last = changed_at(order);
            const std::string id = order.at("id").text_or_digits();
            if (mark.has_seen(last, id)) continue;
            const Shown shown = with_refunds(client, order, rows.observed_at);
            left_out.take(id, [&] { emit_order(settings, call, shown); });
            mark.see(last, id);
            ++emitted;
        }
        if (rows.is_last || emitted >= kBatch || !call.has_time()) break;
        page = last > from ? 1 : page + 1;
        from = last;
    }
    mark.settle();
}

void emit_order(const Settings& settings, sdk::Call& call, const Shown& shown) {
    sdk::map_or_reject([&] {
        if (const auto record = to_order(settings, shown)) call.emit(*record);
    });
}

}  // namespace orderhub::woocommerce
