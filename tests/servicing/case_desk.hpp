// Cases and what is decided about them, on the store of servicing's tests.
#pragma once

#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {

inline json::object mail(const char* external_id, const char* subject, const char* text,
                         const char* from = "ada@example.test") {
    json::object message{{"external_id", "m"},
                         {"direction", "inbound"},
                         {"author", "customer"},
                         {"at", "2026-11-22T12:00:00Z"},
                         {"text", text}};
    return {{"source", {{"external_id", external_id}, {"observed_at", "2026-11-22T12:00:00Z"}}},
            {"subject", subject},
            {"state", "open"},
            {"created_at", "2026-11-22T12:00:00Z"},
            {"requester", {{"email", from}}},
            {"messages", json::array({std::move(message)})}};
}

inline json::object second_order() {
    json::object record = mugs_record();
    record["source"].as_object()["external_id"] = "25";
    record["number"] = "XYZ789";
    return record;
}

class Linking : public Desk {
protected:
    json::object case_of(const std::string& external_id) {
        return unit([&](store::Transaction& tx) -> json::object {
            return *service_.case_(tx, tx.find_cases({.text = external_id}).at(0).id);
        });
    }
    std::string id_of(const std::string& number) { return at(order_of(number), "/id"); }
    Result<json::object> reject(const std::string& support_case, const std::string& order) {
        return unit([&](store::Transaction& tx) {
            return service_.reject_order(tx, request(), support_case, order);
        });
    }
    Result<json::object> unlink(const std::string& support_case) {
        return unit([&](store::Transaction& tx) {
            return service_.unlink_case(tx, request(), support_case);
        });
    }
    /// Tells desks what had to wait until now.
    void refresh_desks() {
        unit([&](store::Transaction& tx) { return service_.refresh_desks(tx, request(), 10); });
    }
    /// Types of the events on an order's timeline that are about cases.
    std::vector<std::string> told(const std::string& number) {
        const std::string order = id_of(number);
        return unit([&](store::Transaction& tx) {
            std::vector<std::string> types;
            for (const Event& each : tx.events(0, 1000, order))
                if (each.type.starts_with("case.")) types.push_back(each.type);
            return types;
        });
    }
    Result<json::object> link(const std::string& support_case, std::vector<std::string> orders) {
        return unit([&](store::Transaction& tx) {
            return service_.link_case(tx, request(), support_case, orders);
        });
    }
};

}  // namespace orderhub::servicing
