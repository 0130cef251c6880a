#include "hub/http/audit.hpp"

#include <boost/json/serialize.hpp>

#include "hub/http/instant.hpp"

namespace orderhub::http {

void note(const Parts& parts, const Call& call, store::Transaction& transaction,
          std::string_view type, const boost::json::object& details) {
    servicing::Event event;
    event.id = parts.make_id("ev");
    event.type = type;
    event.actor = "agent:" + call.caller.name;
    event.trace = call.trace;
    event.data = boost::json::serialize(details);
    event.at = rfc3339(parts.now_ms());
    event.address = call.request.address;
    transaction.append(std::move(event));
}

}  // namespace orderhub::http
