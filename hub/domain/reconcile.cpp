#include "hub/domain/reconcile.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "hub/domain/reconcile_sides.hpp"

namespace orderhub::domain {

namespace {

using Source = std::pair<std::string_view, std::string_view>;  ///< connector, external id

bool is_made_here(const Order& order) {
    return order.external_id.empty() ||
           std::ranges::any_of(order.related, [](const RelatedOrder& each) {
               return each.relation == Relation::exchanged;
           });
}

auto rank(const Difference& each) {
    return std::tie(each.side, each.order_number, each.subject, each.code, each.order_id,
                    each.reason);
}

}  // namespace

void Findings::add(DifferenceKind kind, std::string code, std::string subject,
                   std::optional<Minor> ours, std::optional<Minor> theirs, std::string reason) {
    all_.push_back({kind, side_, std::move(code), order_.id, order_.number, std::move(subject),
                    order_.currency, ours, theirs, std::move(reason)});
}

std::string Findings::money(Minor amount) const {
    return to_decimal(amount, order_.currency) + " " + order_.currency.code;
}

std::int64_t happened_at(const Refund& refund) {
    return refund.done_at != 0 ? refund.done_at : refund.at;
}

std::vector<Difference> reconcile(const Reconciliation& input) {
    std::vector<Difference> found;
    if (input.postings) reconcile_books(input, found);
    std::map<Source, const Order*> known;
    for (const Order& order : input.orders)
        known.emplace(Source{order.connector, order.external_id}, &order);
    std::set<Source> seen;
    for (const ShownOrder& shown : input.shown) {
        const Source source{shown.connector, shown.order.external_id};
        seen.insert(source);
        const auto ours = known.find(source);
        const Order* order = ours == known.end() ? nullptr : ours->second;
        reconcile_shown(input.period, order, shown, found);
        if (order != nullptr) reconcile_payments(input.period, *order, shown.order, found);
    }
    for (const Order& order : input.orders)
        if (input.storefronts.contains(order.connector) && !is_made_here(order) &&
            !seen.contains({order.connector, order.external_id}))
            reconcile_not_shown(input.period, order, found);
    std::ranges::sort(found,
                      [](const Difference& a, const Difference& b) { return rank(a) < rank(b); });
    return found;
}

std::string_view to_text(DifferenceKind kind) {
    constexpr std::string_view kWords[] = {"missing", "doubled", "different", "explained"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string_view to_text(ReconciledSide side) {
    constexpr std::string_view kWords[] = {"books", "payments", "storefront"};
    return kWords[static_cast<std::size_t>(side)];
}

}  // namespace orderhub::domain
