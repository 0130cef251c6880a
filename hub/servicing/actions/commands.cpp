// The commands for outside systems, as sdk/schemas/commands has them.
#include <algorithm>

#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr int kMostHops = 16;

json::object reference(const domain::Order& order) {
    return {{"external_id", order.external_id},
            {"number", order.number},
            {"currency", order.currency.code}};
}

std::string replaced_order(const domain::Order& order) {
    const auto found = std::ranges::find(order.related, domain::Relation::exchanged,
                                         &domain::RelatedOrder::relation);
    return found == order.related.end() ? std::string() : found->order_id;
}

/// The order as its storefront knows it: behind an exchange order stands the one that was placed.
json::object storefront_reference(const Work& work, const Prepared& prepared, std::size_t index) {
    const domain::Order& order = prepared.at(index);
    std::string id = is_exchange_order(order) ? replaced_order(order) : std::string();
    if (id.empty()) return reference(order);
    for (int hop = 0; hop < kMostHops; ++hop) {
        if (id == prepared.before.id && !is_exchange_order(prepared.before)) break;
        const auto before = work.order(id);
        if (!before) return reference(order);
        if (!is_exchange_order(*before)) return reference(*before);
        id = replaced_order(*before);
    }
    return reference(prepared.before);
}

json::object address(const domain::Address& from) {
    json::object to;
    const auto put = [&](const char* name, const std::string& text) {
        if (!text.empty()) to[name] = text;
    };
    put("name", from.name);
    put("company", from.company);
    put("line1", from.line1);
    put("line2", from.line2);
    put("city", from.city);
    put("state", from.state);
    put("postcode", from.postcode);
    put("country", from.country);
    put("phone", from.phone);
    return to;
}

const domain::Address& recipient(const domain::Order& order, const domain::Fulfilment& fulfilment) {
    const domain::Line* line = domain::find_line(order, fulfilment.lines.at(0).line_id);
    const auto group =
        std::ranges::find(order.delivery_groups, line->delivery_group, &domain::DeliveryGroup::id);
    return group == order.delivery_groups.end() ? order.shipping_address : group->recipient;
}

json::object payment_reference(const domain::Order& order, const std::string& external_id) {
    json::object named{{"external_id", external_id}};
    const domain::Payment* payment = domain::find_payment(order, external_id);
    if (payment != nullptr && !payment->reference.empty()) named["reference"] = payment->reference;
    return named;
}

void put_tracking(json::object& to, const domain::Fulfilment& fulfilment) {
    if (!fulfilment.carrier.empty()) to["carrier"] = fulfilment.carrier;
    if (!fulfilment.tracking_number.empty()) to["tracking_number"] = fulfilment.tracking_number;
}

/// What the refund is for, line by line: the action's changes, if they are worth exactly that. With
/// fees, several payments or a rest that others owe there is no telling.
json::array refunded_lines(const domain::Order& order, const domain::Refund& refund) {
    json::array lines;
    domain::Minor worth{};
    for (const domain::ChangeOrder& change : order.change_orders) {
        if (change.action_id != refund.action_id) continue;
        for (const domain::ChangeLine& part : change.lines) {
            const domain::Line* line = domain::find_line(order, part.line_id);
            if (line == nullptr || line->external_id.empty()) return {};
            const bool comes_back = change.kind == domain::ChangeKind::return_;
            worth = worth - part.delta.inc;
            lines.push_back({{"line", line->external_id},
                             {"quantity", comes_back ? part.quantity : 0},
                             {"price", amount_json(-part.delta, order.currency)}});
        }
    }
    return worth == refund.amount ? lines : json::array();
}

class Sender {
public:
    Sender(const Work& work, Prepared& prepared, const Effect& effect, const std::string& action_id)
        : work_(work),
          prepared_(prepared),
          effect_(effect),
          action_id_(action_id),
          order_(prepared.at(effect.order)) {}

    void run() {
        if (effect_.kind == "order.cancel") return cancel(order_.change_orders.at(effect_.part));
        if (effect_.kind == "refund.create") return refund(order_.refunds.at(effect_.part));
        if (effect_.kind == "credit_memo.post")
            return document("memo", order_.credit_memos.at(effect_.part));
        if (effect_.kind == "invoice.post")
            return document("invoice", order_.invoices.at(effect_.part));
        if (effect_.kind == "fulfilment.create") return create(order_.fulfilments.at(effect_.part));
        if (effect_.kind == "fulfilment.update") return update(order_.fulfilments.at(effect_.part));
        operate(order_.payments.at(effect_.part));
    }

private:
    void send(const std::string& key, const json::object& payload,
              const std::string& order_key = {}) const {
        OutgoingCommand command;
        command.connector = effect_.connector;
        command.order_key = order_key.empty() ? order_.id : order_key;
        command.kind = effect_.kind;
        command.key = key;
        command.order_id = order_.id;
        command.action_id = action_id_;
        work_.send(std::move(command), payload);
    }
    json::object order_reference() const {
        return storefront_reference(work_, prepared_, effect_.order);
    }
    std::string amount(domain::Minor minor) const {
        return domain::to_decimal(minor, order_.currency);
    }

    void cancel(const domain::ChangeOrder& change) const {
        json::array lines;
        for (const domain::ChangeLine& part : change.lines)
            if (part.quantity > 0)
                lines.push_back({{"line", domain::find_line(order_, part.line_id)->external_id},
                                 {"quantity", part.quantity}});
        send(
            change.key,
            {{"order", order_reference()}, {"lines", std::move(lines)}, {"reason", change.reason}});
    }

    void refund(const domain::Refund& refund) const {
        const Holder holder = holder_of(work_, prepared_, effect_.order, refund.payment)
                                  .value_or(Holder{effect_.order, refund.payment});
        json::object payload{
            {"order", storefront_reference(work_, prepared_, holder.order)},
            {"payment", payment_reference(prepared_.at(holder.order), holder.payment)},
            {"amount", amount(refund.amount)},
            {"currency", order_.currency.code},
            {"reason", refund.reason}};
        const bool is_its_own = holder.order == effect_.order && !is_exchange_order(order_);
        json::array lines = is_its_own ? refunded_lines(order_, refund) : json::array();
        if (!lines.empty()) payload["lines"] = std::move(lines);
        send(refund.key, payload, prepared_.at(holder.order).id);
    }

    void document(const char* name, const domain::Document& document) const {
        json::object record = document_record(order_, document);
        // Many shops name no billing address where it is that of delivery.
        json::object billed = address(order_.billing_address);
        if (billed.empty()) billed = address(order_.shipping_address);
        if (!billed.empty()) record["billing_address"] = std::move(billed);
        send(document.key, {{name, std::move(record)}});
    }

    void create(const domain::Fulfilment& fulfilment) const {
        json::array lines;
        for (const domain::FulfilmentLine& part : fulfilment.lines) {
            const domain::Line& line = *domain::find_line(order_, part.line_id);
            json::object shown{{"sku", line.sku}, {"name", line.name}, {"quantity", part.quantity}};
            if (!line.external_id.empty() && !is_exchange_order(order_))
                shown["line"] = line.external_id;
            lines.push_back(std::move(shown));
        }
        const std::string_view kind =
            fulfilment.kind == domain::FulfilmentKind::standard && is_exchange_order(order_)
                ? "exchange"
                : word(fulfilment.kind);
        json::object payload{{"order", order_reference()},
                             {"kind", kind},
                             {"lines", std::move(lines)},
                             {"recipient", address(recipient(order_, fulfilment))},
                             {"reason", fulfilment.reason}};
        put_tracking(payload, fulfilment);
        send(fulfilment.key, payload);
    }

    void update(const domain::Fulfilment& fulfilment) const {
        json::object payload{{"order", order_reference()},
                             {"fulfilment", {{"external_id", fulfilment.external_id}}},
                             {"state", word(fulfilment.state)},
                             {"reason", prepared_.reason}};
        put_tracking(payload, fulfilment);
        send(work_.id("fu"), payload);
    }

    void operate(const domain::Payment& payment) const {
        const domain::PaymentOperation& operation = payment.operations.at(effect_.operation);
        json::object payload{{"order", order_reference()},
                             {"payment", payment_reference(order_, payment.external_id)},
                             {"amount", amount(operation.amount)},
                             {"currency", order_.currency.code}};
        if (operation.kind == domain::OperationKind::reverse) payload["reason"] = prepared_.reason;
        send(operation.key, payload);
    }

    const Work& work_;
    Prepared& prepared_;
    const Effect& effect_;
    const std::string& action_id_;
    const domain::Order& order_;
};

}  // namespace

void send_effect(const Work& work, Prepared& prepared, const Effect& effect,
                 const std::string& action_id) {
    Sender(work, prepared, effect, action_id).run();
}

}  // namespace orderhub::servicing
