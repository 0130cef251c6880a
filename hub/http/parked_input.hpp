// Which deliveries and messages a caller means: the same filters as query parameters of a list and
// as members of a body.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "hub/http/call.hpp"
#include "hub/routing/parked_work.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

struct WorkFilter {
    std::string connector;
    std::string kind;
    std::string code;
    std::string order;
    std::int64_t before_ms = 0;  ///< of "older_than"; 0 if absent
};

/// The parameters connector, kind, code, order and older_than; a 400 for an instant that is none.
Checked<WorkFilter> work_filter(const Target& target);
/// The members of the same names; the rest of the body is left alone.
Checked<WorkFilter> work_filter(const boost::json::object& body);

routing::DeliveryQuery delivery_query(const WorkFilter& filter);
/// Nothing if it names an order that there is not: no message shows it.
std::optional<routing::MessageQuery> message_query(const WorkFilter& filter,
                                                   store::Transaction& transaction);

/// Of a body that asks for many: how many at most, and whether they are only to be counted.
std::uint32_t retry_limit(const boost::json::object& body);
bool is_dry_run(const boost::json::object& body);

}  // namespace orderhub::http
