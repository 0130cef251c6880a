#include "mapping.hpp"

namespace orderhub::order_sink {

using sdk::Json;

Json receivers_order(const sdk::OrderForward& command) {
    Json lines = Json::array();
    for (const auto& line : command.lines)
        lines.push(
            Json::object({{"sku", line.sku}, {"qty", line.quantity}, {"amount", line.amount}}));
    return Json::object({{"externalId", command.order.external_id},
                         {"customerEmail", command.customer_email},
                         {"total", command.total},
                         {"lines", std::move(lines)}});
}

}  // namespace orderhub::order_sink
