// Carries out what the hub wants of the order and its money.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mapping.hpp"
#include "payments.hpp"
#include "reader.hpp"

namespace orderhub::shopify {

/// As sdk::do_once, but a request that the shop refused to begin is surely nothing that happened.
template <class Result>
Result once(sdk::Call& call, const sdk::Command& command,
            const std::function<std::optional<Result>()>& find,
            const std::function<Result()>& act) {
    std::optional<sdk::Stop> refused;
    const auto guarded = [&] {
        Result result;
        auto stop = sdk::attempt(call, [&] { result = act(); });
        if (!stop) return result;
        if (stop->code == kNoPoints) refused = stop;
        throw sdk::Stop(*stop);
    };
    const auto look = [&]() -> std::optional<Result> {
        if (refused) throw sdk::Stop(*refused);
        return find();
    };
    std::optional<Result> result;
    auto stop = sdk::attempt(call, [&] { result = sdk::do_once(call, command, look, guarded); });
    if (refused) throw sdk::Stop(*refused);
    if (stop) throw sdk::Stop(*stop);
    return std::move(*result);
}

/// One command in progress.
class Commands {
public:
    Commands(const Settings& settings, Client& client, sdk::Call& call, const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// The whole order if all that it has is named and nothing was sent; otherwise the units, by a
    /// refund without money. A cancelled order is done, whoever cancelled it.
    sdk::OrderCancel::Result cancel(const sdk::OrderCancel& wanted);
    sdk::RefundCreate::Result refund(const sdk::RefundCreate& wanted);
    sdk::PaymentCapture::Result capture(const sdk::PaymentCapture& wanted);
    sdk::PaymentReverse::Result reverse(const sdk::PaymentReverse& wanted);

private:
    Json order(const std::string& number);
    /// Hands over the order as it was read last, which is after the command took effect.
    void emit();
    void cancel_whole(const std::string& id, const std::string& reason);
    void cancel_units(const Json& order, const sdk::OrderCancel& wanted);
    void wait_for_job(const Json& job);
    /// Units that come back for a refund, as far as the shop still has them as sold.
    std::vector<Json> returned_lines(const Json& order, const sdk::RefundCreate& wanted) const;
    /// Throws Stop if the order has no such payment or another currency.
    Tender tender(const Json& order, const std::string& payment, const std::string& currency) const;

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
    std::optional<OrderDocument> last_read_;
};

/// Reads an order for a command; throws Stop (rejected) if the shop has none.
OrderDocument order_or_stop(const Settings& settings, Client& client, sdk::Call& call,
                            const std::string& number);
/// Emits an order that a command has changed. Its outcome stands even if that cannot be done now,
/// but where no answer comes the connector may be being stopped, and must not go on.
void emit_after(const Settings& settings, Client& client, sdk::Call& call,
                const std::string& number);

}  // namespace orderhub::shopify
