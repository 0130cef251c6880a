#include "hub/runtime/routing_units.hpp"

#include <boost/json/parse.hpp>

#include "hub/http/instant.hpp"

namespace orderhub::runtime {

namespace {

servicing::Request to_servicing(const routing::Request& request) {
    return {request.actor, request.trace, request.now_ms, {}, request.address};
}

std::string external_id_of(std::string_view record) {
    boost::json::error_code error;
    const auto value = boost::json::parse(record, error);
    if (error) return {};
    const auto* found = value.find_pointer("/source/external_id", error);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

class StoreUnit : public routing::Unit {
public:
    StoreUnit(store::Transaction& transaction, const servicing::Service& service,
              const flows::Engine* flows, const servicing::MakeId& make_id,
              const servicing::Erasing* erasing)
        : transaction_(transaction),
          service_(service),
          flows_(flows),
          make_id_(make_id),
          erasing_(erasing) {}

    routing::Queue& queue() override { return transaction_; }
    routing::ParkedWork& parked_work() override { return transaction_; }

    Result<void> apply_record(const routing::Request& request, std::string_view connector,
                              std::string_view kind, std::string_view json) override {
        if (erasing_ == nullptr) return apply(request, connector, kind, json);
        const auto screened =
            erasing_->screened({transaction_, transaction_}, connector, kind, json, request.now_ms);
        if (!screened) return apply(request, connector, kind, json);
        // What brought it says what is not to be kept. A message's trace names it.
        if (request.trace.size() > connector.size())
            transaction_.erase_message(connector, request.trace.substr(connector.size() + 1));
        return apply(request, connector, kind, *screened);
    }

    Result<void> on_delivery(const routing::Request& request,
                             const routing::Delivery& delivery) override {
        return service_.on_delivery(
            transaction_, to_servicing(request),
            {delivery.kind, delivery.key, delivery.connector, delivery.order_id, delivery.action_id,
             delivery.case_id, std::string(routing::to_text(delivery.state)), delivery.result,
             delivery.error_code, delivery.error_message});
    }

    void journal(const routing::Request& request, const routing::JournalEntry& entry) override {
        servicing::Event event;
        event.id = make_id_("ev");
        event.type = entry.type;
        event.order_id = entry.order_id;
        event.case_id = entry.case_id;
        event.actor = request.actor;
        event.trace = request.trace;
        event.data = entry.data.empty() ? "{}" : entry.data;
        event.at = http::rfc3339(request.now_ms);
        event.address = request.address;
        transaction_.append(std::move(event));
    }

private:
    Result<void> apply(const routing::Request& request, std::string_view connector,
                       std::string_view kind, std::string_view json) {
        const auto by = to_servicing(request);
        if (kind != "case" || flows_ == nullptr || !flows_->library().for_case())
            return service_.apply_record(transaction_, by, connector, kind, json);
        const std::string external = external_id_of(json);
        const bool is_new = !transaction_.case_by_source(connector, external);
        auto applied = service_.apply_record(transaction_, by, connector, kind, json);
        if (!applied || !is_new) return applied;
        const auto row = transaction_.case_by_source(connector, external);
        return row ? flows_->case_came({transaction_, transaction_}, by, row->id) : applied;
    }

    store::Transaction& transaction_;
    const servicing::Service& service_;
    const flows::Engine* flows_;
    const servicing::MakeId& make_id_;
    const servicing::Erasing* erasing_;
};

}  // namespace

store::Store::Work RoutingUnits::as_unit(Work work) const {
    return [this, work = std::move(work)](store::Transaction& transaction) -> Result<void> {
        StoreUnit unit(transaction, service_, flows_, make_id_, erasing_);
        return work(unit);
    };
}

void RoutingUnits::write(Work work, Done done) {
    store_.write(as_unit(std::move(work)), std::move(done));
}

void RoutingUnits::offer(std::uint64_t bytes, Work work, Done done) {
    store_.offer(bytes, as_unit(std::move(work)), std::move(done));
}

Result<void> RoutingUnits::read(const Look& look) {
    return store_.read([&](store::Transaction& transaction) { return look(transaction); });
}

void RoutingUnits::accompany(Accompany accompany) {
    if (!accompany) return store_.accompany(nullptr);
    store_.accompany([this, accompany = std::move(accompany)](
                         const routing::NewWork& work) -> std::optional<store::Store::Companion> {
        auto companion = accompany(work);
        if (!companion) return std::nullopt;
        return store::Store::Companion{as_unit(std::move(companion->work)),
                                       std::move(companion->done)};
    });
}

}  // namespace orderhub::runtime
