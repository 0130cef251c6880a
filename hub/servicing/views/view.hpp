// Internal to servicing: documents as the API shows them. Money is decimal text, instants are RFC
// 3339.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"
#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

boost::json::object order_view(const domain::Order& order, const std::vector<StepRow>& steps,
                               const std::vector<CaseRow>& cases);
boost::json::object case_view(const domain::Case& support_case);
/// A credit memo or an invoice as sdk/schemas/commands has it.
boost::json::object document_record(const domain::Order& order, const domain::Document& document);

// Parts:

boost::json::object step_view(const StepRow& step);
boost::json::object customer_view(const domain::Customer& customer);
boost::json::object address_view(const domain::Address& address);
boost::json::array taxes_view(const std::vector<domain::Tax>& taxes,
                              const domain::Currency& currency);
boost::json::value instant_view(std::int64_t at);  ///< null for 0
boost::json::object line_view(const domain::Line& line, const domain::Order& order);
/// Kind, stage, origin, actor, reason, lines and delta: what a plan shows of it too.
boost::json::object change_core(const domain::ChangeOrder& change, const domain::Order& order);
boost::json::object change_view(const domain::ChangeOrder& change, const domain::Order& order);
boost::json::array payments_view(const domain::Order& order);
boost::json::object refund_view(const domain::Refund& refund, const domain::Order& order);
boost::json::object document_view(const domain::Document& document, const domain::Order& order);
boost::json::object money_view(const domain::Order& order);
/// What the total is made of: as placed, and what has changed it since. Each list adds up to its
/// total.
boost::json::object totals_view(const domain::Order& order);
boost::json::object fulfilment_view(const domain::Fulfilment& fulfilment);
boost::json::array fulfilment_lines(const domain::Fulfilment& fulfilment);
boost::json::object return_order_view(const domain::ReturnOrder& each, const domain::Order& order);
/// Of a return order, without what only a stored one has.
boost::json::array return_lines_view(const domain::ReturnOrder& each);

}  // namespace orderhub::servicing
