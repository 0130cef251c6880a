#include <algorithm>
#include <map>
#include <unordered_map>

#include "hub/domain/fulfilment.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/units.hpp"
#include "hub/domain/words.hpp"

namespace orderhub::domain {

namespace {

std::string words_of(const Policy& policy) {
    std::string text;
    for (const auto& [word, percent] : policy.conditions)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// One delivery of goods that is booked on a return order.
class Receiving {
public:
    Receiving(Order& order, ReturnOrder& into, const Context& context)
        : order_(order), into_(into), context_(context), lines_(index_of_lines(order)) {
        for (std::size_t i = 0; i < into.lines.size(); ++i)
            places_.emplace(into.lines[i].id, i);
    }

    Result<void> book(const Receipt& receipt, std::size_t index) {
        at_ = "/lines/" + std::to_string(index);
        ORDERHUB_TRY(check_words(receipt));
        const auto place = place_of(receipt);
        if (!place) return std::unexpected(place.error());
        Line& line = order_.lines[lines_.at(into_.lines[*place].line_id)];
        ORDERHUB_TRY(check_units(receipt, into_.lines[*place], line));
        const std::int64_t arrived = receipt.accepted + receipt.rejected;
        if (arrived > into_.lines[*place].expected)
            expect_more(into_.lines[*place], line, arrived - into_.lines[*place].expected);
        else if (arrived < into_.lines[*place].expected)
            split_off_missing(receipt.return_line, *place, arrived);
        freeze(into_.lines[*place], receipt, arrived);
        return {};
    }

private:
    std::unexpected<Error> invalid(std::string code, std::string message,
                                   std::string_view member) const {
        return fail(ErrorKind::Invalid, std::move(code), std::move(message),
                    at_ + "/" + std::string(member));
    }

    Result<void> check_words(const Receipt& receipt) const {
        if (receipt.accepted < 0)
            return invalid("bad_quantity", "a count cannot be negative", "accepted");
        if (receipt.rejected < 0)
            return invalid("bad_quantity", "a count cannot be negative", "rejected");
        if (receipt.accepted == 0 && receipt.rejected == 0)
            return invalid("bad_quantity", "at least one unit must have arrived", "accepted");
        if (receipt.accepted > 0 && !context_.policy.conditions.contains(receipt.condition))
            return invalid("unknown_condition",
                           "the condition must be one of: " + words_of(context_.policy),
                           "condition");
        if (receipt.rejected > 0 && receipt.rejection_reason.empty())
            return invalid("no_rejection_reason", "rejected units need a reason",
                           "rejection_reason");
        return {};
    }

    /// The return line that the units are booked on.
    Result<std::size_t> place_of(const Receipt& receipt) {
        if (const auto rest = rests_.find(receipt.return_line); rest != rests_.end())
            return rest->second;
        const auto place = places_.find(receipt.return_line);
        if (place == places_.end())
            return invalid("unknown_return_line",
                           "the return order has no line " + receipt.return_line, "return_line");
        const ReturnLine& named = into_.lines[place->second];
        if (!is_frozen(named)) return place->second;
        for (const ReturnLine& each : into_.lines)
            if (each.line_id == named.line_id && !is_frozen(each))
                return invalid("frozen_line",
                               "line " + named.id + " is booked; " + each.id +
                                   " stands for the units that are still expected",
                               "return_line");
        return add_line(named.line_id, named.reason, 0);
    }

    std::size_t add_line(std::string line_id, std::string reason, std::int64_t expected) {
        ReturnLine line;
        line.id = "r" + std::to_string(into_.lines.size() + 1);
        line.line_id = std::move(line_id);
        line.reason = std::move(reason);
        line.expected = expected;
        places_.emplace(line.id, into_.lines.size());
        into_.lines.push_back(std::move(line));
        return into_.lines.size() - 1;
    }

    Result<void> check_units(const Receipt& receipt, const ReturnLine& booked,
                             const Line& line) const {
        const std::int64_t more = std::max<std::int64_t>(0, line.available_to_return());
        const std::int64_t most = booked.expected + more;
        if (receipt.accepted <= most && receipt.rejected <= most - receipt.accepted) return {};
        return invalid("too_many_units",
                       "at most " + std::to_string(most) + " units of " + line.name +
                           " can come back: " + std::to_string(booked.expected) +
                           " are expected and the customer has " + std::to_string(more) + " more",
                       "accepted");
    }

    void expect_more(ReturnLine& booked, Line& line, std::int64_t units) const {
        const ChangeLine part = take(line, units, order_.tax_locale);
        line.return_initiated += units;
        ChangeLine held{{}, booked.expected, booked.held.amount, std::move(booked.held.taxes)};
        add(held, part);
        booked.expected += units;
        booked.held = {booked.expected, 0, held.delta, std::move(held.taxes)};
    }

    void split_off_missing(const std::string& named, std::size_t place, std::int64_t arrived) {
        const std::size_t rest = add_line(into_.lines[place].line_id, into_.lines[place].reason,
                                          into_.lines[place].expected - arrived);
        rests_[named] = rest;
        ReturnLine& booked = into_.lines[place];
        booked.held.taken = arrived;
        ChangeLine missing = worth(booked.held, order_.tax_locale);
        ChangeLine here{{}, 0, booked.held.amount, std::move(booked.held.taxes)};
        add(here, -missing);
        booked.expected = arrived;
        booked.held = {arrived, 0, here.delta, std::move(here.taxes)};
        into_.lines[rest].held = {missing.quantity, 0, missing.delta, std::move(missing.taxes)};
    }

    void freeze(ReturnLine& booked, const Receipt& receipt, std::int64_t arrived) {
        booked.received = arrived;
        booked.accepted = receipt.accepted;
        booked.rejected = receipt.rejected;
        if (receipt.accepted > 0) booked.condition = receipt.condition;
        if (receipt.rejected > 0) booked.rejection_reason = receipt.rejection_reason;
        booked.received_at = context_.now;
        if (const auto rest = rests_.find(receipt.return_line);
            rest != rests_.end() && is_frozen(into_.lines[rest->second]))
            rests_.erase(rest);
    }

    Order& order_;
    ReturnOrder& into_;
    const Context& context_;
    std::unordered_map<std::string_view, std::size_t> lines_;
    std::unordered_map<std::string, std::size_t> places_;    ///< of return lines, by id
    std::map<std::string, std::size_t, std::less<>> rests_;  ///< of lines booked in this input
    std::string at_;                                         ///< pointer of the receipt
};

}  // namespace

Result<Plan> plan_receive_return(Order order, const ReceiveInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::receive_return));
    const auto found = known_return_order(order, input.return_order);
    if (!found) return std::unexpected(found.error());
    ReturnOrder& into = **found;
    if (!may_receive(into.state))
        return fail(ErrorKind::Conflict, "bad_state",
                    "the return order is " + std::string(to_text(into.state)) +
                        "; units can be received once it is approved and until it is closed",
                    "/return_order");
    if (input.receipts.empty())
        return fail(ErrorKind::Invalid, "no_lines", "at least one line is needed", "/lines");
    Receiving receiving(order, into, context);
    for (std::size_t i = 0; i < input.receipts.size(); ++i)
        ORDERHUB_TRY(receiving.book(input.receipts[i], i));
    into.state = std::ranges::all_of(into.lines, is_frozen) ? ReturnState::received
                                                            : ReturnState::partly_received;
    count_bundles(order);
    Plan plan = start_plan(std::move(order), ActionKind::receive_return);
    plan.subject = input.return_order;
    return plan;
}

}  // namespace orderhub::domain
