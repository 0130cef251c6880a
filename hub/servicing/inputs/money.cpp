// Money, and what a person must look at.
#include "hub/servicing/inputs/inputs.hpp"

namespace orderhub::servicing {

domain::TenderWish read_tenders(const Reader& from, const Currency& currency) {
    domain::TenderWish wish;
    from.each("tenders", [&](const Reader& each) {
        each.only({"payment", "operation", "amount"});
        wish.sequence.push_back({each.required_text("payment"), each.short_text("operation"),
                                 each.positive("amount", currency)});
    });
    wish.partial = from.flag("partial", false);
    return wish;
}

domain::RefundInput read_refund_input(const Reader& from, const Currency& currency) {
    from.only({"kind", "amount", "reason", "tenders", "partial"});
    domain::RefundInput input;
    input.kind = from.required_choice<domain::RefundKind>("kind");
    if (input.kind != domain::RefundKind::excess && input.kind != domain::RefundKind::goodwill)
        from.refuse("/kind", "must be one of excess, goodwill");
    if (from.has("amount")) input.amount = from.positive("amount", currency);
    if (input.kind == domain::RefundKind::goodwill)
        from.need("amount", "an amount as decimal text");
    input.reason = from.required_text("reason");
    input.tenders = read_tenders(from, currency);
    return input;
}

RetryRefundInput read_retry_refund(const Reader& from, const Currency& currency) {
    from.only({"refund", "reason", "tenders", "partial"});
    from.required_text("reason");
    return {from.required_text("refund"), read_tenders(from, currency)};
}

domain::CaptureInput read_capture(const Reader& from, const Currency& currency) {
    from.only({"payment", "amount", "reason"});
    domain::CaptureInput input;
    input.payment = from.short_text("payment");
    if (from.has("amount")) input.amount = from.positive("amount", currency);
    input.reason = from.short_text("reason");
    return input;
}

Reference read_reversal(const Reader& from, const Currency&) {
    from.only({"payment", "reason"});
    return {from.short_text("payment"), from.required_text("reason")};
}

domain::RecordPaymentInput read_record_payment(const Reader& from, const Currency& currency) {
    from.only({"method", "reference", "amount", "reason"});
    domain::RecordPaymentInput input;
    input.method = from.required_text("method");
    input.reference = from.short_text("reference");
    input.amount = from.positive("amount", currency);
    input.reason = from.required_text("reason");
    return input;
}

Reference read_suspend(const Reader& from, const Currency&) {
    from.only({"reason"});
    return {{}, from.required_text("reason")};
}

ResolveInput read_resolve(const Reader& from, const Currency&) {
    from.only({"exception", "ignore", "reason"});
    return {from.required_text("exception"), from.flag("ignore", false),
            from.required_text("reason")};
}

}  // namespace orderhub::servicing
