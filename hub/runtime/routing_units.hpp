// The store and the use cases as routing sees them.
#pragma once

#include "hub/flows/engine.hpp"
#include "hub/routing/ports.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// What it refers to must outlive it. Without flows no case starts one.
class RoutingUnits : public routing::Units {
public:
    RoutingUnits(store::Store& store, const servicing::Service& service, servicing::MakeId make_id,
                 const flows::Engine* flows = nullptr)
        : store_(store), service_(service), make_id_(std::move(make_id)), flows_(flows) {}

    void write(Work work, Done done) override;
    void offer(std::uint64_t bytes, Work work, Done done) override;
    Result<void> read(const Look& look) override;
    void watch(Queued queued) override { store_.watch(std::move(queued)); }

private:
    store::Store::Work as_unit(Work work) const;

    store::Store& store_;
    const servicing::Service& service_;
    const servicing::MakeId make_id_;
    const flows::Engine* flows_;
};

}  // namespace orderhub::runtime
