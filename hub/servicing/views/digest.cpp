#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "hub/domain/status.hpp"
#include "hub/domain/words.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

namespace {

std::string line_digest(const domain::Line& line) {
    std::string text = fmt::format("- {} x {}", line.ordered, line.name);
    if (!line.sku.empty()) text += fmt::format(" [{}]", line.sku);
    text += fmt::format(": {}", domain::to_text(domain::status(line)));
    if (line.cancelled > 0) text += fmt::format(", {} cancelled", line.cancelled);
    if (line.returned > 0) text += fmt::format(", {} returned", line.returned);
    return text + "\n";
}

}  // namespace

std::string digest(const domain::Order& order) {
    const auto money = [&](domain::Minor amount) {
        return domain::to_decimal(amount, order.currency) + " " + order.currency.code;
    };
    std::string text = fmt::format("Order {}: {}\nTotal {} (tax {}), paid {}, refunded {}\n",
                                   order.number, domain::to_text(domain::status(order)),
                                   money(domain::total(order).inc), money(domain::total(order).tax),
                                   money(domain::captured(order)), money(domain::refunded(order)));
    constexpr int kMostLines = 20;
    int shown = 0;
    for (const domain::Line& line : order.lines) {
        if (line.kind != domain::LineKind::product) continue;
        if (shown++ < kMostLines) text += line_digest(line);
    }
    if (shown > kMostLines) text += fmt::format("... and {} more lines\n", shown - kMostLines);
    for (const domain::Fulfilment& each : order.fulfilments)
        if (!each.tracking_number.empty())
            text += fmt::format("Shipment {} {}\n", each.carrier, each.tracking_number);
    for (const domain::Payment& each : order.payments)
        text += fmt::format("Payment {}: {} {}\n", each.method, domain::to_text(each.state),
                            money(each.amount));
    constexpr std::size_t kLastActions = 3;
    const auto skipped = order.actions.size() - std::min(order.actions.size(), kLastActions);
    for (const domain::ActionTaken& each : order.actions | std::views::drop(skipped))
        text +=
            fmt::format("{} {} by {}\n", to_rfc3339(each.at).substr(0, 10), each.name, each.actor);
    constexpr std::size_t kMostText = 3900;
    return cut(std::move(text), kMostText);
}

std::string cut(std::string text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    // Not within a character of several bytes.
    while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xC0U) == 0x80U)
        --most_bytes;
    text.resize(most_bytes);
    return text;
}

}  // namespace orderhub::servicing
