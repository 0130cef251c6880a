#include "tools/benchmarks/desk.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

#include "hub/store/uuid7.hpp"

namespace orderhub::bench {

namespace {

template <class Outcome>
auto must(Outcome outcome) {
    if (!outcome)
        throw std::runtime_error(outcome.error().code + ": " + outcome.error().message + " " +
                                 outcome.error().field);
    if constexpr (!std::is_void_v<typename Outcome::value_type>) return *std::move(outcome);
}

servicing::Settings settings() {
    servicing::Settings settings;
    settings.public_url = "http://hub.test";
    settings.credit_memo_prefix = "CM-";
    settings.invoice_prefix = "IN-";
    settings.return_prefix = "RMA-";
    settings.make_id = [](std::string_view prefix) {
        return std::string(prefix) + "_" + store::uuid7(1'795'000'000'000);
    };
    settings.route = [](std::string_view kind) { return kind == "order.forward" ? "" : "books"; };
    settings.can_execute = [](std::string_view, std::string_view) { return true; };
    return settings;
}

}  // namespace

Desk::Desk() {
    std::string name = (std::filesystem::temp_directory_path() / "orderhub-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    store_ = store::open_sqlite({(folder_ / "hub.db").string()});
    service_ = std::make_unique<servicing::Service>(settings());
}

Desk::~Desk() {
    store_->stop();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Desk::import(const std::vector<std::string>& records) {
    must(store_->write([&](store::Transaction& tx) -> Result<void> {
        for (const std::string& record : records)
            ORDERHUB_TRY(service_->apply_record(tx, request(), "shop", "order", record));
        return {};
    }));
}

servicing::OrderRow Desk::find(const std::string& number) {
    std::vector<servicing::OrderRow> rows;
    must(store_->read([&](store::Transaction& tx) -> Result<void> {
        servicing::OrderQuery query;
        query.text = number;
        rows = tx.find_orders(query);
        return {};
    }));
    if (rows.empty()) throw std::runtime_error("no order " + number);
    return rows.front();
}

json::object Desk::act(domain::ActionKind action, const std::string& order,
                       const json::object& input, Times& previews, Times& submits) {
    json::object shown, done;
    previews.take([&] {
        must(store_->read([&](store::Transaction& tx) -> Result<void> {
            shown = must(service_->preview(tx, request(), action, order, 0, input));
            return {};
        }));
    });
    const std::int64_t version = shown.at("order_version").as_int64();
    submits.take([&] {
        must(store_->write([&](store::Transaction& tx) -> Result<void> {
            done = must(service_->submit(tx, request(), action, order, version, input));
            return {};
        }));
    });
    return done;
}

json::object Desk::page(const servicing::OrderQuery& query, Times& times) {
    json::object page;
    times.take([&] {
        must(store_->read([&](store::Transaction& tx) -> Result<void> {
            page = service_->orders(tx, query);
            return {};
        }));
    });
    return page;
}

namespace {

std::string decimal(std::int64_t cents) {
    return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", std::abs(cents) / 100,
                       std::abs(cents) % 100);
}

json::object money(std::int64_t ex, std::int64_t tax) {
    return {{"ex", decimal(ex)}, {"tax", decimal(tax)}, {"inc", decimal(ex + tax)}};
}

json::object record_line(int number, std::int64_t ex, std::int64_t state, std::int64_t city) {
    json::array adjustments;
    for (int i = 1; i <= 5; ++i)
        adjustments.push_back(json::object{{"level", i > 3 ? "order" : "line"},
                                           {"label", fmt::format("promotion {}", i)},
                                           {"amount", money(-100, -9)}});
    return {
        {"external_id", fmt::format("x{}", number)},
        {"kind", "product"},
        {"sku", fmt::format("SKU-{}", number)},
        {"name", fmt::format("Mug {}", number)},
        {"quantity", 7},
        {"unit_price", money(ex / 7, (state + city) / 7)},
        {"list", money(ex + 500, state + city + 45)},
        {"total", money(ex, state + city)},
        {"adjustments", std::move(adjustments)},
        {"taxes",
         json::array{json::object{{"label", "state"}, {"rate", "7"}, {"amount", decimal(state)}},
                     json::object{{"label", "city"}, {"rate", "2"}, {"amount", decimal(city)}}}}};
}

}  // namespace

std::string order_record(const std::string& number, int lines, const std::string& email) {
    json::array shown, shipped;
    std::int64_t ex = 0, tax = 0;
    for (int i = 1; i <= lines; ++i) {
        const std::int64_t price = 5'003 + i * 17;
        shown.push_back(record_line(i, price, price * 7 / 100, price * 2 / 100));
        shipped.push_back(json::object{{"line", fmt::format("x{}", i)}, {"quantity", 5}});
        ex += price;
        tax += price * 7 / 100 + price * 2 / 100;
    }
    return json::serialize(json::object{
        {"source", {{"external_id", number}, {"observed_at", "2026-11-22T10:00:00Z"}}},
        {"number", number},
        {"currency", "EUR"},
        {"tax_locale", "net"},
        {"state", "open"},
        {"placed_at", "2026-11-20T10:00:00Z"},
        {"customer", {{"name", "Ada"}, {"email", email}}},
        {"lines", std::move(shown)},
        {"totals", money(ex, tax)},
        {"payments", json::array{json::object{{"external_id", "p-" + number},
                                              {"method", "card"},
                                              {"state", "captured"},
                                              {"amount", decimal(ex + tax)}}}},
        {"fulfilments",
         json::array{json::object{
             {"external_id", "f-" + number}, {"state", "shipped"}, {"lines", std::move(shipped)}}}},
        {"cancellations", json::array{}}});
}

}  // namespace orderhub::bench
