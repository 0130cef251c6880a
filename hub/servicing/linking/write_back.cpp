// What a desk is told of the orders of a case, and that it stays so.
#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "hub/domain/status.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr std::uint32_t kMostCases = 50;  ///< of one order that are kept current

/// All orders of the case; those that are gone are left out.
std::vector<domain::Order> orders_of(const Work& work, const domain::Case& support_case) {
    std::vector<domain::Order> orders;
    std::vector<std::string> ids{support_case.order_id};
    ids.insert(ids.end(), support_case.further_orders.begin(), support_case.further_orders.end());
    for (const std::string& id : ids)
        if (auto order = work.order(id)) orders.push_back(std::move(*order));
    return orders;
}

json::object shown(const Work& work, const domain::Case& support_case,
                   const std::vector<domain::Order>& orders) {
    constexpr std::size_t kMostNumber = 128, kMostDigest = 3900;
    const domain::Order& first = orders.front();
    std::string numbers, digests;
    for (const domain::Order& order : orders) {
        numbers += (numbers.empty() ? "" : ", ") + order.number;
        digests += (digests.empty() ? "" : "\n") + digest(order);
    }
    const std::string total =
        domain::to_decimal(domain::total(first).inc, first.currency) + " " + first.currency.code;
    return {{"case", {{"external_id", support_case.external_id}}},
            {"order",
             {{"number", cut(std::move(numbers), kMostNumber)},
              {"url", work.settings.public_url + "/orders/" + first.id},
              {"digest", cut(std::move(digests), kMostDigest)},
              {"total", total}}}};
}

std::string checksum(const json::object& payload) {
    return fmt::format("{:016x}", std::hash<std::string>{}(json::serialize(payload.at("order"))));
}

std::int64_t pause_ms(const Work& work) {
    return std::int64_t{1000} * work.settings.linking.desk_refresh_seconds;
}

void show(const Work& work, domain::Case& support_case, bool refresh) {
    const std::vector<domain::Order> orders = orders_of(work, support_case);
    if (orders.empty()) return;
    json::object payload = shown(work, support_case, orders);
    std::string sum = checksum(payload);
    if (refresh) {
        if (sum == support_case.shown_digest) return;
        const std::int64_t due = support_case.shown_at + pause_ms(work);
        if (due > work.request.now_ms)
            return work.state.refresh_later({support_case.id, orders.front().id, due});
        payload["refresh"] = true;
    }
    support_case.shown_digest = std::move(sum);
    support_case.showing = true;
    support_case.shown_at = work.request.now_ms;
    work.save(support_case);
    work.send(case_command(work, support_case.connector, support_case.id, orders.front().id,
                           "case.link", "ln"),
              payload);
}

bool may_be_shown(const Work& work, const domain::Case& support_case) {
    return support_case.decision == domain::Decision::linked &&
           work.settings.can_execute(support_case.connector, "case.link");
}

}  // namespace

void send_link(const Work& work, domain::Case& support_case) {
    if (may_be_shown(work, support_case)) show(work, support_case, false);
}

std::size_t refresh_due(const Work& work, std::uint32_t limit) {
    const auto due = work.state.take_due_refreshes(work.request.now_ms, limit);
    for (const RefreshRow& row : due) {
        // The order first, as everybody does who locks both.
        work.state.order(row.order_id);
        auto support_case = work.support_case(row.case_id);
        // One that is under way looks again when it has arrived.
        if (support_case && !support_case->showing && support_case->state != "closed" &&
            may_be_shown(work, *support_case))
            show(work, *support_case, true);
    }
    return due.size();
}

void refresh_links(const Work& work, const domain::Order& order) {
    for (const CaseRow& row : work.state.find_cases({.order_id = order.id, .limit = kMostCases})) {
        if (row.state == "closed") continue;
        domain::Case support_case = decode_case(row.document);
        if (!support_case.showing && may_be_shown(work, support_case))
            show(work, support_case, true);
    }
}

void link_was_shown(const Work& work, const DeliveryProgress& progress) {
    const bool over = progress.state == "done" || progress.state == "dropped";
    if (!over || progress.case_id.empty()) return;
    // The order first, as everybody does who locks both.
    if (!progress.order_id.empty()) work.state.order(progress.order_id);
    auto support_case = work.support_case(progress.case_id);
    if (!support_case || !support_case->showing) return;
    support_case->showing = false;
    const std::int64_t version = support_case->version;
    if (progress.state == "done" && support_case->state != "closed" &&
        may_be_shown(work, *support_case))
        show(work, *support_case, true);
    if (support_case->version == version) work.save(*support_case);
}

bool Service::refresh_desks(State& state, const Request& request, std::uint32_t limit) const {
    return refresh_due({state, request, settings_}, limit) == limit;
}

}  // namespace orderhub::servicing
