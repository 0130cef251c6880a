// Credit memos and invoices as the financial system took them.
#include <fmt/format.h>

#include <algorithm>

#include "hub/domain/snapshot.hpp"
#include "hub/servicing/progress/progress.hpp"
#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

namespace {

using domain::DocumentState;

void compare(const domain::Order& order, const domain::Amount& posted, domain::Document& document) {
    document.message.clear();
    document.state = posted == document.total ? DocumentState::posted : DocumentState::differs;
    if (document.state == DocumentState::differs)
        document.message = fmt::format("posted with {} (tax {}), ours is {} (tax {})",
                                       domain::to_decimal(posted.inc, order.currency),
                                       domain::to_decimal(posted.tax, order.currency),
                                       domain::to_decimal(document.total.inc, order.currency),
                                       domain::to_decimal(document.total.tax, order.currency));
}

void wait(domain::Document& document, const DeliveryProgress& progress) {
    document.message = progress.message;
    if (progress.state == "waiting") document.state = DocumentState::queued;
    if (progress.state == "unknown") document.state = DocumentState::unknown;
    if (progress.state == "parked" || progress.state == "dropped")
        document.state = DocumentState::refused;
}

void raise_differs(const Work& work, domain::Order& order, const domain::Document& document,
                   bool memo) {
    domain::ProcessException exception;
    exception.code = memo ? "memo_differs" : "invoice_differs";
    exception.subject = document.id;
    exception.category = "invoicing";
    exception.severity = exception.priority = "high";
    exception.message = document.number + " was " + document.message;
    exception.raised_at = work.request.now_ms;
    domain::raise_exception(order, std::move(exception));
}

}  // namespace

void settle_document(const Work& work, domain::Order& order, domain::Document& document,
                     const domain::Amount& posted, bool memo) {
    compare(order, posted, document);
    if (document.state == DocumentState::differs) return raise_differs(work, order, document, memo);
    domain::resolve_exception(order, memo ? "memo_differs" : "invoice_differs", document.id,
                              work.request.now_ms);
}

Result<void> progress_document(const Work& work, domain::Order& order,
                               const DeliveryProgress& progress) {
    const bool memo = progress.kind == "credit_memo.post";
    mark_parked(work, order, progress, "invoicing");
    auto& documents = memo ? order.credit_memos : order.invoices;
    const auto document = std::ranges::find(documents, progress.key, &domain::Document::key);
    if (document == documents.end() || !document->posted_number.empty()) return {};
    if (progress.state != "done") {
        wait(*document, progress);
        return {};
    }
    const auto result = result_of(progress);
    if (!result) return std::unexpected(result.error());
    std::optional<Error> error;
    const Reader from(*result, "", error, "bad_result");
    const domain::Amount posted = from.amount("totals", order.currency);
    const std::string number = from.required_text("number");
    if (error) return std::unexpected(*error);
    document->posted_number = number;
    settle_document(work, order, *document, posted, memo);
    return {};
}

}  // namespace orderhub::servicing
