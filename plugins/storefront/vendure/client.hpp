// The calls of Vendure's Admin API that the connector makes. All throw sdk::Stop (see graphql.hpp).
#pragma once

#include <optional>

#include "graphql.hpp"
#include "payload.hpp"

namespace orderhub::vendure {

/// An order as it was read, with its whole history.
struct ReadOrder {
    json::object order;
    std::int64_t observed_at_ms = 0;  ///< host's clock, before the first request
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
                        const std::vector<LineUnits>& lines, std::string_view reason);

    /// Makes a fulfilment with the handler that every shop has; returns Vendure's row, or an
    /// ErrorResult. `carrier` and `tracking` may be empty.
    json::object add_fulfilment(sdk::Call& call, const std::vector<LineUnits>& lines,
                                std::string_view carrier, std::string_view tracking);

    /// Returns Vendure's row, or an ErrorResult; moving to the state that it is in is an error,
    /// too.
    json::object move_fulfilment(sdk::Call& call, std::string_view id, std::string_view state);

    /// A note that customers do not see.
    void add_note(sdk::Call& call, std::string_view order, std::string_view note);

    /// Takes, or gives up, an authorized payment. Returns Vendure's row, or an ErrorResult.
    json::object settle_payment(sdk::Call& call, std::string_view id);
    json::object cancel_payment(sdk::Call& call, std::string_view id);

    /// Asks the shop something harmless that needs ReadOrder, then something that needs
    /// UpdateOrder.
    void probe(sdk::Call& call);

private:
    json::object write(sdk::Call& call, std::string_view query, const json::object& variables);
    void read_rest_of_history(sdk::Call& call, json::object& order, std::string_view id);

    GraphQl graphql_;
};

}  // namespace orderhub::vendure
