// Servicing on a real SQLite store in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

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
        store_->stop();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    Service service_{Settings{"http://hub.test", "CM-",
                              [this](std::string_view prefix) {
                                  return std::string(prefix) + "_" + std::to_string(1000 + ++ids_);
                              },
                              [this](std::string_view) { return books_; },
                              [](std::string_view, std::string_view) { return true; }}};

    Request request() { return {"agent:test", "trace", now_ += 1000}; }

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
    std::vector<routing::Delivery> deliveries(std::string kind = {}) {
        return unit([&](store::Transaction& tx) {
            auto found = tx.find_deliveries({});
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

private:
    std::filesystem::path folder_;
    std::int64_t now_ = 1'795'000'000'000;
    int ids_ = 0;
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

inline std::string at(const json::value& from, const char* pointer) {
    boost::system::error_code none;
    const json::value* found = from.find_pointer(pointer, none);
    if (found == nullptr) return "(nothing at " + std::string(pointer) + ")";
    return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

}  // namespace orderhub::servicing
