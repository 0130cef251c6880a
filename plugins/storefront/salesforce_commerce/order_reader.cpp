#include "order_reader.hpp"

#include <algorithm>

#include "documents/members.hpp"
#include "salesforce_platform/rows.hpp"

namespace orderhub::salesforce_commerce {
namespace {

using documents::text_at;

constexpr std::size_t kChunk = 10;  ///< orders of one query: an answer has a limit of 8 MiB

/// The rows that belong to an order, by the item or payment group that they name.
std::vector<Json> of_items(const std::vector<Json>& rows, const Json& order) {
    std::vector<Json> own;
    for (const Json& row : rows)
        for (const Json& item : salesforce::rows_at(order, "OrderItems"))
            if (text_at(row, "OrderItemId") == text_at(item, "Id")) own.push_back(row);
    return own;
}

std::vector<Json> of_order(const std::vector<Json>& rows, const Json& order) {
    std::vector<Json> own;
    for (const Json& row : rows)
        if (text_at(row["PaymentGroup"], "SourceObjectId") == text_at(order, "Id"))
            own.push_back(row);
    return own;
}

}  // namespace

void OrderReader::emit(const Ids& ids) {
    for (std::size_t at = 0; at < ids.size(); at += kChunk) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(at);
        const auto last =
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(at + kChunk, ids.size()));
        const Ids chunk(first, last);
        settings_.by_summary ? emit_summaries(chunk) : emit_orders(chunk);
    }
}

/// Sub-queries of long orders come in pages of their own.
Json OrderReader::whole(Json row, std::initializer_list<std::string> relations) {
    for (const std::string& relation : relations)
        if (row[relation].is_object())
            row.set(relation,
                    Json::object({{"records", Json::array(client_.children(row[relation]))}}));
    return row;
}

template <class Rows>
void OrderReader::emit_one(const Rows& rows, const std::string& id,
                           const std::string& observed_at) {
    const auto emit = [&] { call_.emit(to_order(settings_, rows, observed_at)); };
    if (left_out_)
        left_out_->take(id, emit);
    else
        sdk::map_or_reject(emit);
}

std::vector<OrderRows> OrderReader::read_orders(const Ids& ids) {
    const auto orders = client_.query_all(order_query(settings_, ids));
    if (orders.empty()) return {};
    const auto adjustments = client_.query_all(adjustment_query(ids));
    const auto taxes = client_.query_all(tax_query(ids));
    std::vector<Json> authorizations;
    std::vector<Json> payments;
    if (settings_.payments) {
        authorizations = client_.query_all(payment_query("PaymentAuthorization", ids));
        payments = client_.query_all(payment_query("Payment", ids));
    }
    std::vector<OrderRows> all;
    for (const Json& row : orders) {
        OrderRows rows{whole(row, {"OrderItems", "OrderDeliveryGroups"}), {}, {}, {}, {}};
        rows.adjustments = of_items(adjustments, rows.order);
        rows.taxes = of_items(taxes, rows.order);
        rows.authorizations = of_order(authorizations, rows.order);
        rows.payments = of_order(payments, rows.order);
        all.push_back(std::move(rows));
    }
    return all;
}

void OrderReader::emit_orders(const Ids& ids) {
    const std::string observed_at = call_.now();
    for (const OrderRows& rows : read_orders(ids))
        emit_one(rows, text_at(rows.order, "Id"), observed_at);
}

void OrderReader::emit_summaries(const Ids& ids) {
    const std::string observed_at = call_.now();
    const auto summaries = client_.query_all(summary_query(settings_, ids));
    if (summaries.empty()) return;
    const auto fulfilments = client_.query_all(fulfilment_query(ids));
    for (const Json& row : summaries) {
        SummaryRows rows{whole(row, {"OrderItemSummaries", "OrderPaymentSummaries",
                                     "OrderDeliveryGroupSummaries"}),
                         {}};
        for (const Json& each : fulfilments)
            rows.fulfilments.push_back(whole(each, {"FulfillmentOrderLineItems"}));
        emit_one(rows, text_at(row, "Id"), observed_at);
    }
}

std::optional<sdk::Order> OrderReader::read(const std::string& order) {
    const std::string observed_at = call_.now();
    const auto rows = read_orders({order});
    return rows.empty() ? std::nullopt
                        : std::optional(to_order(settings_, rows.front(), observed_at));
}

}  // namespace orderhub::salesforce_commerce
