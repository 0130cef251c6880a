#include "hub/servicing/linking/matching.hpp"

#include <algorithm>

#include "hub/domain/status.hpp"
#include "hub/linking/keys.hpp"
#include "hub/linking/signals.hpp"
#include "hub/servicing/linking/order_index.hpp"

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

/// FNV-1a, 64 bits: keys are compared, never shown, and what they find is compared again.
std::uint64_t fnv(char kind, std::string_view text) {
    std::uint64_t value = 14'695'981'039'346'656'037U;
    const auto take = [&](char c) {
        value ^= static_cast<unsigned char>(c);
        value *= 1'099'511'628'211U;
    };
    take(kind);
    for (const char c : text)
        take(c);
    return value;
}

/// Of what is about a place, the postcode.
std::string_view postcode_in(const linking::Key& key) {
    using enum linking::KeyKind;
    if (key.kind == postcode) return key.text;
    if (key.kind != name_postcode && key.kind != address) return {};
    return std::string_view(key.text).substr(key.text.rfind('@') + 1);
}

/// An order has many keys about one place: they begin alike, so that they lie on one page of the
/// index and a commit writes that instead of one page for each.
std::int64_t hash(const linking::Key& key) {
    constexpr std::uint64_t kOfText = (1U << 24) - 1;
    const std::uint64_t value = fnv(static_cast<char>(key.kind), key.text);
    const std::string_view place = postcode_in(key);
    if (place.empty()) return static_cast<std::int64_t>(value);
    const auto postcode = static_cast<char>(linking::KeyKind::postcode);
    return static_cast<std::int64_t>((fnv(postcode, place) & ~kOfText) | (value & kOfText));
}

/// An order of the same postcode alone is no reason to look at a case again.
bool is_waited_for(linking::KeyKind kind) {
    return kind != linking::KeyKind::postcode;
}

void add_place(linking::Order& order, const domain::Address& address) {
    const auto add_once = [](std::vector<std::string>& all, const std::string& one) {
        if (!one.empty() && std::ranges::find(all, one) == all.end()) all.push_back(one);
    };
    add_once(order.names, address.name);
    add_once(order.phones, address.phone);
    if (order.country.empty()) order.country = address.country;
    linking::Place place{address.line1, address.city, address.postcode};
    if (!address.line2.empty()) place.street += " " + address.line2;
    const bool known = std::ranges::any_of(order.places, [&](const linking::Place& each) {
        return each.postcode == place.postcode && each.street == place.street;
    });
    if (!known) order.places.push_back(std::move(place));
}

}  // namespace

bool was_decided(const domain::Case& support_case) {
    return !support_case.decided_by.empty() && support_case.decided_by != "hub";
}

linking::Order matchable(const domain::Order& order) {
    linking::Order result;
    result.id = order.id;
    result.number = order.number;
    // A short one of another system may be anybody's order number.
    constexpr std::size_t kTelling = 8;
    if (order.external_id.size() >= kTelling && order.external_id != order.number)
        result.external_ids.push_back(order.external_id);
    result.channel = order.channel;
    result.progress = progress_of(order);
    result.placed_at = order.placed_at;
    result.customer_number = order.customer.external_id;
    if (!order.customer.name.empty()) result.names.push_back(order.customer.name);
    result.email = order.customer.email;
    if (!order.customer.phone.empty()) result.phones.push_back(order.customer.phone);
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
    ticket.rejected_orders = support_case.rejected_orders;
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

std::vector<std::int64_t> match_keys(const domain::Order& order,
                                     const linking::Settings& settings) {
    std::vector<std::int64_t> keys;
    for (const linking::Key& key : linking::keys_of(matchable(order), settings.default_country))
        keys.push_back(hash(key));
    return keys;
}

std::vector<std::int64_t> match_keys(const domain::Case& support_case,
                                     const linking::Settings& settings) {
    constexpr std::size_t kMost = 100;
    if (support_case.decision == domain::Decision::linked || support_case.state == "closed" ||
        was_decided(support_case))
        return {};
    std::vector<std::int64_t> keys;
    for (const linking::Key& key :
         linking::keys_of(linking::read_signals(matchable(support_case), settings)))
        if (is_waited_for(key.kind) && keys.size() < kMost) keys.push_back(hash(key));
    return keys;
}

linking::Verdict match(const Work& work, const domain::Case& support_case) {
    OrderIndex index(work, hash);
    return linking::match(matchable(support_case), index, work.settings.linking);
}

}  // namespace orderhub::servicing
