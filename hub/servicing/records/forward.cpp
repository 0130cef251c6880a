// An order that has just come in, told to whoever is to hear of it.
#include "hub/domain/status.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace json = boost::json;

namespace {

constexpr const char* kKind = "order.forward";

json::array product_lines(const domain::Order& order) {
    json::array lines;
    for (const domain::Line& line : order.lines)
        if (line.kind == domain::LineKind::product)
            lines.push_back(
                json::object{{"sku", line.sku},
                             {"quantity", line.ordered},
                             {"amount", domain::to_decimal(line.original.inc, order.currency)}});
    return lines;
}

}  // namespace

void forward(const Work& work, const domain::Order& order) {
    OutgoingCommand command;
    command.connector = work.settings.route(kKind);
    if (command.connector.empty()) return;
    command.kind = kKind;
    command.key = work.id("fw");
    command.order_key = command.order_id = order.id;
    work.send(std::move(command),
              {{"order",
                {{"external_id", order.external_id},
                 {"number", order.number},
                 {"currency", order.currency.code}}},
               {"customer_email", order.customer.email},
               {"total", domain::to_decimal(domain::original_total(order).inc, order.currency)},
               {"lines", product_lines(order)}});
}

}  // namespace orderhub::servicing
