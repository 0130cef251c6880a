// The words for states and kinds, as records, the API and the journal use them.
#pragma once

#include <string_view>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"

namespace orderhub::domain {

std::string_view to_text(LineKind kind);
std::string_view to_text(ChangeKind kind);
std::string_view to_text(PaymentState state);
std::string_view to_text(MoneyState state);
std::string_view to_text(FulfilmentState state);
std::string_view to_text(MemoState state);
std::string_view to_text(Decision decision);

}  // namespace orderhub::domain
