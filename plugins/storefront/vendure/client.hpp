// The calls of Vendure's Admin API that the connector makes. All throw sdk::Stop (see graphql.hpp).
#pragma once

#include <optional>

#include "graphql.hpp"

namespace orderhub::vendure {

/// An order as it was read, with its whole history.
struct ReadOrder {
    json::object order;
    std::int64_t observed_at_ms = 0;  ///< host's clock, before the first request
};

struct CancelledLine {
    std::string line;
    std::int64_t quantity = 0;
};

class Client {
public:
    explicit Client(const Config& config) : graphql_(config) {}

    /// Nothing if the shop has no such order, or not in this channel.
    std::optional<ReadOrder> read_order(sdk::Call& call, std::string_view id);

    /// Rows of the order list (what kOrderRows asks for), oldest `field` first. `take` at most
    /// 1000.
    json::array list_orders(sdk::Call& call, json::object filter, std::string_view field,
                            std::size_t take);

    /// Asks for a refund; returns Vendure's row, or an ErrorResult. `amount` in minor units.
    json::object refund(sdk::Call& call, std::string_view payment, std::int64_t amount,
                        std::string_view reason);

    /// Cancels units, not the shipping. Returns the order's id, or an ErrorResult.
    json::object cancel(sdk::Call& call, std::string_view order,
                        const std::vector<CancelledLine>& lines, std::string_view reason);

    /// Asks the shop something harmless that needs ReadOrder, then something that needs
    /// UpdateOrder.
    void probe(sdk::Call& call);

private:
    void read_rest_of_history(sdk::Call& call, json::object& order, std::string_view id);

    GraphQl graphql_;
};

}  // namespace orderhub::vendure
