#include "tests/simulation/hub.hpp"

#include <stdexcept>
#include <utility>

namespace orderhub::simulation {

namespace json = boost::json;

Hub::Hub(World& world, const StoreWeather& weather, std::string path,
         std::vector<routing::Caller*> callers, routing::Settings settings)
    : world_(world),
      weather_(weather),
      path_(std::move(path)),
      callers_(std::move(callers)),
      settings_(std::move(settings)),
      service_(service_settings()) {}

servicing::Settings Hub::service_settings() {
    servicing::Settings settings;
    settings.public_url = "http://hub.test";
    settings.credit_memo_prefix = "CM-";
    settings.invoice_prefix = "IN-";
    settings.return_prefix = "RMA-";
    settings.make_id = [this](std::string_view prefix) { return world_.make_id(prefix); };
    settings.route = [](std::string_view kind) { return kind == "order.forward" ? "" : "books"; };
    settings.can_execute = [](std::string_view connector, std::string_view kind) {
        if (connector == "books") return kind == "credit_memo.post";
        return kind == "order.cancel" || kind == "refund.create";
    };
    return settings;
}

void Hub::start_later(Time delay) {
    if (!supervised_) return;
    world_.after(delay, [this] {
        if (supervised_ && process_ == nullptr) start();
    });
}

void Hub::start() {
    process_ = std::make_unique<Process>();
    process_->scheduler = std::make_shared<WorldScheduler>(world_, lost_timer);
    process_->store = std::make_unique<UnsteadyStore>(world_, weather_, path_);
    process_->units = std::make_unique<runtime::RoutingUnits>(
        *process_->store, service_,
        [this](std::string_view prefix) { return world_.make_id(prefix); });
    routing::Settings settings = settings_;
    settings.scheduler = process_->scheduler;
    settings.seed = world_.chance.number() | 1;
    process_->router = std::make_unique<routing::Router>(*process_->units, callers_, settings);
    busy_ = true;
    const auto started = process_->router->start();
    busy_ = false;
    world_.note(started ? "hub up" : "hub cannot start");
    if (started && !std::exchange(killed_, false)) return;
    kill();
    start_later(5 * kSecond);
}

void Hub::crash() {
    if (process_ == nullptr) return;
    world_.note("hub killed");
    world_.end_life();
    process_->scheduler->stop();
    process_->store->crash();
    killed_ = busy_;
    if (busy_) return;
    kill();
    start_later(world_.chance.between(1, 30) * kSecond);
}

void Hub::kill() {
    world_.end_life();
    process_->scheduler->stop();
    process_->store->crash();
    process_.reset();
}

void Hub::restart() {
    if (!is_up()) return;
    world_.note("hub stops");
    busy_ = true;
    process_->router->stop();
    process_->store->stop();
    busy_ = false;
    killed_ = false;
    world_.end_life();
    process_.reset();
    start_later(kSecond);
}

void Hub::intake(const std::string& connector, const std::string& id, const std::string& body,
                 Done done) {
    process_->router->intake(connector, {id, "{}", "application/json", body}, std::move(done));
}

void Hub::submit(domain::ActionKind action, const Order& order, const json::object& input,
                 const std::string& trace, Done done) {
    process_->store->write(
        [=, this, now = world_.now()](store::Transaction& transaction) -> Result<void> {
            const auto plan = service_.submit(transaction, {"agent:ann", trace, now}, action,
                                              order.id, order.version, input);
            if (!plan) return std::unexpected(plan.error());
            return {};
        },
        std::move(done));
}

void Hub::look(const std::function<void(store::Transaction&)>& use) {
    const auto seen = process_->store->look([&](store::Transaction& transaction) -> Result<void> {
        use(transaction);
        return {};
    });
    if (!seen) throw std::runtime_error("the store cannot be read: " + seen.error().message);
}

Hub::Order Hub::find(const std::string& number) {
    Order found;
    look([&](store::Transaction& transaction) {
        for (const auto& row : transaction.find_orders({.text = number}))
            if (row.number == number) found = {row.id, row.version};
    });
    return found;
}

json::object Hub::shown(const std::string& order_id) {
    json::object order;
    look([&](store::Transaction& transaction) {
        order = service_.order(transaction, order_id).value_or(json::object{});
    });
    return order;
}

}  // namespace orderhub::simulation
