// Reads orders, whole, as records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mapping.hpp"
#include "queries.hpp"

namespace orderhub::salesforce_commerce {

class OrderReader {
public:
    /// `left_out`: where orders go of which no record can be made; without it they are refused.
    OrderReader(const Settings& settings, salesforce::Client& client, sdk::Call& call,
                sdk::LeftOut* left_out = nullptr)
        : settings_(settings), client_(client), call_(call), left_out_(left_out) {}

    /// Emits those of the orders (or summaries) that are there and meet the conditions. Throws
    /// Stop.
    void emit(const Ids& ids);

    /// One order as it is now; nothing if there is none.
    std::optional<sdk::Order> read(const std::string& order);

private:
    void emit_orders(const Ids& ids);
    void emit_summaries(const Ids& ids);
    std::vector<OrderRows> read_orders(const Ids& ids);
    Json whole(Json row, std::initializer_list<std::string> relations);
    template <class Rows>
    void emit_one(const Rows& rows, const std::string& id, const std::string& observed_at);

    const Settings& settings_;
    salesforce::Client& client_;
    sdk::Call& call_;
    sdk::LeftOut* const left_out_;
};

}  // namespace orderhub::salesforce_commerce
