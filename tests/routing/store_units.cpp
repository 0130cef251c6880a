#include "tests/routing/store_units.hpp"

#include "hub/routing/instant_text.hpp"

namespace orderhub::store {

namespace {

class RoutingUnit final : public routing::Unit {
public:
    RoutingUnit(Transaction& transaction, const RoutingCallbacks& callbacks)
        : transaction_(transaction), callbacks_(callbacks) {}

    routing::Queue& queue() override { return transaction_; }
    routing::ParkedWork& parked_work() override { return transaction_; }
    Result<void> apply_record(const routing::Request& request, std::string_view connector,
                              std::string_view kind, std::string_view json) override {
        return callbacks_.apply_record(transaction_, request, connector, kind, json);
    }
    Result<void> on_delivery(const routing::Request& request,
                             const routing::Delivery& delivery) override {
        return callbacks_.on_delivery(transaction_, request, delivery);
    }
    void journal(const routing::Request& request, const routing::JournalEntry& entry) override {
        servicing::Event event;
        event.id = callbacks_.make_id("ev");
        event.type = entry.type;
        event.order_id = entry.order_id;
        event.case_id = entry.case_id;
        event.actor = request.actor;
        event.trace = request.trace;
        event.address = request.address;
        event.data = entry.data;
        event.at = routing::rfc3339(request.now_ms);
        transaction_.append(event);
    }

private:
    Transaction& transaction_;
    const RoutingCallbacks& callbacks_;
};

}  // namespace

Store::Work RoutingUnits::as_unit(Work work) const {
    return [this, work = std::move(work)](Transaction& transaction) {
        RoutingUnit unit(transaction, callbacks_);
        return work(unit);
    };
}

void RoutingUnits::write(Work work, Done done) {
    store_.write(as_unit(std::move(work)), std::move(done));
}

void RoutingUnits::accompany(Accompany accompany) {
    if (!accompany) return store_.accompany(nullptr);
    store_.accompany([this, accompany = std::move(accompany)](
                         const routing::NewWork& work) -> std::optional<Store::Companion> {
        auto companion = accompany(work);
        if (!companion) return std::nullopt;
        return Store::Companion{as_unit(std::move(companion->work)), std::move(companion->done)};
    });
}

Result<void> RoutingUnits::read(const Look& look) {
    return store_.read([&look](Transaction& transaction) { return look(transaction); });
}

}  // namespace orderhub::store
