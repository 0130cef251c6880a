#include "hub/runtime/config_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

bool moves_money(const connectors::Manifest& manifest) {
    return std::ranges::any_of(manifest.commands, [](const std::string& kind) {
        return kind == "refund.create" || kind.starts_with("payment.");
    });
}

/// The complaint about a connector that is named in `payments`, or nothing.
std::optional<std::string> trouble_with(const Manifests& manifests, const std::string& name,
                                        bool moves) {
    const auto known = manifests.find(name);
    if (known == manifests.end()) return "there is no connector named " + name;
    if (moves && known->second && !moves_money(*known->second))
        return name + " moves no money: it has none of refund.create, payment.capture and " +
               "payment.reverse";
    return std::nullopt;
}

servicing::PaymentRoute payment_route_of(const json::object& entry) {
    const auto texts = [&](std::string_view key) {
        std::vector<std::string> all;
        if (const auto* list = entry.if_contains(key))
            for (const auto& each : list->as_array())
                all.emplace_back(each.as_string());
        return all;
    };
    return {std::string(entry.at("connector").as_string()), texts("storefronts"), texts("methods"),
            texts("references")};
}

}  // namespace

void read_routes(const YamlFile& file, const Manifests& manifests, Config& config,
                 std::vector<Complaint>& complaints) {
    const auto* routes = file.value().as_object().if_contains("routes");
    if (!routes) return;
    for (const auto& [kind, value] : routes->as_object()) {
        const std::string name(value.as_string());
        const auto known = manifests.find(name);
        const auto pointer = "/routes/" + std::string(kind);
        if (known == manifests.end())
            complaints.push_back(file.complaint(pointer, "there is no connector named " + name));
        else if (known->second &&
                 std::ranges::find(known->second->commands, kind) == known->second->commands.end())
            complaints.push_back(
                file.complaint(pointer, name + " cannot carry out " + std::string(kind)));
        config.routes.emplace(kind, name);
    }
}

void read_payments(const YamlFile& file, const Manifests& manifests, Config& config,
                   std::vector<Complaint>& complaints) {
    const auto* list = file.value().as_object().if_contains("payments");
    if (!list) return;
    for (std::size_t i = 0; i < list->as_array().size(); ++i) {
        auto route = payment_route_of(list->at(i).as_object());
        const auto at = "/payments/" + std::to_string(i);
        const auto complain = [&](const std::string& below, const std::string& name, bool moves) {
            if (const auto trouble = trouble_with(manifests, name, moves))
                complaints.push_back(file.complaint(at + below, *trouble));
        };
        complain("/connector", route.connector, true);
        for (std::size_t k = 0; k < route.storefronts.size(); ++k)
            complain("/storefronts/" + std::to_string(k), route.storefronts[k], false);
        config.payments.push_back(std::move(route));
    }
}

}  // namespace orderhub::runtime
