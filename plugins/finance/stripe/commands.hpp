// The three commands that move money. Each reads the payment before it writes, so that an amount in
// another currency, or of a payment that is in another state, moves nothing.
#pragma once

#include <orderhub/connector.hpp>
#include <string_view>

#include "client.hpp"
#include "settings.hpp"

namespace orderhub::stripe {

/// All throw Stop.
class Commands {
public:
    Commands(const Settings& settings, Client& client, sdk::Call& call, const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    sdk::RefundCreate::Result refund(const sdk::RefundCreate& wanted);
    sdk::PaymentCapture::Result capture(const sdk::PaymentCapture& wanted);
    sdk::PaymentReverse::Result reverse(const sdk::PaymentReverse& wanted);

private:
    Json post_refund(const PaymentName& name, std::int64_t amount, std::string_view order_number);
    sdk::PaymentCapture::Result capture_now(const PaymentName& name, const Json& payment,
                                            std::int64_t amount);
    sdk::PaymentReverse::Result reverse_now(const PaymentName& name, const Json& payment,
                                            std::int64_t amount, std::string_view order_number);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
};

}  // namespace orderhub::stripe
