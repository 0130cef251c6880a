#include "mapping.hpp"

namespace orderhub::order_sink {

namespace json = boost::json;

json::object receivers_order(const json::object& command) {
    json::array lines;
    for (const json::value& line : command.at("lines").as_array())
        lines.push_back(json::object{
            {"sku", line.at("sku")}, {"qty", line.at("quantity")}, {"amount", line.at("amount")}});
    return {{"externalId", command.at("order").at("external_id")},
            {"customerEmail", command.at("customer_email")},
            {"total", command.at("total")},
            {"lines", std::move(lines)}};
}

}  // namespace orderhub::order_sink
