#include "hub/servicing/linking/matching.hpp"

#include <set>

#include "hub/domain/status.hpp"
#include "hub/linking/contact.hpp"
#include "hub/linking/memory_index.hpp"
#include "hub/linking/signals.hpp"
#include "hub/servicing/codec/codec.hpp"

namespace orderhub::servicing {

namespace {

/// Hundredths of a currency, whatever digits it has.
std::int64_t hundredths(domain::Minor amount, const domain::Currency& currency) {
    std::int64_t count = amount.count();
    for (int digits = currency.exponent; digits < 2; ++digits)
        count *= 10;
    for (int digits = currency.exponent; digits > 2; --digits)
        count /= 10;
    return count;
}

linking::OrderLine matchable(const domain::Line& line, const domain::Currency& currency) {
    return {line.sku, line.name, line.ordered, hundredths(line.unit_price.inc, currency), {}};
}

linking::Progress progress_of(const domain::Order& order) {
    using enum domain::OrderStatus;
    switch (domain::status(order)) {
        case ordered:
        case allocated:
            return linking::Progress::open;
        case partially_fulfilled:
            return linking::Progress::shipped;
        case fulfilled:
            return domain::fulfilment_status(order) == domain::FulfilmentStatus::delivered
                       ? linking::Progress::delivered
                       : linking::Progress::shipped;
        case partially_returned:
        case returned:
            return linking::Progress::returned;
        case cancelled:
            return linking::Progress::cancelled;
    }
    return linking::Progress::unknown;
}

void add_place(linking::Order& order, const domain::Address& address) {
    if (!address.name.empty()) order.names.push_back(address.name);
    if (order.street.empty()) order.street = address.line1 + " " + address.line2;
    if (order.city.empty()) order.city = address.city;
    if (order.postcode.empty()) order.postcode = address.postcode;
    if (order.country.empty()) order.country = address.country;
    if (order.phone.empty()) order.phone = address.phone;
}

}  // namespace

linking::Order matchable(const domain::Order& order) {
    linking::Order result;
    result.id = order.id;
    result.number = order.number;
    result.channel = order.channel;
    result.progress = progress_of(order);
    result.placed_at = order.placed_at;
    result.customer_number = order.customer.external_id;
    if (!order.customer.name.empty()) result.names.push_back(order.customer.name);
    result.email = order.customer.email;
    result.phone = order.customer.phone;
    add_place(result, order.shipping_address);
    for (const domain::DeliveryGroup& group : order.delivery_groups)
        add_place(result, group.recipient);
    add_place(result, order.billing_address);
    for (const domain::Line& line : order.lines)
        if (line.kind == domain::LineKind::product)
            result.lines.push_back(matchable(line, order.currency));
    result.total_hundredths = hundredths(domain::original_total(order).inc, order.currency);
    for (const domain::Fulfilment& each : order.fulfilments)
        if (!each.tracking_number.empty()) result.tracking_numbers.push_back(each.tracking_number);
    return result;
}

linking::Ticket matchable(const domain::Case& support_case) {
    linking::Ticket ticket;
    ticket.id = support_case.id;
    ticket.received_at = support_case.created_at;
    ticket.subject = support_case.subject;
    ticket.name = support_case.requester.name;
    ticket.email = support_case.requester.email;
    ticket.phone = support_case.requester.phone;
    if (!support_case.order_number.empty())
        ticket.order_numbers.push_back(support_case.order_number);
    bool first = true;
    for (const domain::CaseMessage& message : support_case.messages) {
        if (message.direction != "inbound") continue;
        if (first)
            ticket.body = message.text;
        else
            ticket.more.push_back(message.text);
        first = false;
    }
    return ticket;
}

namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

/// What a case is looked up by, as orders have it stored.
std::set<std::string> look_ups(const domain::Case& support_case, const linking::Signals& signals) {
    std::set<std::string> texts{linking::normal_email(support_case.requester.email),
                                support_case.order_number};
    texts.insert(signals.mailboxes.begin(), signals.mailboxes.end());
    texts.insert(signals.phones.begin(), signals.phones.end());
    for (const linking::NumberWord& number : signals.numbers) {
        texts.insert(number.plain);
        if (number.first + number.words > signals.text.words.size()) continue;
        const linking::Word& first = signals.text.words[number.first];
        const linking::Word& last = signals.text.words[number.first + number.words - 1];
        texts.insert(upper(
            std::string_view(signals.text.folded).substr(first.begin, last.end - first.begin)));
    }
    texts.erase("");
    return texts;
}

}  // namespace

linking::Verdict match(const Work& work, const domain::Case& support_case) {
    constexpr std::uint32_t kMost = 20;
    const linking::Settings settings;
    const linking::Ticket ticket = matchable(support_case);
    std::set<std::string> known;
    std::vector<linking::Order> orders;
    for (const std::string& text : look_ups(support_case, linking::read_signals(ticket, settings)))
        for (const OrderRow& row : work.state.find_orders({.text = text, .limit = kMost}))
            if (known.insert(row.id).second)
                orders.push_back(matchable(decode_order(row.document)));
    linking::MemoryIndex index(std::move(orders), settings.default_country);
    return linking::match(ticket, index, settings);
}

}  // namespace orderhub::servicing
