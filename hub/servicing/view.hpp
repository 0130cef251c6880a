// Internal to servicing: documents as the API shows them. Money is decimal text, instants are RFC
// 3339.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "hub/domain/actions.hpp"
#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"
#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

boost::json::object order_view(const domain::Order& order, const std::vector<StepRow>& steps,
                               const std::vector<CaseRow>& cases);
boost::json::object case_view(const domain::Case& support_case);
/// A plan against the order as it is before it.
boost::json::object plan_view(const domain::Order& order, const domain::Plan& plan);
/// A credit memo as sdk/schemas/commands/credit_memo.post.schema.json has it.
boost::json::object memo_record(const domain::Order& order, const domain::CreditMemo& memo,
                                const std::string& reason);

boost::json::object step_view(const StepRow& step);
boost::json::object customer_view(const domain::Customer& customer);
boost::json::array taxes_view(const std::vector<domain::Tax>& taxes,
                              const domain::Currency& currency);

}  // namespace orderhub::servicing
