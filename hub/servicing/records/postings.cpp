#include "hub/servicing/records/postings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/progress/progress.hpp"
#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

using domain::Posting;
using domain::PostingState;

Result<Posting> read(const json::object& object) {
    std::optional<Error> error;
    const Reader from(object, "", error);
    Posting posting;
    const auto currency = domain::currency(from.text("currency"));
    if (!currency)
        return fail(ErrorKind::Invalid, "invalid_record", currency.error().message, "/currency");
    posting.currency = *currency;
    posting.external_id = from.object("source").text("external_id");
    posting.observed_at = from.object("source").instant("observed_at");
    posting.kind = from.text("kind") == "invoice" ? domain::PostingKind::invoice
                                                  : domain::PostingKind::credit_memo;
    posting.reference = from.text("reference");
    posting.posted_number = from.text("posted_number");
    const std::string state = from.text("state");
    posting.state = state == "posted"      ? PostingState::posted
                    : state == "cancelled" ? PostingState::cancelled
                                           : PostingState::draft;
    posting.total = from.amount("totals", *currency);
    const auto date = from_rfc3339(from.text("date") + "T00:00:00Z");
    if (!date) return fail(ErrorKind::Invalid, "invalid_record", date.error().message, "/date");
    posting.date = *date;
    if (error) return std::unexpected(*error);
    if (posting.external_id.empty() || posting.reference.empty())
        return fail(ErrorKind::Invalid, "invalid_record",
                    "a posting needs source.external_id and reference", "/source");
    return posting;
}

domain::Document* find_document(domain::Order& order, const std::string& number, bool& memo) {
    for (auto* documents : {&order.credit_memos, &order.invoices}) {
        const auto found = std::ranges::find(*documents, number, &domain::Document::number);
        memo = documents == &order.credit_memos;
        if (found != documents->end()) return &*found;
    }
    return nullptr;
}

/// True if the document has changed.
bool bring_in_line(const Work& work, domain::Order& order, const Posting& posting) {
    bool memo = true;
    domain::Document* document = find_document(order, posting.reference, memo);
    if (document == nullptr || posting.currency != order.currency) return false;
    const bool same = posting.total == document->total;
    const auto state = same ? domain::DocumentState::posted : domain::DocumentState::differs;
    if (document->state == state && document->posted_number == posting.posted_number) return false;
    document->posted_number = posting.posted_number;
    settle_document(work, order, *document, posting.total, memo);
    return true;
}

}  // namespace

Result<Posting> read_posting_record(std::string_view text) {
    boost::system::error_code failed;
    const json::value value = json::parse(text, failed);
    if (failed || !value.is_object())
        return fail(ErrorKind::Invalid, "invalid_record", "a record must be a JSON object");
    return read(value.get_object());
}

Result<void> apply_posting_record(const Work& work, std::string_view connector,
                                  std::string_view text) {
    const auto posting = read_posting_record(text);
    if (!posting) return std::unexpected(posting.error());
    if (posting->state != PostingState::posted) return {};
    for (const OrderRow& row : work.state.find_orders({.text = posting->reference})) {
        domain::Order order = decode_order(row.document);
        if (!bring_in_line(work, order, *posting)) continue;
        work.save(order);
        work.journal("document.posted", order,
                     {{"number", posting->reference},
                      {"posted_number", posting->posted_number},
                      {"connector", connector}});
    }
    return {};
}

}  // namespace orderhub::servicing
