#include "hub/servicing/progress/announcement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "hub/domain/status.hpp"
#include "hub/servicing/codec/described.hpp"

namespace orderhub::servicing {

namespace {

constexpr std::size_t kMostLines = 20;

struct Headline {
    std::string_view action;
    std::string_view text;
};

constexpr std::array kHeadlines{
    Headline{"cancel", "Cancelled"},
    Headline{"discount", "Discounted"},
    Headline{"appease", "Discounted to make good"},
    Headline{"reship", "Sent again"},
    Headline{"return", "Returned"},
    Headline{"exchange", "Exchanged"},
    Headline{"refund", "Refunded"},
    Headline{"retry-refund", "Refunded again"},
    Headline{"open-return", "Return opened"},
    Headline{"submit-return", "Return submitted"},
    Headline{"approve-return", "Return approved"},
    Headline{"receive-return", "Return received"},
    Headline{"close-return", "Return closed"},
    Headline{"cancel-return", "Return given up"},
    Headline{"fulfil", "Fulfilment opened"},
    Headline{"update-fulfilment", "Fulfilment changed"},
    Headline{"capture", "Payment captured"},
    Headline{"reverse-authorization", "Authorization given up"},
    Headline{"record-payment", "Payment recorded"},
};

std::string_view headline(const std::string& action) {
    const auto found = std::ranges::find(kHeadlines, action, &Headline::action);
    return found == kHeadlines.end() ? std::string_view(action) : found->text;
}

class Text {
public:
    Text(const domain::Order& order, const domain::ActionTaken& action)
        : order_(order), action_(action) {}

    std::string build() {
        text_ = fmt::format("{} in order {}", headline(action_.name), order_.number);
        if (!action_.reason.empty()) text_ += fmt::format(" ({})", action_.reason);
        text_ += ":\n";
        changes();
        returns();
        fulfilments();
        money();
        documents();
        exchange();
        text_ += fmt::format("The order's total is now {}.", amount(domain::total(order_).inc));
        return std::move(text_);
    }

private:
    std::string amount(domain::Minor minor) const {
        return domain::to_decimal(minor, order_.currency) + " " + order_.currency.code;
    }

    std::string name_of(const std::string& line_id) const {
        const domain::Line* line = domain::find_line(order_, line_id);
        return line == nullptr ? line_id : line->name;
    }

    /// One line of a list; a long list is cut.
    void item(std::string text) {
        ++items_;
        if (items_ <= kMostLines) text_ += "- " + std::move(text) + "\n";
        if (items_ == kMostLines + 1) text_ += "- ... and more\n";
    }

    void changes() {
        for (const domain::ChangeOrder& change : order_.change_orders) {
            if (change.action_id != action_.id) continue;
            for (const domain::ChangeLine& part : change.lines) {
                const std::string units =
                    part.quantity > 0 ? fmt::format("{} x ", part.quantity) : std::string();
                item(fmt::format("{}{}: {}", units, name_of(part.line_id), amount(part.delta.inc)));
            }
        }
    }

    void returns() {
        const auto* found = domain::find_return_order(order_, action_.subject);
        if (found == nullptr) return;
        text_ += fmt::format("Return {} is {}\n", found->number, word(found->state));
        for (const domain::ReturnLine& line : found->lines) {
            const std::string name = name_of(line.line_id);
            if (line.received > 0)
                item(fmt::format("{} x {} accepted, {} rejected", line.accepted, name,
                                 line.rejected));
            else if (line.expected > 0)
                item(fmt::format("{} x {} expected back", line.expected, name));
        }
    }

    void fulfilments() {
        for (const domain::Fulfilment& each : order_.fulfilments) {
            if (each.action_id != action_.id && each.id != action_.subject) continue;
            text_ += fmt::format("Shipment is {}", word(each.state));
            if (!each.tracking_number.empty())
                text_ += fmt::format(", {} {}", each.carrier, each.tracking_number);
            text_ += "\n";
            for (const domain::FulfilmentLine& part : each.lines)
                item(fmt::format("{} x {}", part.quantity, name_of(part.line_id)));
        }
    }

    static std::string_view progress(domain::MoneyState state) {
        return state == domain::MoneyState::succeeded ? "done"
               : state == domain::MoneyState::failed  ? "FAILED"
                                                      : "on its way";
    }

    void money() {
        for (const domain::Refund& each : order_.refunds) {
            if (each.action_id != action_.id) continue;
            const bool moved = each.kind == domain::RefundKind::transfer;
            text_ += fmt::format("{} {}: {}\n", moved ? "To the new order" : "Refund",
                                 amount(each.amount), progress(each.state));
        }
        for (const domain::Payment& payment : order_.payments)
            for (const domain::PaymentOperation& each : payment.operations)
                if (each.action_id == action_.id)
                    text_ += fmt::format(
                        "{} {}: {}\n",
                        each.kind == domain::OperationKind::capture ? "Capture" : "Reversal",
                        amount(each.amount), progress(each.state));
    }

    void documents() {
        for (const domain::Document& each : order_.credit_memos)
            if (each.action_id == action_.id)
                text_ +=
                    fmt::format("Credit memo {} posted as {}\n", each.number, each.posted_number);
        for (const domain::Document& each : order_.invoices)
            if (each.action_id == action_.id)
                text_ += fmt::format("Invoice {} posted as {}\n", each.number, each.posted_number);
    }

    void exchange() {
        if (action_.name != "exchange" || order_.related.empty()) return;
        text_ += fmt::format("New order {}\n", order_.related.back().number);
    }

    const domain::Order& order_;
    const domain::ActionTaken& action_;
    std::string text_;
    std::size_t items_ = 0;
};

}  // namespace

std::string announcement(const domain::Order& order, const domain::ActionTaken& action) {
    return Text(order, action).build();
}

}  // namespace orderhub::servicing
