// Servicing on a real SQLite store in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "hub/schemas/schemas.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::servicing {

namespace json = boost::json;

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

class Desk : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("orderhub-servicing-" + std::to_string(::getpid()) + "-" +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder_);
        store_ = store::open_sqlite({(folder_ / "hub.db").string(), 1});
    }
    void TearDown() override {
        for (const auto& each : deliveries()) {
            const auto valid = schemas::validate("commands/" + each.kind + ".schema.json",
                                                 json::parse(each.payload));
            EXPECT_TRUE(valid) << each.kind << valid.error().field << ": " << valid.error().message;
        }
        store_->stop();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    Service service_{Settings{
        .public_url = "http://hub.test",
        .credit_memo_prefix = "CM-",
        .invoice_prefix = "IN-",
        .return_prefix = "RMA-",
        .policy = {},
        .gift_limits = {{"junior", {500, 1'000}}},
        .make_id =
            [this](std::string_view prefix) {
                return std::string(prefix) + "_" + std::to_string(1000 + ++ids_);
            },
        .route =
            [this](std::string_view kind) { return kind == "order.forward" ? receiver_ : books_; },
        .can_execute = [this](
                           std::string_view,
                           std::string_view kind) { return cannot_.count(std::string(kind)) == 0; },
        .payment_routes = {{"provider", {"shop"}, {"card"}, {"pi_"}}}}};

    void wait(std::int64_t milliseconds) { now_ += milliseconds; }
    Request request() { return {"agent:test", "trace", now_ += 1000, role_}; }

    /// Runs one unit of work and gives what it gave.
    template <class Use>
    auto unit(Use use) {
        std::optional<decltype(use(std::declval<store::Transaction&>()))> result;
        const auto done = store_->write([&](store::Transaction& tx) -> Result<void> {
            result.emplace(use(tx));
            if constexpr (requires { result->has_value(); }) {
                if (!result->has_value()) return std::unexpected(result->error());
            }
            return {};
        });
        EXPECT_TRUE(result.has_value()) << (done ? "" : done.error().message);
        return *std::move(result);
    }

    Result<void> apply(std::string_view kind, const json::object& record,
                       std::string_view connector = "shop") {
        return unit([&](store::Transaction& tx) {
            return service_.apply_record(tx, request(), connector, kind, json::serialize(record));
        });
    }
    Result<json::object> preview(domain::ActionKind action, const std::string& order,
                                 const json::object& input, std::int64_t version = 0) {
        return unit([&](store::Transaction& tx) {
            return service_.preview(tx, request(), action, order, version, input);
        });
    }
    Result<json::object> submit(domain::ActionKind action, const std::string& order,
                                const json::object& input, std::int64_t version) {
        return unit([&](store::Transaction& tx) {
            return service_.submit(tx, request(), action, order, version, input);
        });
    }
    /// Against the newest version; what was previewed must be what is done, byte for byte.
    Result<json::object> act(domain::ActionKind action, const std::string& order,
                             const json::object& input) {
        const auto shown = preview(action, order, input);
        if (!shown) return shown;
        auto done = submit(action, order, input, shown->at("order_version").as_int64());
        EXPECT_TRUE(done) << done.error().message;
        EXPECT_EQ(json::serialize(done->at("plan")), json::serialize(shown->at("plan")));
        return done;
    }
    /// The order with this id.
    json::object shown(const std::string& order) {
        return unit(
            [&](store::Transaction& tx) -> json::object { return *service_.order(tx, order); });
    }
    json::object order_of(const std::string& number) {
        return unit([&](store::Transaction& tx) -> json::object {
            const auto rows = tx.find_orders({.text = number});
            if (rows.empty()) return {};
            return *service_.order(tx, rows.front().id);
        });
    }
    json::object only_case() {
        return unit([&](store::Transaction& tx) -> json::object {
            const auto rows = tx.find_cases({});
            if (rows.empty()) return {};
            return *service_.case_(tx, rows.front().id);
        });
    }
    /// Oldest first.
    std::vector<routing::Delivery> deliveries(std::string kind = {}) {
        return unit([&](store::Transaction& tx) {
            auto found = tx.find_deliveries({});
            std::ranges::sort(found, {}, &routing::Delivery::id);
            if (!kind.empty()) std::erase_if(found, [&](const auto& d) { return d.kind != kind; });
            return found;
        });
    }
    /// Tells servicing how a delivery went on, as routing would.
    Result<void> progress(const routing::Delivery& delivery, std::string state,
                          std::string result = "{}", std::string message = {}) {
        return unit([&](store::Transaction& tx) {
            return service_.on_delivery(
                tx, request(),
                {delivery.kind, delivery.key, delivery.connector, delivery.order_id,
                 delivery.action_id, delivery.case_id, state, result, "code", message});
        });
    }

    std::unique_ptr<store::Store> store_;
    std::string books_ = "books";
    std::string receiver_;  ///< of orders that come in
    std::string role_;
    std::set<std::string> cannot_;  ///< kinds of commands that no connector takes

private:
    std::filesystem::path folder_;
    std::int64_t now_ = 1'795'000'000'000;
    int ids_ = 0;
};

/// With the order of mugs_record(), of which two are shipped.
class Servicing : public Desk {
protected:
    using Kind = domain::ActionKind;

    void SetUp() override {
        Desk::SetUp();
        ASSERT_TRUE(apply("order", record()));
        id_ = std::string(order_of("ABC123").at("id").as_string());
    }
    virtual json::object record() const;

    Result<json::object> act(Kind action, const json::object& input) {
        return Desk::act(action, id_, input);
    }
    json::object now() { return shown(id_); }
    json::value payload(const std::string& kind, std::size_t index = 0) {
        return json::parse(deliveries(kind).at(index).payload);
    }

    std::string id_;
};

inline json::object triple(const char* ex, const char* tax, const char* inc) {
    return {{"ex", ex}, {"tax", tax}, {"inc", inc}};
}

/// Three mugs for 30.00 + 6.00, shipped and paid; one euro cheaper a line than it looks like is
/// nobody's business here.
inline json::object mugs_record(const char* observed_at = "2026-11-22T10:00:00Z") {
    return {
        {"source", {{"external_id", "24"}, {"observed_at", observed_at}}},
        {"number", "ABC123"},
        {"currency", "EUR"},
        {"tax_locale", "net"},
        {"state", "open"},
        {"placed_at", "2026-11-20T10:00:00Z"},
        {"customer", {{"name", "Ada"}, {"email", "Ada@Example.test"}}},
        {"lines", json::array{json::object{
                      {"external_id", "a"},
                      {"kind", "product"},
                      {"name", "Mug"},
                      {"quantity", 3},
                      {"list", triple("30.00", "6.00", "36.00")},
                      {"total", triple("30.00", "6.00", "36.00")},
                      {"taxes", json::array{json::object{
                                    {"label", "VAT"}, {"rate", "20"}, {"amount", "6.00"}}}}}}},
        {"totals", triple("30.00", "6.00", "36.00")},
        {"payments", json::array{json::object{{"external_id", "p1"},
                                              {"method", "card"},
                                              {"state", "captured"},
                                              {"amount", "36.00"}}}},
        {"fulfilments", json::array{json::object{
                            {"external_id", "f1"},
                            {"state", "shipped"},
                            {"lines", json::array{json::object{{"line", "a"}, {"quantity", 2}}}},
                            {"tracking_number", "JD1"}}}},
        {"cancellations", json::array{}}};
}

/// The list with one object or several.
template <class... Objects>
json::array list(Objects... objects) {
    json::array result;
    (result.push_back(json::value(std::move(objects))), ...);
    return result;
}

/// {"lines": [...], "reason": "damaged"} for units of the first line.
inline json::object units(std::int64_t quantity, const char* line = "l1") {
    return {{"lines", list(json::object{{"line_id", line}, {"quantity", quantity}})},
            {"reason", "damaged"}};
}

/// The record with its payment authorized instead of captured.
inline json::object authorized_record() {
    json::object record = mugs_record();
    record["payments"].as_array()[0].as_object()["state"] = "authorized";
    return record;
}

inline json::object Servicing::record() const {
    return mugs_record();
}

inline std::string at(const json::value& from, const char* pointer) {
    boost::system::error_code none;
    const json::value* found = from.find_pointer(pointer, none);
    if (found == nullptr) return "(nothing at " + std::string(pointer) + ")";
    return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

}  // namespace orderhub::servicing
