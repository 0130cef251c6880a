// The hub against the books, the payment side and the storefront, for a period: what is missing,
// doubled or different, with a reason each.
//
// What counts: a document or refund counts if it was made in the period, an order if it was placed
// in it or something of it counts. The outside is as it is now, not as it was at the period's end.
//
// Totals of orders: a storefront shows an order as placed, less what was cancelled or edited there.
// It does not show what the hub decided and it was not told: discounts, returns, fees. So the
// hub's total less those of the hub's own change orders that nothing shows (Echo::none) must be the
// storefront's. Cancellations that are still on their way there may show or not. A difference that
// this explains is no difference; it is reported as explained.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

/// Milliseconds since the epoch; `to` is the first that no longer counts.
struct Period {
    std::int64_t from = 0;
    std::int64_t to = 0;

    bool holds(std::int64_t instant) const { return instant >= from && instant < to; }
};

enum class PostingKind { credit_memo, invoice };
enum class PostingState { draft, posted, cancelled };

/// A credit memo or invoice as the books have it.
struct Posting {
    std::string external_id;
    std::int64_t observed_at = 0;
    PostingKind kind = PostingKind::credit_memo;
    std::string reference;  ///< our number, as the books keep it
    std::string posted_number;
    PostingState state = PostingState::posted;
    std::int64_t date = 0;  ///< the beginning of its day
    Currency currency;
    Amount total;  ///< positive
};

struct ShownOrder {
    std::string connector;
    Snapshot order;
};

struct Reconciliation {
    Period period;
    /// The hub's: all that something happened to in the period, and all that are among `shown`.
    std::vector<Order> orders;
    std::optional<std::vector<Posting>> postings;  ///< each once; nothing: the books were not asked
    std::vector<std::string> series;    ///< what the numbers of the hub's documents begin with
    std::set<std::string> storefronts;  ///< connectors that were asked
    std::vector<ShownOrder> shown;      ///< each once, as observed last
};

/// missing: one side has it and the other does not. explained: seen, understood and no difference.
enum class DifferenceKind { missing, doubled, different, explained };
enum class ReconciledSide { books, payments, storefront };

struct Difference {
    DifferenceKind kind = DifferenceKind::missing;
    ReconciledSide side = ReconciledSide::books;
    std::string code;  ///< stable: "memo_not_in_books"
    std::string order_id;
    std::string order_number;
    std::string subject;  ///< a document's number, a refund's, payment's or order's external id
    Currency currency;
    std::optional<Minor> ours;
    std::optional<Minor> theirs;
    std::string reason;  ///< a sentence for a person
};

/// Whether anything of the order counts for the period. Then its storefront must be asked from its
/// placing on, for a refund may leave no trace by which it would list the order as changed.
bool counts(const Period& period, const Order& order);

/// In the order of side, order number, subject, code.
std::vector<Difference> reconcile(const Reconciliation& input);

std::string_view to_text(DifferenceKind kind);
std::string_view to_text(ReconciledSide side);

}  // namespace orderhub::domain
