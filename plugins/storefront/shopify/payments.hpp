// Transactions of an order as payments and refunds. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amounts.hpp"

namespace orderhub::shopify {

/// A payment of the record and the transaction behind it. Money that was authorized and is captured
/// in parts is a payment for each part: the authorization's number, then NUMBER-2 and so on. What
/// is still authorized is the last one, and becomes the next part when it is captured.
struct Tender {
    std::string external_id;
    sdk::OrderPaymentState state;
    std::int64_t amount;
    std::string root;   ///< gid of the authorization or sale that it began with
    std::string money;  ///< gid of the transaction that a refund gives back; empty: none
    std::string gateway;
    std::string reference;
    std::optional<std::string> at;
    bool capture_pending = false;  ///< asked for, not decided
};

std::vector<Tender> to_tenders(const Json& order, const Terms& terms);
std::vector<sdk::OrderPayment> to_payments(const std::vector<Tender>& tenders, const Terms& terms);

/// The refunds that moved money, or were to. Ids are those of the transactions.
std::vector<sdk::OrderRefund> to_refunds(const Json& order, const std::vector<Tender>& tenders,
                                         const Terms& terms);

/// "Late delivery [orderhub:KEY]", at most `limit` bytes, cut before the key.
std::string with_key(std::string_view text, std::string_view key, std::size_t limit);
/// KEY; empty if there is none.
std::string key_in(std::string_view text);
/// The text before it.
std::string without_key(std::string_view text);

/// An instant of the shop in the record's form; nothing if it is none.
std::optional<std::string> instant_at(const Json& from, std::string_view key);

}  // namespace orderhub::shopify
