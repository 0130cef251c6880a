// Flows and their runs as the API shows them.
#pragma once

#include <boost/json/object.hpp>

#include "hub/flows/engine.hpp"

namespace orderhub::flows {

/// {"id", "flow", "flow_version", "state", "order_id", "case_id", "action_id", "parent_id",
/// "started_by", "started_at", "updated_at", "due_at", "message", "ask": {"role"} or null}.
boost::json::object run_summary(const Run& run);
/// And {"action", "input", "plan", "failure", "steps": [{"number", "step", "kind", "state",
/// "started_at", "ended_at", "duration_ms", "input", "output", "by", "comment", "error"}]}.
boost::json::object run_view(const Run& run, const std::vector<RunStep>& steps);
/// {"items", "next"}.
boost::json::object runs_page(const std::vector<Run>& runs, std::uint32_t limit);

/// {"name", "version", "title", "starts", "steps": how many}.
boost::json::object flow_summary(const Flow& flow);
/// And {"text", "versions": [{"version", "loaded_at"}]}.
boost::json::object flow_view(const Flow& flow, const std::vector<FlowText>& versions);
boost::json::object complaint_view(const Complaint& complaint);

}  // namespace orderhub::flows
