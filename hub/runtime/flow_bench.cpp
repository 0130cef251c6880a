#include "hub/runtime/flow_bench.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "hub/flows/views.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

constexpr int kMostRounds = 1'000;
constexpr std::uint32_t kMany = 200;

std::filesystem::path temporary_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "orderhub-flow-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no temporary folder can be made: " + name);
    return name;
}

/// What an outside system that has no troubles answers.
std::string good_answer(const routing::Delivery& delivery) {
    if (delivery.kind == "refund.create")
        return R"({"external_id":"refund-1","state":"succeeded"})";
    if (delivery.kind == "fulfilment.create") return R"({"external_id":"shipment-1"})";
    if (!delivery.kind.ends_with(".post")) return "{}";
    const json::value payload = json::parse(delivery.payload);
    for (const auto& member : payload.as_object())
        if (const auto* document = member.value().if_object())
            if (const auto* totals = document->if_contains("totals"))
                return json::serialize(json::object{{"number", "BOOK-1"}, {"totals", *totals}});
    return "{}";
}

routing::DeliveryQuery everything() {
    routing::DeliveryQuery query;
    query.limit = kMany;
    return query;
}

}  // namespace

FlowBench::FlowBench(const std::vector<flows::FlowPtr>& flows)
    : folder_(temporary_folder()),
      store_(store::open_sqlite({.path = (folder_ / "hub.db").string(),
                                 .readers = 1,
                                 .now_ms = [this] { return now_ms_; },
                                 .make_id =
                                     [this](std::string_view prefix) {
                                         return fmt::format("{}_{:06}", prefix, ++ids_);
                                     }})) {
    servicing::Settings settings;
    settings.public_url = "http://hub.test";
    settings.credit_memo_prefix = "CM-";
    settings.invoice_prefix = "IN-";
    settings.return_prefix = "RMA-";
    settings.make_id = [this](std::string_view prefix) {
        return fmt::format("{}_{:06}", prefix, ++ids_);
    };
    settings.route = [](std::string_view kind) {
        return std::string(kind == "order.forward" ? "" : "outside");
    };
    settings.can_execute = [](std::string_view, std::string_view) { return true; };
    library_.use(flows);
    engine_ = std::make_unique<flows::Engine>(std::move(settings), library_);
}

FlowBench::~FlowBench() {
    store_->stop();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

template <class Use>
Result<void> FlowBench::unit(Use use) {
    return store_->write([&](store::Transaction& transaction) -> Result<void> {
        const auto result = use(transaction);
        if (!result) return std::unexpected(result.error());
        return {};
    });
}

servicing::Request FlowBench::by(const std::string& actor, const std::string& role) const {
    return {actor, "test", now_ms_, role};
}

Result<void> FlowBench::import(const json::object& record) {
    ORDERHUB_TRY(unit([&](store::Transaction& unit) {
        return engine_->service().apply_record(unit, by("connector:shop", ""), "shop", "order",
                                               json::serialize(record));
    }));
    return unit([&](store::Transaction& unit) -> Result<void> {
        const auto rows = unit.find_orders({});
        order_id_ = rows.at(0).id;
        return {};
    });
}

Result<json::object> FlowBench::preview(const std::string& action, const json::object& input) {
    const auto kind = domain::action_kind(action);
    if (!kind) return fail(ErrorKind::Invalid, "no_such_action", "there is no action " + action);
    Result<json::object> shown;
    ORDERHUB_TRY(unit([&](store::Transaction& unit) {
        shown =
            engine_->preview({unit, unit}, by("agent:test", "agent"), {*kind, order_id_, 0, input});
        return shown;
    }));
    return shown;
}

Result<json::object> FlowBench::submit(const std::string& action, const json::object& input) {
    const auto kind = domain::action_kind(action);
    if (!kind) return fail(ErrorKind::Invalid, "no_such_action", "there is no action " + action);
    Result<json::object> done;
    ORDERHUB_TRY(unit([&](store::Transaction& unit) {
        const auto row = unit.order(order_id_);
        done = engine_->submit({unit, unit}, by("agent:test", "agent"),
                               {*kind, order_id_, row ? row->version : 0, input});
        return done;
    }));
    ORDERHUB_TRY(go_on());
    return done;
}

Result<void> FlowBench::start(const std::string& flow, const json::object& input) {
    ORDERHUB_TRY(unit([&](store::Transaction& unit) {
        return engine_->start({unit, unit}, by("agent:test", "agent"),
                              {flow, order_id_, {}, input});
    }));
    return go_on();
}

Result<void> FlowBench::decide(const std::string& role, flows::Decision decision) {
    ORDERHUB_TRY(unit([&](store::Transaction& unit) -> Result<flows::Run> {
        const auto asking = unit.find_runs({.state = "asking"});
        if (asking.empty()) return fail(ErrorKind::NotFound, "not_asking", "no run asks anybody");
        return engine_->decide({unit, unit}, by("agent:other", role), asking.back().id, decision,
                               "");
    }));
    return go_on();
}

Result<void> FlowBench::outside_does() {
    std::vector<routing::Delivery> sent;
    ORDERHUB_TRY(unit([&](store::Transaction& unit) -> Result<void> {
        for (auto& delivery : unit.find_deliveries(everything()))
            if (delivery.state != routing::DeliveryState::done) sent.push_back(std::move(delivery));
        return {};
    }));
    std::ranges::reverse(sent);
    for (routing::Delivery& delivery : sent)
        ORDERHUB_TRY(unit([&](store::Transaction& unit) -> Result<void> {
            delivery.state = routing::DeliveryState::done;
            delivery.result = good_answer(delivery);
            unit.update(delivery);
            return engine_->service().on_delivery(
                unit, by("connector:outside", ""),
                {delivery.kind, delivery.key, delivery.connector, delivery.order_id,
                 delivery.action_id, delivery.case_id, "done", delivery.result, "", ""});
        }));
    return go_on();
}

Result<void> FlowBench::wait(std::int64_t milliseconds) {
    now_ms_ += milliseconds;
    return go_on();
}

Result<void> FlowBench::go_on() {
    for (int rounds = 0; rounds < kMostRounds; ++rounds) {
        bool again = false;
        ORDERHUB_TRY(unit([&](store::Transaction& unit) -> Result<void> {
            again = false;
            for (const auto& run : unit.find_runs({.limit = kMany})) {
                const auto moved = engine_->step({unit, unit}, now_ms_, run.id);
                if (!moved) return std::unexpected(moved.error());
                again = again || *moved;
            }
            again = again || !unit.find_runs({.state = "ready"}).empty();
            return {};
        }));
        if (!again) return {};
    }
    return fail(ErrorKind::Conflict, "never_rests", "the runs never rest");
}

json::object FlowBench::order() {
    json::object view;
    static_cast<void>(store_->read([&](store::Transaction& unit) -> Result<void> {
        const auto found = engine_->service().order(unit, order_id_);
        if (found) view = *found;
        return {};
    }));
    return view;
}

json::object FlowBench::run() {
    json::object view;
    static_cast<void>(store_->read([&](store::Transaction& unit) -> Result<void> {
        const auto runs = unit.find_runs({.limit = kMany});
        if (!runs.empty()) view = flows::run_view(runs.back(), unit.run_steps(runs.back().id));
        return {};
    }));
    return view;
}

std::vector<std::string> FlowBench::commands() {
    std::vector<std::string> kinds;
    static_cast<void>(store_->read([&](store::Transaction& unit) -> Result<void> {
        for (const auto& delivery : unit.find_deliveries(everything()))
            kinds.push_back(delivery.kind);
        return {};
    }));
    std::ranges::reverse(kinds);
    return kinds;
}

std::vector<std::string> FlowBench::exceptions() {
    std::vector<std::string> codes;
    const json::object view = order();
    for (const json::value& each : view.at("exceptions").as_array())
        if (each.at("status").as_string() == "active")
            codes.emplace_back(each.at("code").as_string());
    return codes;
}

}  // namespace orderhub::runtime
