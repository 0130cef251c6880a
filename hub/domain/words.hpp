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
std::string_view to_text(DocumentState state);
std::string_view to_text(Stage stage);
std::string_view to_text(RefundKind kind);
std::string_view to_text(OperationKind kind);
std::string_view to_text(FulfilmentKind kind);
std::string_view to_text(ReturnState state);
std::string_view to_text(ExceptionState state);
std::string_view to_text(Relation relation);
std::string_view to_text(Decision decision);

}  // namespace orderhub::domain
