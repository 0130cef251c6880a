#include <boost/json/parse.hpp>

#include "hub/servicing/event_view.hpp"

namespace orderhub::servicing {

namespace json = boost::json;

json::object event_view(const Event& event) {
    return {{"sequence", event.sequence},
            {"id", event.id},
            {"type", event.type},
            {"order_id", event.order_id},
            {"case_id", event.case_id},
            {"actor", event.actor},
            {"trace", event.trace},
            {"data", json::parse(event.data)},
            {"at", event.at}};
}

json::object audit_view(const Event& event, std::string_view erased) {
    json::object view = event_view(event);
    view["address"] = event.address;
    if (!erased.empty()) view["erased"] = erased;
    return view;
}

}  // namespace orderhub::servicing
