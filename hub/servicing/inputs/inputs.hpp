// What an agent asks for, as the API takes it: one reader for each action. Strict: a member that
// the action does not know, one of a wrong type and one that is missing are left in the reader as
// its error. Amounts are decimal text in the order's currency, percentages decimal text.
#pragma once

#include "hub/domain/discount.hpp"
#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/removal.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

using domain::Currency;

domain::RemovalInput read_removal(const Reader& from, const Currency& currency);
domain::DiscountInput read_discount(const Reader& from, const Currency& currency);
domain::DiscountInput read_appeasement(const Reader& from, const Currency& currency);
domain::ExchangeInput read_exchange(const Reader& from, const Currency& currency);

domain::FulfilInput read_reship(const Reader& from, const Currency& currency);
domain::FulfilInput read_fulfil(const Reader& from, const Currency& currency);
domain::UpdateFulfilmentInput read_update_fulfilment(const Reader& from, const Currency& currency);

domain::OpenReturnInput read_open_return(const Reader& from, const Currency& currency);
domain::ReceiveInput read_receive_return(const Reader& from, const Currency& currency);
domain::CloseReturnInput read_close_return(const Reader& from, const Currency& currency);

/// Something of the order, and why.
struct Reference {
    std::string id;
    std::string reason;
};
Reference read_move_return(const Reader& from, const Currency& currency);
Reference read_cancel_return(const Reader& from, const Currency& currency);

domain::RefundInput read_refund_input(const Reader& from, const Currency& currency);
struct RetryRefundInput {
    std::string refund;
    domain::TenderWish tenders;
};
RetryRefundInput read_retry_refund(const Reader& from, const Currency& currency);
domain::CaptureInput read_capture(const Reader& from, const Currency& currency);
/// `id`: a payment's external id, or empty.
Reference read_reversal(const Reader& from, const Currency& currency);
domain::RecordPaymentInput read_record_payment(const Reader& from, const Currency& currency);

Reference read_suspend(const Reader& from, const Currency& currency);
struct ResolveInput {
    std::string exception;
    bool ignore = false;
    std::string reason;
};
ResolveInput read_resolve(const Reader& from, const Currency& currency);

// Parts that several have:

std::vector<domain::UnitsOfLine> read_units(const Reader& from);
std::vector<domain::Fee> read_fees(const Reader& from, const Currency& currency);
/// "tenders" and "partial".
domain::TenderWish read_tenders(const Reader& from, const Currency& currency);

}  // namespace orderhub::servicing
