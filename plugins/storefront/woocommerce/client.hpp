// The calls of the REST API. One object lives for one connector call.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::woocommerce {

/// An order as the shop shows it, with its refunds.
struct Shown {
    Json order;
    std::vector<Json> refunds;
    std::string observed_at;
};

/// What one read of a list gave.
struct OrderPage {
    std::vector<Json> orders;
    bool is_last;
    std::string observed_at;
};

class Client {
public:
    Client(const Settings& settings, sdk::Call& call) : settings_(settings), call_(call) {}

    /// Orders changed at `from_ms` or later, oldest change first.
    OrderPage changed(std::int64_t from_ms, std::int64_t page, std::int64_t limit);

    /// Nothing if the shop has no such order.
    std::optional<Shown> order(std::string_view id);
    std::vector<Json> refunds(std::string_view id);

    /// PUT; gives the order as it then is.
    Json change_order(std::string_view id, const Json& body);
    /// POST of a refund; gives it.
    Json refund(std::string_view id, const Json& body);

    /// Internal notes of an order.
    std::vector<Json> notes(std::string_view id);
    Json add_note(std::string_view id, std::string_view text);

    /// What a change of an order that is not there is answered: whether the key may write.
    int trial_of_writing();

private:
    std::string url(std::string_view id, std::string_view what) const;
    sdk::HttpResponse send(sdk::HttpRequest request);
    Json write(std::string_view method, std::string url, const Json& body);
    std::vector<Json> read_list(std::string url);

    const Settings& settings_;
    sdk::Call& call_;
};

}  // namespace orderhub::woocommerce
