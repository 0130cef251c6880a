// The store and the use cases as routing sees them.
#pragma once

#include "hub/routing/ports.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// Both must outlive it.
class RoutingUnits : public routing::Units {
public:
    RoutingUnits(store::Store& store, const servicing::Service& service, servicing::MakeId make_id)
        : store_(store), service_(service), make_id_(std::move(make_id)) {}

    void write(Work work, Done done) override;
    void offer(std::uint64_t bytes, Work work, Done done) override;
    Result<void> read(const Look& look) override;
    void watch(Queued queued) override { store_.watch(std::move(queued)); }

private:
    store::Store::Work as_unit(Work work) const;

    store::Store& store_;
    const servicing::Service& service_;
    const servicing::MakeId make_id_;
};

}  // namespace orderhub::runtime
