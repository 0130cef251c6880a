// Return orders.
#include "hub/servicing/inputs/inputs.hpp"

namespace orderhub::servicing {

domain::OpenReturnInput read_open_return(const Reader& from, const Currency& currency) {
    from.only({"lines", "reason", "state", "delivery", "fees"});
    domain::OpenReturnInput input;
    from.need_list("lines");
    from.each("lines", [&](const Reader& line) {
        line.only({"line_id", "quantity", "reason"});
        input.lines.push_back({line.required_text("line_id"), line.required_integer("quantity")});
        input.reasons.push_back(line.short_text("reason"));
    });
    input.reason = from.required_text("reason");
    input.state = from.choice("state", domain::ReturnState::approved);
    if (input.state > domain::ReturnState::approved)
        from.refuse("/state", "must be one of draft, submitted, approved");
    input.delivery = from.choice("delivery", domain::DeliveryRule::keep);
    input.fees = read_fees(from, currency);
    return input;
}

Reference read_move_return(const Reader& from, const Currency&) {
    from.only({"return_order", "reason"});
    return {from.required_text("return_order"), from.short_text("reason")};
}

Reference read_cancel_return(const Reader& from, const Currency&) {
    from.only({"return_order", "reason"});
    return {from.required_text("return_order"), from.required_text("reason")};
}

domain::ReceiveInput read_receive_return(const Reader& from, const Currency&) {
    from.only({"return_order", "lines", "reason"});
    domain::ReceiveInput input;
    input.return_order = from.required_text("return_order");
    input.reason = from.short_text("reason");
    from.need_list("lines");
    from.each("lines", [&](const Reader& line) {
        line.only({"return_line", "accepted", "rejected", "condition", "rejection_reason"});
        input.receipts.push_back({line.required_text("return_line"),
                                  line.required_integer("accepted"),
                                  line.required_integer("rejected"), line.short_text("condition"),
                                  line.short_text("rejection_reason")});
    });
    return input;
}

domain::CloseReturnInput read_close_return(const Reader& from, const Currency& currency) {
    from.only({"return_order", "reason", "fees", "tenders", "partial"});
    domain::CloseReturnInput input;
    input.return_order = from.required_text("return_order");
    input.reason = from.short_text("reason");
    if (from.has("fees")) input.fees = read_fees(from, currency);
    input.tenders = read_tenders(from, currency);
    return input;
}

}  // namespace orderhub::servicing
