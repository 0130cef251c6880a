// Units of work on a real store, with servicing played by the test.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hub/routing/ports.hpp"
#include "hub/store/store.hpp"

namespace orderhub::store {

/// What routing wants done by servicing, inside the unit of work given. The composition provides
/// both.
struct RoutingCallbacks {
    std::function<Result<void>(Transaction&, const routing::Request&, std::string_view connector,
                               std::string_view kind, std::string_view json)>
        apply_record;
    std::function<Result<void>(Transaction&, const routing::Request&, const routing::Delivery&)>
        on_delivery;
    std::function<std::string(std::string_view prefix)> make_id;  ///< of journal entries
};

/// `store` must outlive it, and it must outlive the last unit: stop the store before this goes.
class RoutingUnits final : public routing::Units {
public:
    RoutingUnits(Store& store, RoutingCallbacks callbacks)
        : store_(store), callbacks_(std::move(callbacks)) {}

    void write(Work work, Done done) override;
    Result<void> read(const Look& look) override;
    void watch(Queued queued) override { store_.watch(std::move(queued)); }
    void accompany(Accompany accompany) override;

private:
    Store::Work as_unit(Work work) const;

    Store& store_;
    RoutingCallbacks callbacks_;
};

}  // namespace orderhub::store
