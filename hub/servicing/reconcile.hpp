// A reconciliation's two sides: what the hub holds of a period, and the records that connectors
// give of it. The records are compared, never applied.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/domain/reconcile.hpp"
#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

/// The hub's orders that something happened to in the period or within a day of it, found by the
/// journal: what is older is not read.
std::vector<domain::Order> orders_of_period(State& state, const domain::Period& period);

/// From when on a connector must be asked: the day before the period, because clocks differ and the
/// books date by the day; earlier where one of its orders that count was placed earlier.
std::int64_t ask_from(const domain::Period& period, const std::vector<domain::Order>& orders,
                      std::string_view connector);

/// What connectors gave, each object once, as it was observed last.
class OutsideRecords {
public:
    /// True if it brings something new; other kinds than order and posting bring nothing. Errors:
    /// Invalid.
    Result<bool> add(const std::string& connector, std::string_view kind, std::string_view json);

    std::vector<domain::ShownOrder> orders() const;
    std::vector<domain::Posting> postings() const;

private:
    using Source = std::pair<std::string, std::string>;  ///< connector, external id
    std::map<Source, domain::Snapshot> orders_;
    std::map<Source, domain::Posting> postings_;
};

/// The hub's orders of the period, and those that are shown without being among them.
std::vector<domain::Order> orders_to_compare(State& state, const domain::Period& period,
                                             const std::vector<domain::ShownOrder>& shown);

/// {"counts": {"missing", "doubled", "different", "explained"}, "items": [...]}; see the API's
/// document.
boost::json::object differences_view(const std::vector<domain::Difference>& differences);

}  // namespace orderhub::servicing
