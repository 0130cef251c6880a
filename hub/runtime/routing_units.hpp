// The store and the use cases as routing sees them.
#pragma once

#include "hub/flows/engine.hpp"
#include "hub/routing/ports.hpp"
#include "hub/servicing/erasure/erasing.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// What it refers to must outlive it. Without flows no case starts one;
/// without `erasing` records are applied as they are, whoever they are about.
class RoutingUnits : public routing::Units {
public:
    RoutingUnits(store::Store& store, const servicing::Service& service, servicing::MakeId make_id,
                 const flows::Engine* flows = nullptr, const servicing::Erasing* erasing = nullptr)
        : store_(store),
          service_(service),
          make_id_(std::move(make_id)),
          flows_(flows),
          erasing_(erasing) {}

    void write(Work work, Done done) override;
    void offer(std::uint64_t bytes, Work work, Done done) override;
    Result<void> read(const Look& look) override;
    void watch(Queued queued) override { store_.watch(std::move(queued)); }
    void accompany(Accompany accompany) override;

private:
    store::Store::Work as_unit(Work work) const;

    store::Store& store_;
    const servicing::Service& service_;
    const servicing::MakeId make_id_;
    const flows::Engine* flows_;
    const servicing::Erasing* erasing_;
};

}  // namespace orderhub::runtime
