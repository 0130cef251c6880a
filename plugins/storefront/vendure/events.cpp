#include "events.hpp"

#include <algorithm>
#include <array>
#include <orderhub/money.hpp>
#include <utility>

#include "mapping.hpp"
#include "notes.hpp"
#include "reason.hpp"
#include "template.hpp"

namespace orderhub::vendure {
namespace {

using Names = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string_view translate(const std::array<Names, N>& names, std::string_view word) {
    for (const auto& [theirs, ours] : names)
        if (theirs == word) return ours;
    return names.front().second;
}

/// The first row of each table also stands for states that a shop added to the process.
constexpr std::array<Names, 6> kPaymentStates{{{"Created", "pending"},
                                               {"Authorized", "authorized"},
                                               {"Settled", "captured"},
                                               {"Declined", "declined"},
                                               {"Error", "failed"},
                                               {"Cancelled", "cancelled"}}};
constexpr std::array<Names, 3> kRefundStates{
    {{"Pending", "pending"}, {"Settled", "succeeded"}, {"Failed", "failed"}}};
constexpr std::array<Names, 4> kFulfilmentStates{{{"Pending", "pending"},
                                                  {"Shipped", "shipped"},
                                                  {"Delivered", "delivered"},
                                                  {"Cancelled", "cancelled"}}};

void put_reason(json::object& mapped, const Reason& reason) {
    put_text(mapped, "key", reason.key, 64);
    put_text(mapped, "reason", reason.text, 1000);
}

json::object map_refund(const json::object& refund, std::string payment,
                        std::string_view currency) {
    json::object mapped{{"external_id", id_of(refund, "id")},
                        {"payment", std::move(payment)},
                        {"amount", sdk::to_decimal(whole(refund, "total"), currency)},
                        {"state", refund_state(text_of(refund, "state"))}};
    put_reason(mapped, split_reason(text_of(refund, "reason")));
    put_text(mapped, "reference", text_of(refund, "transactionId"), 255);
    put_text(mapped, "at", text_of(refund, "createdAt"), 32);
    return mapped;
}

json::array map_units(const json::array& rows) {
    json::array units;
    for (const json::value& each : rows) {
        const json::object& row = as_object(each, "lines");
        const std::int64_t quantity = whole(row, "quantity");
        if (quantity < 1) continue;
        units.push_back(json::object{{"line", id_of(row, "orderLineId")}, {"quantity", quantity}});
    }
    return units;
}

const json::object* cancellation_data(const json::object& entry) {
    return text_of(entry, "type") == "ORDER_CANCELLATION" ? object_of(entry, "data") : nullptr;
}

}  // namespace

const json::array& history_of(const json::object& order) {
    static const json::array kNone;
    const json::object* history = object_of(order, "history");
    return history == nullptr ? kNone : list_of(*history, "items");
}

std::string_view fulfilment_state(std::string_view vendure_state) {
    return translate(kFulfilmentStates, vendure_state);
}

std::string_view refund_state(std::string_view vendure_state) {
    return translate(kRefundStates, vendure_state);
}

const json::object* find_refund(const json::object& order, std::string_view key) {
    if (key.empty()) return nullptr;
    for (const json::value& payment : list_of(order, "payments"))
        for (const json::value& refund : list_of(as_object(payment, "payments"), "refunds"))
            if (split_reason(text_of(as_object(refund, "refunds"), "reason")).key == key)
                return &refund.get_object();
    return nullptr;
}

const json::object* find_cancellation(const json::object& order, std::string_view key) {
    if (key.empty()) return nullptr;
    for (const json::value& each : history_of(order)) {
        const json::object& entry = as_object(each, "history");
        const json::object* data = cancellation_data(entry);
        if (data != nullptr && split_reason(text_of(*data, "reason")).key == key) return &entry;
    }
    return nullptr;
}

json::array map_payments(const json::object& order) {
    const std::string_view currency = required_text(order, "currencyCode");
    json::array payments;
    for (const json::value& each : list_of(order, "payments")) {
        const json::object& payment = as_object(each, "payments");
        json::object mapped{{"external_id", id_of(payment, "id")},
                            {"method", fit(text_of(payment, "method"), 128)},
                            {"state", translate(kPaymentStates, text_of(payment, "state"))},
                            {"amount", sdk::to_decimal(whole(payment, "amount"), currency)}};
        put_text(mapped, "reference", text_of(payment, "transactionId"), 255);
        put_text(mapped, "at", text_of(payment, "createdAt"), 32);
        payments.push_back(std::move(mapped));
    }
    return payments;
}

json::array map_refunds(const json::object& order) {
    const std::string_view currency = required_text(order, "currencyCode");
    json::array refunds;
    for (const json::value& payment : list_of(order, "payments")) {
        const json::object& row = as_object(payment, "payments");
        for (const json::value& refund : list_of(row, "refunds"))
            refunds.push_back(map_refund(as_object(refund, "refunds"), id_of(row, "id"), currency));
    }
    return refunds;
}

json::array map_cancellations(const json::object& order) {
    json::array cancellations;
    for (const json::value& each : history_of(order)) {
        const json::object& entry = as_object(each, "history");
        const json::object* data = cancellation_data(entry);
        if (data == nullptr) continue;
        json::object mapped{{"external_id", id_of(entry, "id")},
                            {"lines", map_units(list_of(*data, "lines"))}};
        put_reason(mapped, split_reason(text_of(*data, "reason")));
        put_text(mapped, "at", text_of(entry, "createdAt"), 32);
        cancellations.push_back(std::move(mapped));
    }
    return cancellations;
}

json::array map_fulfilments(const json::object& order, std::string_view tracking_url) {
    const auto keys = keys_of_fulfilments(order);
    json::array fulfilments;
    for (const json::value& each : list_of(order, "fulfillments")) {
        const json::object& fulfilment = as_object(each, "fulfillments");
        const std::string_view tracking = text_of(fulfilment, "trackingCode");
        json::object mapped{{"external_id", id_of(fulfilment, "id")},
                            {"state", fulfilment_state(text_of(fulfilment, "state"))},
                            {"lines", map_units(list_of(fulfilment, "lines"))}};
        const auto key = keys.find(id_of(fulfilment, "id"));
        if (key != keys.end()) put_text(mapped, "key", key->second, 64);
        put_text(mapped, "carrier", text_of(fulfilment, "method"), 128);
        put_text(mapped, "tracking_number", tracking, 128);
        put_text(mapped, "tracking_url", fill(tracking_url, {{"tracking", tracking}}), 512);
        put_text(mapped, "at", text_of(fulfilment, "updatedAt"), 32);
        fulfilments.push_back(std::move(mapped));
    }
    return fulfilments;
}

}  // namespace orderhub::vendure
