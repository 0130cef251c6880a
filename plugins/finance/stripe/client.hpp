// The calls of Stripe's API v1. One object lives for one connector call.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::stripe {

/// What a storefront kept as the reference of a payment: a PaymentIntent, or a Charge of old.
struct PaymentName {
    std::string id;
    bool is_intent = true;

    /// The name of a parameter that means it.
    const char* parameter() const { return is_intent ? "payment_intent" : "charge"; }
};

/// What an answer other than 2xx means. A decline is rejected with the code "declined".
sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect);

/// One page of a list, newest first.
struct Page {
    std::vector<Json> rows;
    bool has_more = false;
};

/// All throw Stop.
class Client {
public:
    Client(const Settings& settings, sdk::Call& call) : settings_(settings), call_(call) {}

    Json payment(const PaymentName& name);
    /// Nothing if there is none.
    std::optional<Json> refund(std::string_view id);
    /// The refund of a payment that carries the command's key, if there is one.
    std::optional<Json> refund_by_key(const PaymentName& name, std::string_view key);
    Page events(const sdk::Fields& query);

    /// A write, under the command's key.
    Json post(std::string_view path, const sdk::Fields& fields, std::string_view key);

    /// What reading a list, or changing a refund that is not there, is answered.
    sdk::HttpResponse try_list(std::string_view path);
    sdk::HttpResponse try_write();

private:
    Json get(std::string_view path, const sdk::Fields& query = {});
    sdk::HttpResponse send(sdk::HttpRequest request);

    const Settings& settings_;
    sdk::Call& call_;
};

}  // namespace orderhub::stripe
