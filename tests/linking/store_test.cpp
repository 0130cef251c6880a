// A corpus through a real store: what the hub decides by look-ups must be what the matcher decides
// with all orders before it.
//   linking_store_test FOLDER    orders.jsonl and cases.jsonl, as `orderhub linking match` takes
//   them
#include "hub/store/store.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "hub/linking/memory_index.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"
#include "hub/servicing/service.hpp"

namespace orderhub::servicing {
namespace {

namespace json = boost::json;

std::string folder;

std::vector<json::object> lines_of(const std::string& name) {
    std::vector<json::object> objects;
    std::ifstream file(folder + "/" + name);
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) objects.push_back(json::parse(line).as_object());
    return objects;
}

std::string text(const json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

/// The members of these names that are there and have a value.
json::object part(const json::object& from, std::initializer_list<const char*> names) {
    json::object result;
    for (const char* name : names)
        if (const std::string value = text(from, name); !value.empty()) result[name] = value;
    return result;
}

std::int64_t cents(const std::string& decimal) {
    std::string digits = decimal;
    std::erase(digits, '.');
    return std::stoll(digits);
}

json::object triple(std::int64_t hundredths) {
    const std::string amount = fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
    return {{"ex", amount}, {"tax", "0.00"}, {"inc", amount}};
}

json::object order_record(const json::object& from) {
    json::array lines, sent;
    std::int64_t total = 0;
    for (const json::value& each : from.at("lines").as_array()) {
        const json::object& line = each.as_object();
        const std::string id = std::to_string(lines.size() + 1);
        const std::int64_t quantity = line.at("quantity").to_number<std::int64_t>();
        const std::int64_t sum = quantity * cents(text(line, "unit_price"));
        std::string name = text(line, "name");
        if (const auto* options = line.if_contains("options"))
            for (const auto& [option, value] : options->as_object())
                name += " " + std::string(value.as_string());
        total += sum;
        lines.push_back({{"external_id", id},
                         {"kind", "product"},
                         {"sku", text(line, "sku")},
                         {"name", name},
                         {"quantity", quantity},
                         {"list", triple(sum)},
                         {"total", triple(sum)}});
        sent.push_back({{"line", id}, {"quantity", quantity}});
    }
    const std::string number = text(from, "order_number");
    json::object record{
        {"source", {{"external_id", number}, {"observed_at", "2026-11-22T10:00:00Z"}}},
        {"number", number},
        {"currency", text(from, "currency")},
        {"tax_locale", "gross"},
        {"state", "open"},
        {"placed_at", text(from, "placed_at")},
        {"lines", lines},
        {"totals", triple(total)}};
    if (const auto* customer = from.if_contains("customer"))
        record["customer"] = part(customer->as_object(), {"external_id", "name", "email", "phone"});
    if (const auto* address = from.if_contains("shipping_address"))
        record["shipping_address"] =
            part(address->as_object(), {"line1", "line2", "city", "postcode", "country"});
    const auto* tracking = from.if_contains("tracking_numbers");
    if (tracking != nullptr && !tracking->as_array().empty())
        record["fulfilments"] =
            json::array{json::object{{"external_id", "f"},
                                     {"state", "shipped"},
                                     {"lines", sent},
                                     {"tracking_number", tracking->as_array().at(0)}}};
    return record;
}

json::object case_record(const json::object& from) {
    std::string at = text(from, "received_at");
    if (at.empty()) at = "2026-10-01T12:00:00Z";
    json::object record{{"source", {{"external_id", text(from, "case_id")}, {"observed_at", at}}},
                        {"subject", text(from, "subject")},
                        {"state", "open"},
                        {"created_at", at},
                        {"messages", json::array{json::object{{"external_id", "m"},
                                                              {"direction", "inbound"},
                                                              {"text", text(from, "body")}}}}};
    if (const auto* requester = from.if_contains("requester"))
        record["requester"] = part(requester->as_object(), {"name", "email", "phone"});
    return record;
}

class CorpusInStore : public testing::Test {
protected:
    void SetUp() override {
        where_ = std::filesystem::temp_directory_path() /
                 ("orderhub-corpus-" + std::to_string(::getpid()));
        std::filesystem::create_directories(where_);
        store_ = store::open_sqlite({(where_ / "hub.db").string(), 1});
    }
    void TearDown() override {
        store_->stop();
        store_.reset();
        std::filesystem::remove_all(where_);
    }

    template <class Use>
    void write(Use use) {
        const auto done =
            store_->write([&](store::Transaction& unit) -> Result<void> { return use(unit); });
        ASSERT_TRUE(done) << done.error().field << ": " << done.error().message;
    }

    void import(std::string_view kind, const std::vector<json::object>& records) {
        write([&](store::Transaction& unit) -> Result<void> {
            for (const json::object& record : records)
                ORDERHUB_TRY(service_.apply_record(unit, request_,
                                                   kind == "order" ? "shop" : "desk", kind,
                                                   json::serialize(record)));
            return {};
        });
    }

    Settings settings() {
        Settings all;
        all.make_id = [this](std::string_view prefix) {
            return fmt::format("{}_{:08}", prefix, ++ids_);
        };
        all.route = [](std::string_view) { return std::string(); };
        all.can_execute = [](std::string_view, std::string_view) { return false; };
        return all;
    }

    std::int64_t ids_ = 0;
    const Request request_{"connector:test", "trace", 1'795'000'000'000, ""};
    const Service service_{settings()};
    std::filesystem::path where_;
    std::unique_ptr<store::Store> store_;
};

/// "linked A B".
std::string told(std::string_view decision, const std::vector<std::string>& orders) {
    std::string out(decision);
    for (const std::string& order : orders)
        out += " " + order;
    return out;
}

std::string told(const linking::Verdict& verdict) {
    std::vector<std::string> orders;
    for (const linking::Link& link : verdict.links)
        orders.push_back(link.order->number);
    const bool linked = verdict.outcome == linking::Outcome::auto_link;
    return told(linked ? "linked" : orders.empty() ? "none" : "suggested", orders);
}

std::string told(const domain::Case& support_case) {
    std::vector<std::string> orders;
    for (const domain::Suggestion& each : support_case.suggestions)
        orders.push_back(each.number);
    const bool linked = support_case.decision == domain::Decision::linked;
    return told(linked ? "linked" : orders.empty() ? "none" : "suggested", orders);
}

TEST_F(CorpusInStore, IsDecidedAsWithAllOrdersAtHand) {
    std::vector<json::object> orders = lines_of("orders.jsonl"), cases = lines_of("cases.jsonl");
    ASSERT_GE(orders.size(), 1'000U);
    ASSERT_GE(cases.size(), 500U);
    // The older first, as they come in; of the same instant in the order of MemoryIndex.
    std::ranges::sort(orders, [](const json::object& one, const json::object& other) {
        return std::pair(text(one, "placed_at"), text(other, "order_number")) <
               std::pair(text(other, "placed_at"), text(one, "order_number"));
    });
    // Which words are rare a hub tells from as many.
    constexpr std::ptrdiff_t kSample = 2'000;
    if (std::ssize(orders) > kSample) orders.erase(orders.begin(), orders.end() - kSample);
    std::ranges::transform(orders, orders.begin(), order_record);
    std::ranges::transform(cases, cases.begin(), case_record);
    import("order", orders);
    import("case", cases);
    write([&](store::Transaction& unit) -> Result<void> {
        std::vector<linking::Order> all;
        for (const std::string& document : unit.newest_order_documents(10'000))
            all.push_back(matchable(decode_order(document)));
        EXPECT_EQ(all.size(), orders.size());
        linking::MemoryIndex index(std::move(all), "DE");
        int linked = 0, others = 0;
        for (const json::object& each : cases) {
            const auto row =
                unit.case_by_source("desk", text(each.at("source").as_object(), "external_id"));
            const domain::Case decided = decode_case(row->document);
            const std::string expected = told(linking::match(matchable(decided), index, {}));
            if (expected != told(decided)) {
                ++others;
                fmt::print("{}: {} with all orders at hand: {}\n", decided.external_id,
                           told(decided), expected);
            }
            linked += decided.decision == domain::Decision::linked ? 1 : 0;
        }
        EXPECT_EQ(others, 0);
        EXPECT_GT(linked, static_cast<int>(cases.size() / 2));
        return {};
    });
}

}  // namespace
}  // namespace orderhub::servicing

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (argc != 2) {
        fmt::print(stderr, "usage: linking_store_test FOLDER\n");
        return 2;
    }
    orderhub::servicing::folder = argv[1];
    return RUN_ALL_TESTS();
}
