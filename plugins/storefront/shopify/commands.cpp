#include "commands.hpp"

#include <algorithm>
#include <map>

#include "lines.hpp"
#include "poll.hpp"

namespace orderhub::shopify {
namespace {

constexpr std::size_t kLongestStaffNote = 255;
constexpr std::size_t kLongestNote = 1000;
constexpr int kMostJobLooks = 20;
constexpr std::uint64_t kJobPauseMs = 500;

std::map<std::string, std::int64_t> units_of(const sdk::OrderCancel& wanted) {
    std::map<std::string, std::int64_t> units;
    for (const auto& line : wanted.lines)
        units[line.line] += line.quantity;
    return units;
}

/// Whether every unit that the order has is named, and none was sent.
bool is_whole(const sdk::Order& record, std::map<std::string, std::int64_t> units) {
    using State = sdk::OrderFulfilmentState;
    const bool was_sent = std::ranges::any_of(
        record.fulfilments, [](const auto& each) { return each.state != State::cancelled; });
    return !was_sent && std::ranges::all_of(record.lines, [&](const sdk::OrderLine& line) {
        return line.kind != sdk::OrderLineKind::product || units[line.external_id] >= line.quantity;
    });
}

/// The refund object with the command's key in its note.
const Json* refund_of(const Json& order, std::string_view key) {
    for (const Json& each : rows_of(order["refunds"]))
        if (key_in(text_at(each, "note")) == key) return &each;
    return nullptr;
}

sdk::RefundCreateResultState result_state(sdk::OrderRefundState state) {
    using From = sdk::OrderRefundState;
    using To = sdk::RefundCreateResultState;
    if (state == From::succeeded) return To::succeeded;
    return state == From::failed ? To::failed : To::pending;
}

/// The refund's transaction. A refund whose transaction is not there yet counts as not found.
std::optional<sdk::RefundCreate::Result> refund_result(const Json& order, std::string_view key) {
    const Terms terms = terms_of(order);
    for (const sdk::OrderRefund& each : to_refunds(order, to_tenders(order, terms), terms)) {
        if (each.key != key) continue;
        sdk::RefundCreate::Result result;
        result.external_id = each.external_id;
        result.state = result_state(each.state);
        if (each.state == sdk::OrderRefundState::failed)
            result.message = "the payment gateway refused the refund";
        return result;
    }
    return std::nullopt;
}

}  // namespace

OrderDocument order_or_stop(const Settings& settings, Client& client, sdk::Call& call,
                            const std::string& number) {
    auto document = read_order(settings, client, call, number);
    if (!document)
        throw sdk::rejected("no_such_order",
                            "the shop has no order with this number, or the app "
                            "may not see it (read_all_orders)");
    return std::move(*document);
}

void emit_after(const Settings& settings, Client& client, sdk::Call& call,
                const std::string& number) {
    const auto stop = sdk::attempt(call, [&] { emit_order(settings, client, call, number); });
    const bool may_be_stopped = stop && (stop->code == "stopping" || stop->code == "no_answer");
    if (may_be_stopped) throw sdk::unknown(stop->code, stop->message);
    if (stop) call.log(OH_LOG_WARN, "the order could not be read back: " + stop->message);
}

Json Commands::order(const std::string& number) {
    last_read_ = order_or_stop(settings_, client_, call_, number);
    return last_read_->order;
}

void Commands::emit() {
    const auto stop = sdk::attempt(call_, [&] {
        if (last_read_) emit_document(settings_, call_, *last_read_);
    });
    if (stop) call_.log(OH_LOG_WARN, "the order is not handed over: " + stop->message);
}

Tender Commands::tender(const Json& order, const std::string& payment,
                        const std::string& currency) const {
    const Terms terms = terms_of(order);
    if (terms.currency != currency)
        throw sdk::rejected("wrong_currency", "the order is in " + terms.currency);
    for (Tender& each : to_tenders(order, terms))
        if (each.external_id == payment) return std::move(each);
    throw sdk::rejected("no_such_payment", "the order has no such payment");
}

void Commands::wait_for_job(const Json& job) {
    if (!job.is_object() || job["done"] == Json(true)) return;
    for (int looks = 0; looks == 0 || (looks < kMostJobLooks && call_.has_time()); ++looks) {
        call_.sleep_ms(kJobPauseMs);
        const Json seen = client_.send(kJob, Json::object({{"id", job.at("id")}}))["job"];
        if (seen["done"] == Json(true)) return;
    }
}

void Commands::cancel_whole(const std::string& id, const std::string& reason) {
    const Json made =
        client_.change(kCancel, "orderCancel",
                       Json::object({{"id", id},
                                     {"reason", "OTHER"},
                                     {"restock", settings_.restocks},
                                     {"notify", settings_.notifies},
                                     {"note", with_key(reason, command_.key, kLongestStaffNote)}}));
    wait_for_job(made["job"]);
}

void Commands::cancel_units(const Json& order, const sdk::OrderCancel& wanted) {
    std::vector<Json> lines;
    for (const auto& [line, units] : units_of(wanted)) {
        Json row = Json::object({{"lineItemId", to_gid("LineItem", line)},
                                 {"quantity", units},
                                 {"restockType", settings_.restocks ? "CANCEL" : "NO_RESTOCK"}});
        if (settings_.restocks && !settings_.restock_location.empty())
            row.set("locationId", to_gid("Location", settings_.restock_location));
        lines.push_back(std::move(row));
    }
    const Json input = Json::object({{"orderId", order.at("id")},
                                     {"currency", order.at("presentmentCurrencyCode")},
                                     {"note", with_key(wanted.reason, command_.key, kLongestNote)},
                                     {"notify", settings_.notifies},
                                     {"refundLineItems", Json::array(std::move(lines))}});
    client_.change(kMakeRefund, "refundCreate",
                   Json::object({{"input", input}, {"key", command_.key}}));
}

sdk::OrderCancel::Result Commands::cancel(const sdk::OrderCancel& wanted) {
    using Result = sdk::OrderCancel::Result;
    const std::string number = wanted.order.external_id;
    const auto found = [&](const Json& seen) -> std::optional<Result> {
        if (is_cancelled(seen)) return Result{"cancelled"};
        const Json* refund = refund_of(seen, command_.key);
        return refund ? std::optional(Result{number_of(refund->at("id"))}) : std::nullopt;
    };
    const auto act = [&] {
        const Json seen = order(number);
        if (const auto done = found(seen)) return *done;
        if (is_whole(to_order(settings_, seen, call_.now()), units_of(wanted)))
            cancel_whole(seen.at("id").text(), wanted.reason);
        else
            cancel_units(seen, wanted);
        if (const auto done = found(order(number))) return *done;
        throw sdk::unknown("not_cancelled",
                           "the shop agreed to cancel, but the order does not show it yet");
    };
    const Result result = once<Result>(call_, command_, [&] { return found(order(number)); }, act);
    emit();
    return result;
}

sdk::RefundCreate::Result Commands::refund(const sdk::RefundCreate& wanted) {
    using Result = sdk::RefundCreate::Result;
    const std::string number = wanted.order.external_id;
    const auto find = [&] { return refund_result(order(number), command_.key); };
    const auto act = [&] {
        const Json seen = order(number);
        if (const auto done = refund_result(seen, command_.key)) return *done;
        const Tender from = tender(seen, wanted.payment.external_id, wanted.currency);
        if (from.money.empty())
            throw sdk::rejected("not_captured", "only captured money can be given back");
        const Json transaction = Json::object({{"orderId", seen.at("id")},
                                               {"parentId", from.money},
                                               {"gateway", from.gateway},
                                               {"kind", "REFUND"},
                                               {"amount", wanted.amount}});
        Json input = Json::object({{"orderId", seen.at("id")},
                                   {"currency", wanted.currency},
                                   {"note", with_key(wanted.reason, command_.key, kLongestNote)},
                                   {"notify", settings_.notifies},
                                   {"transactions", Json::array({transaction})}});
        if (auto rows = returned_lines(seen, wanted); !rows.empty())
            input.set("refundLineItems", Json::array(std::move(rows)));
        client_.change(kMakeRefund, "refundCreate",
                       Json::object({{"input", input}, {"key", command_.key}}));
        if (const auto done = find()) return *done;
        throw sdk::unknown("not_refunded",
                           "the shop agreed to refund, but the order does not show it yet");
    };
    const Result result = once<Result>(call_, command_, find, act);
    emit();
    return result;
}

std::vector<Json> Commands::returned_lines(const Json& order,
                                           const sdk::RefundCreate& wanted) const {
    std::vector<Json> rows;
    const auto sent = units_sent(order);
    for (const auto& line : wanted.lines) {
        const auto known = std::ranges::find_if(rows_of(order["lineItems"]), [&](const Json& each) {
            return number_of(each.at("id")) == line.line;
        });
        const bool is_there = known != rows_of(order["lineItems"]).end() &&
                              known->at("currentQuantity").integer() >= line.quantity;
        if (line.quantity == 0 || !is_there) continue;
        const auto units = sent.find(line.line);
        const bool was_sent = units != sent.end() && units->second >= line.quantity;
        const bool restocks = settings_.restocks_returns && was_sent;
        Json row = Json::object({{"lineItemId", known->at("id")},
                                 {"quantity", line.quantity},
                                 {"restockType", restocks ? "RETURN" : "NO_RESTOCK"}});
        if (restocks && !settings_.restock_location.empty())
            row.set("locationId", to_gid("Location", settings_.restock_location));
        rows.push_back(std::move(row));
    }
    return rows;
}

sdk::PaymentCapture::Result Commands::capture(const sdk::PaymentCapture& wanted) {
    using Result = sdk::PaymentCapture::Result;
    using State = sdk::PaymentCaptureResultState;
    const std::string number = wanted.order.external_id;
    Tender now;
    const auto look = [&](const Json& seen) -> std::optional<Result> {
        now = tender(seen, wanted.payment.external_id, wanted.currency);
        if (now.capture_pending) return Result{std::nullopt, State::pending, std::nullopt};
        if (now.state != sdk::OrderPaymentState::captured) return std::nullopt;
        if (sdk::to_decimal(now.amount, wanted.currency) !=
            sdk::Amount(wanted.amount, wanted.currency).text())
            throw sdk::rejected("captured_otherwise", "another amount of it was captured already");
        return Result{number_of(now.money), State::succeeded, std::nullopt};
    };
    const auto act = [&]() -> Result {
        const Json seen = order(number);
        if (auto done = look(seen)) return *done;
        if (now.state != sdk::OrderPaymentState::authorized)
            throw sdk::rejected("not_authorized", "no money of this payment is authorized");
        const Json made = client_.change(
            kCapture, "orderCapture",
            Json::object({{"input", Json::object({{"id", seen.at("id")},
                                                  {"parentTransactionId", now.root},
                                                  {"amount", wanted.amount},
                                                  {"currency", wanted.currency}})}}));
        const std::string status = text_at(made["transaction"], "status");
        if (status == "FAILURE" || status == "ERROR")
            return {std::nullopt, State::failed, "the payment gateway refused the capture"};
        if (auto done = look(order(number))) return *done;
        throw sdk::unknown("not_captured",
                           "the shop agreed to capture, but the order does not show it yet");
    };
    const Result result = once<Result>(call_, command_, [&] { return look(order(number)); }, act);
    emit();
    return result;
}

sdk::PaymentReverse::Result Commands::reverse(const sdk::PaymentReverse& wanted) {
    using Result = sdk::PaymentReverse::Result;
    using State = sdk::PaymentReverseResultState;
    const std::string number = wanted.order.external_id;
    Tender now;
    const auto look = [&](const Json& seen) -> std::optional<Result> {
        now = tender(seen, wanted.payment.external_id, wanted.currency);
        if (now.state != sdk::OrderPaymentState::cancelled) return std::nullopt;
        return Result{std::nullopt, State::succeeded, std::nullopt};
    };
    const auto act = [&]() -> Result {
        if (auto done = look(order(number))) return *done;
        if (now.state != sdk::OrderPaymentState::authorized)
            throw sdk::rejected("not_authorized", "no money of this payment is authorized");
        if (now.amount != sdk::to_minor(wanted.amount, wanted.currency))
            throw sdk::rejected("part_of_authorization",
                                "the shop gives up authorized money as a whole only");
        client_.change(kVoid, "transactionVoid", Json::object({{"id", now.root}}));
        if (auto done = look(order(number))) return *done;
        throw sdk::unknown("not_reversed",
                           "the shop agreed to void, but the order does not show it yet");
    };
    const Result result = once<Result>(call_, command_, [&] { return look(order(number)); }, act);
    emit();
    return result;
}

}  // namespace orderhub::shopify
