// Refunds: what is asked of the shop, and which of its entries came of which command. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace orderhub::woocommerce {

/// A free text of ours: words, and behind them the key of the command, "[orderhub:KEY]".
struct Reason {
    std::string text;
    std::string key;  ///< empty if the text is not ours
};

std::string with_key(std::string_view text, std::string_view key);
/// A mark anywhere but at the end, or with a character that no key has, is just text.
Reason split_reason(std::string_view text);

/// The key of the command that an entry came of, from its reason or its metadata; or empty. The
/// reason is written with the entry; metadata after the gateway has answered.
std::string key_of(const Json& refund);

/// An entry of ours that the gateway has not confirmed: it is there before the gateway is asked,
/// and goes again if that refuses.
bool is_under_way(const Settings& settings, const Json& refund);

/// What the shop is sent: by line with the tax of each of its rates, where the command says what
/// the money is for and the order has those lines; else an amount only.
Json refund_body(const Settings& settings, const Json& order, const sdk::RefundCreate& wanted,
                 std::string_view key);

}  // namespace orderhub::woocommerce
