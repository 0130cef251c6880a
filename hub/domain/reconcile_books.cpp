#include <algorithm>
#include <map>

#include "hub/domain/reconcile_sides.hpp"

namespace orderhub::domain {

namespace {

using Postings = std::map<std::string_view, std::vector<const Posting*>>;  ///< by reference

std::string state_in_words(DocumentState state) {
    switch (state) {
        case DocumentState::queued:
            return "waits to be posted";
        case DocumentState::unknown:
            return "was sent, and it is not known whether it was posted";
        case DocumentState::refused:
            return "was refused by the books";
        case DocumentState::posted:
        case DocumentState::differs:
            break;
    }
    return "was posted";
}

/// One document of the hub against the postings of its number.
class DocumentCheck {
public:
    DocumentCheck(Findings& findings, const Order& order, const Document& document,
                  std::string_view word)
        : findings_(findings), order_(order), document_(document), word_(word) {}

    void run(const std::vector<const Posting*>& all) {
        std::vector<const Posting*> living;
        for (const Posting* each : all)
            if (each->state != PostingState::cancelled) living.push_back(each);
        if (living.empty()) return absent(!all.empty());
        if (living.size() > 1) return doubled(living);
        single(*living.front());
    }

private:
    void add(DifferenceKind kind, std::string_view code, std::optional<Minor> theirs,
             std::string reason) {
        findings_.add(kind, word_ + std::string(code), document_.number, document_.total.inc,
                      theirs, std::move(reason));
    }

    void absent(bool cancelled_there) {
        if (cancelled_there)
            return add(DifferenceKind::missing, "_cancelled_in_books", std::nullopt,
                       "It was cancelled in the books and still counts here.");
        std::string words = "It " + state_in_words(document_.state);
        if (!document_.message.empty()) words += " (" + document_.message + ")";
        switch (document_.state) {
            case DocumentState::queued:
                return add(DifferenceKind::explained, "_queued", std::nullopt, words + ".");
            case DocumentState::unknown:
                return add(DifferenceKind::missing, "_unknown", std::nullopt,
                           words + "; the books do not have it.");
            case DocumentState::refused:
                return add(DifferenceKind::missing, "_refused", std::nullopt, words + ".");
            case DocumentState::posted:
            case DocumentState::differs:
                break;
        }
        add(DifferenceKind::missing, "_not_in_books", std::nullopt,
            "It was posted as " + document_.posted_number + "; the books do not have it.");
    }

    void doubled(const std::vector<const Posting*>& all) {
        Minor sum;
        std::string numbers;
        for (const Posting* each : all) {
            sum += each->total.inc;
            if (!numbers.empty()) numbers += ", ";
            numbers += each->posted_number.empty() ? "a draft" : each->posted_number;
        }
        add(DifferenceKind::doubled, "_doubled", sum,
            "The books have it " + std::to_string(all.size()) + " times: " + numbers + ".");
    }

    void single(const Posting& posting) {
        if (posting.currency != order_.currency)
            return add(DifferenceKind::different, "_currency_differs", std::nullopt,
                       "The books have it in " + posting.currency.code + ".");
        const Minor theirs = posting.total.inc;
        if (posting.state == PostingState::draft)
            return add(DifferenceKind::different, "_draft_in_books", theirs,
                       "The books have it as a draft that is not posted; here it " +
                           state_in_words(document_.state) + ".");
        if (posting.total != document_.total) return totals_differ(posting);
        if (document_.state == DocumentState::posted || document_.state == DocumentState::differs)
            return;
        add(document_.state == DocumentState::refused ? DifferenceKind::different
                                                      : DifferenceKind::explained,
            "_state_behind", theirs,
            "The books have it as " + posting.posted_number + "; here it " +
                state_in_words(document_.state) + ".");
    }

    void totals_differ(const Posting& posting) {
        const Minor by = posting.total.inc - document_.total.inc;
        std::string words = "The books have it as " + posting.posted_number + " and differ by " +
                            findings_.money(by);
        if (by == Minor{})
            words += "; before tax by " + findings_.money(posting.total.ex - document_.total.ex);
        add(DifferenceKind::different, "_totals_differ", posting.total.inc, words + ".");
    }

    Findings& findings_;
    const Order& order_;
    const Document& document_;
    const std::string word_;
};

const std::vector<const Posting*>& of(const Postings& postings, const std::string& number) {
    static const std::vector<const Posting*> kNone;
    const auto found = postings.find(number);
    return found == postings.end() ? kNone : found->second;
}

/// Our prefix and digits, as the hub numbers its documents.
bool is_of_series(std::string_view number, const std::vector<std::string>& series) {
    return std::ranges::any_of(series, [&](const std::string& prefix) {
        if (!number.starts_with(prefix) || number.size() == prefix.size()) return false;
        return number.substr(prefix.size()).find_first_not_of("0123456789") ==
               std::string_view::npos;
    });
}

/// Money that went out without a document that would say so in the books.
void undocumented(const Period& period, const Order& order, std::vector<Difference>& found) {
    Findings findings(found, ReconciledSide::books, order);
    for (const Refund& refund : order.refunds) {
        if (refund.state != MoneyState::succeeded || !period.holds(happened_at(refund))) continue;
        const std::string& subject = refund.external_id.empty() ? refund.id : refund.external_id;
        const auto add = [&](std::string code, std::string reason) {
            findings.add(DifferenceKind::explained, std::move(code), subject, refund.amount,
                         std::nullopt, std::move(reason));
        };
        if (refund.kind == RefundKind::excess)
            add("excess_without_memo",
                "Money that was paid beyond the order's total went back; no memo belongs to it.");
        if (refund.kind == RefundKind::goodwill)
            add("goodwill_without_memo", "A gift to the customer; no memo belongs to it.");
        if (refund.kind == RefundKind::foreign)
            add("foreign_without_memo",
                "It was refunded in " + refund.origin + ", where the hub makes no memo.");
    }
}

void unknown_here(const Reconciliation& input, const std::set<std::string_view>& numbers,
                  std::vector<Difference>& found) {
    for (const Posting& each : *input.postings) {
        if (each.state == PostingState::cancelled || !input.period.holds(each.date) ||
            numbers.contains(each.reference) || !is_of_series(each.reference, input.series))
            continue;
        found.push_back(
            {DifferenceKind::missing, ReconciledSide::books, "unknown_in_hub", "", "",
             each.reference, each.currency, std::nullopt, each.total.inc,
             "The books have a number of the hub's series that the hub never gave" +
                 (each.posted_number.empty() ? "." : ", as " + each.posted_number + ".")});
    }
}

}  // namespace

void reconcile_books(const Reconciliation& input, std::vector<Difference>& found) {
    Postings postings;
    for (const Posting& each : *input.postings)
        postings[each.reference].push_back(&each);
    std::set<std::string_view> numbers;
    for (const Order& order : input.orders) {
        Findings findings(found, ReconciledSide::books, order);
        const auto check = [&](const std::vector<Document>& documents, std::string_view word) {
            for (const Document& document : documents) {
                numbers.insert(document.number);
                if (input.period.holds(document.at))
                    DocumentCheck(findings, order, document, word)
                        .run(of(postings, document.number));
            }
        };
        check(order.credit_memos, "memo");
        check(order.invoices, "invoice");
        undocumented(input.period, order, found);
    }
    unknown_here(input, numbers, found);
}

}  // namespace orderhub::domain
