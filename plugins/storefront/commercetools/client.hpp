// The calls of the HTTP API. One object lives for one connector call.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::commercetools {

/// What one read of a list gave.
struct Page {
    std::vector<Json> rows;
    bool is_last;
    std::string observed_at;
};

/// An order with its payments in it.
struct Shown {
    Json order;
    std::string observed_at;
};

class Client {
public:
    Client(const Settings& settings, sdk::Call& call) : settings_(settings), call_(call) {}

    /// "orders" or "payments" changed at `from_ms` or later, oldest change first, from row `offset`
    /// on. Orders have their payments in them.
    Page changed(std::string_view resource, std::int64_t from_ms, std::int64_t offset,
                 std::int64_t limit);

    /// The orders that these payments are of.
    Page orders_of(const std::vector<std::string>& payments);

    /// Nothing if the project has no such order.
    std::optional<Shown> order(std::string_view id);
    std::optional<Json> payment(std::string_view id);

    /// POST of update actions to "orders" or "payments"; they take effect all or none. Nothing if
    /// the resource has another version by now: read it and decide again.
    std::optional<Json> update(std::string_view resource, const Json& current, Json actions);

    /// What an update of an order that is not there is answered: whether the client may write.
    int trial_of_writing();

private:
    std::optional<Json> one(std::string url);
    Page query(std::string_view resource, const std::string& where, sdk::Fields fields);
    sdk::HttpResponse send(sdk::HttpRequest request);

    const Settings& settings_;
    sdk::Call& call_;
};

}  // namespace orderhub::commercetools
