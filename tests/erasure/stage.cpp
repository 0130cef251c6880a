#include "stage.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "hub/routing/polled_records.hpp"
#include "hub/store/uuid7.hpp"
#include "tests/store/postgres_server.hpp"

namespace orderhub::test {

namespace {

json::object triple(const char* ex, const char* tax, const char* inc) {
    return {{"ex", ex}, {"tax", tax}, {"inc", inc}};
}

json::object address() {
    return {{"name", "Zebulon Quixötic"},
            {"line1", "77 Canary Wharf"},
            {"city", "Canaryburg"},
            {"postcode", "ZZ99 7CN"},
            {"country", "GB"},
            {"phone", "+44 20 5550199"}};
}

json::object line() {
    return {
        {"external_id", "a"},
        {"kind", "product"},
        {"sku", "MUG"},
        {"name", "Mug"},
        {"quantity", 3},
        {"list", triple("30.00", "6.00", "36.00")},
        {"total", triple("30.00", "6.00", "36.00")},
        {"taxes", json::array{json::object{{"label", "VAT"}, {"rate", "20"}, {"amount", "6.00"}}}}};
}

}  // namespace

const std::vector<std::string>& canaries() {
    static const std::vector<std::string> all{"zebulon",      "quixötic",   "quix\\u00f6tic",
                                              "canary wharf", "canaryburg", "zz99",
                                              "5550199",      "zq@canary",  "private@canary",
                                              "canarytrack",  "canarytext", "shop-customer-4711"};
    return all;
}

void Stage::SetUp() {
    if (GetParam() == Kind::postgres) url_ = PostgresServer::shared().make_schema();
    open();
}

void Stage::TearDown() {
    if (store_) store_->stop();
}

servicing::Settings Stage::settings() {
    return {.public_url = "http://hub.test",
            .credit_memo_prefix = "CM-",
            .invoice_prefix = "IN-",
            .return_prefix = "RMA-",
            .make_id =
                [this](std::string_view prefix) {
                    return std::string(prefix) + "_" + store::uuid7(++now_);
                },
            .route = [](std::string_view) { return std::string("books"); },
            .can_execute = [](std::string_view, std::string_view) { return true; }};
}

void Stage::open() {
    const auto clock = [this] { return now_; };
    store_ = GetParam() == Kind::postgres
                 ? store::open_postgres({.url = url_, .now_ms = clock})
                 : store::open_sqlite({.path = folder_.file("hub.db"), .now_ms = clock});
    service_.emplace(settings());
    erasing_.emplace(settings());
    units_ = std::make_unique<runtime::RoutingUnits>(*store_, *service_, settings().make_id,
                                                     nullptr, &*erasing_);
}

void Stage::close() {
    store_->stop();
    units_.reset();
    store_.reset();
}

json::object Stage::order(const std::string& number, const std::string& placed_at) {
    return {
        {"source", {{"external_id", number}, {"observed_at", placed_at}}},
        {"number", number},
        {"currency", "EUR"},
        {"tax_locale", "net"},
        {"state", "open"},
        {"placed_at", placed_at},
        {"customer",
         {{"external_id", "shop-customer-4711"},
          {"name", "Zebulon Quixötic"},
          {"email", "ZQ@canary.example"},
          {"phone", "+44 20 5550199"}}},
        {"billing_address", address()},
        {"shipping_address", address()},
        {"lines", json::array{line()}},
        {"totals", triple("30.00", "6.00", "36.00")},
        {"payments", json::array{json::object{{"external_id", "p1"},
                                              {"method", "card"},
                                              {"state", "captured"},
                                              {"amount", "36.00"}}}},
        {"fulfilments", json::array{json::object{
                            {"external_id", "f1"},
                            {"state", "shipped"},
                            {"lines", json::array{json::object{{"line", "a"}, {"quantity", 3}}}},
                            {"tracking_number", "CANARYTRACK01"}}}},
        {"cancellations", json::array{}}};
}

json::object Stage::mail(const std::string& number, const std::string& from,
                         const std::string& text) {
    return {{"source", {{"external_id", number}, {"observed_at", "2026-11-18T12:00:00Z"}}},
            {"subject", "About canarytext " + number},
            {"state", "open"},
            {"created_at", "2026-11-18T12:00:00Z"},
            {"requester", {{"name", "Zebulon Quixötic"}, {"email", from}}},
            {"messages", json::array{json::object{{"external_id", "m"},
                                                  {"direction", "inbound"},
                                                  {"author", "customer"},
                                                  {"at", "2026-11-18T12:00:00Z"},
                                                  {"text", text}}}}};
}

void Stage::receive(const std::string& connector, const std::string& kind, json::object record,
                    const std::string& observed_at) {
    record["source"].as_object()["observed_at"] = observed_at;
    const std::string external(record["source"].as_object()["external_id"].as_string());
    Result<void> done;
    units_->write(
        [&](routing::Unit& unit) -> Result<void> {
            routing::accept_records(unit.queue(), connector,
                                    {{kind, external, json::serialize(record)}}, now_);
            for (auto message : unit.queue().begin_messages(connector, now_, 10)) {
                const routing::Request request{"connector:" + connector,
                                               connector + ":" + message.message_id, ++now_};
                const auto applied =
                    unit.apply_record(request, connector, message.record_kind, message.body);
                EXPECT_TRUE(applied) << applied.error().message << applied.error().field;
                message.state = routing::InboxState::done;
                EXPECT_TRUE(unit.queue().settle(message));
            }
            return {};
        },
        [&](Result<void> outcome) { done = std::move(outcome); });
    EXPECT_TRUE(store_->write([](store::Transaction&) { return Result<void>(); }));
    ASSERT_TRUE(done) << done.error().message;
}

void Stage::keep_message(const std::string& id, const std::string& body,
                         routing::InboxState state) {
    unit([&](store::Transaction& transaction) {
        routing::InboxMessage message;
        message.connector = "shop";
        message.message_id = id;
        message.headers = "{}";
        message.content_type = "application/json";
        message.body = body;
        message.received_at = now_;
        message.state = state;
        const auto accepted = transaction.accept(message);
        if (state == routing::InboxState::parked)
            transaction.keep_original(routing::subject_of(*accepted), {body, now_, "agent:op"});
        return true;
    });
}

std::string Stage::order_id(const std::string& number) {
    return unit([&](store::Transaction& transaction) {
        const auto row = transaction.order_by_source("shop", number);
        return row ? row->id : std::string();
    });
}

std::string Stage::case_id(const std::string& number) {
    return unit([&](store::Transaction& transaction) {
        const auto row = transaction.case_by_source("desk", number);
        return row ? row->id : std::string();
    });
}

json::object Stage::order_view(const std::string& number) {
    const auto id = order_id(number);
    return unit([&](store::Transaction& transaction) { return *service_->order(transaction, id); });
}

std::string Stage::customer_of(const std::string& email) {
    return unit([&](store::Transaction& transaction) {
        const auto found = transaction.find_customers({.text = email});
        return found.empty() ? std::string() : found.front().id;
    });
}

void Stage::return_one(const std::string& number, const std::string& reason) {
    const auto id = order_id(number);
    const auto version = order_view(number).at("version").as_int64();
    const json::object input{
        {"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", 1}}}},
        {"reason", reason}};
    const bool done = unit([&](store::Transaction& transaction) {
        const auto submitted = service_->submit(transaction, {"agent:ann", "t", ++now_},
                                                domain::ActionKind::return_, id, version, input);
        EXPECT_TRUE(submitted) << submitted.error().message << submitted.error().field;
        return submitted.has_value();
    });
    ASSERT_TRUE(done);
}

void Stage::settle_deliveries(const std::string& kind) {
    unit([&](store::Transaction& transaction) {
        for (auto each : transaction.find_deliveries({.limit = 200})) {
            if (each.state == routing::DeliveryState::done || (!kind.empty() && each.kind != kind))
                continue;
            each.state = routing::DeliveryState::done;
            each.result = R"({"seen_by":"Zebulon Quix\u00f6tic"})";
            each.error_message = "mail to zq@canary.example bounced once";
            transaction.update(each);
        }
        return true;
    });
}

servicing::ErasureRow Stage::begin(const std::string& customer, bool dry_run) {
    return unit([&](store::Transaction& transaction) {
        auto begun = erasing_->begin({transaction, transaction},
                                     {"agent:root", "t", ++now_, "admin", "127.0.0.1"}, customer,
                                     "asked for by Zebulon Quixötic", dry_run);
        EXPECT_TRUE(begun) << begun.error().message;
        return begun ? *begun : servicing::ErasureRow();
    });
}

servicing::ErasureRow Stage::run(servicing::ErasureRow row) {
    for (int steps = 0; steps < 500 && row.state != "done"; ++steps) {
        // What was undone, as by a kill, is done again.
        static_cast<void>(store_->write([&](store::Transaction& transaction) -> Result<void> {
            auto lost = *transaction.erasure(row.id);
            erasing_->step({transaction, transaction}, lost, ++now_);
            return fail(ErrorKind::Unavailable, "killed", "the unit is undone");
        }));
        row = unit([&](store::Transaction& transaction) {
            auto now = *transaction.erasure(row.id);
            erasing_->step({transaction, transaction}, now, ++now_);
            return now;
        });
        if (row.state == "waiting") break;
    }
    return row;
}

std::string Stage::whole_database() {
    std::string all;
    close();
    if (GetParam() == Kind::sqlite) {
        for (const char* name : {"hub.db", "hub.db-wal"}) {
            std::ifstream file(folder_.file(name), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
    } else {
        PostgresOperator server(url_);
        std::string names = server.run(
            "SELECT string_agg(table_name, ' ') FROM information_schema.tables"
            " WHERE table_schema = current_schema()");
        while (!names.empty()) {
            const auto name = names.substr(0, names.find(' '));
            names.erase(0, std::min(names.size(), name.size() + 1));
            all +=
                server.run("SELECT string_agg(row_to_json(t)::text, ' ') FROM " + name + " AS t");
        }
        for (const char* bytes :
             {"body, 'escape'), ' ') FROM inbox_bodies", "content, 'escape'), ' ') FROM originals"})
            all += server.run(std::string("SELECT string_agg(encode(") + bytes);
    }
    open();
    std::ranges::transform(all, all.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return all;
}

std::vector<std::string> Stage::canaries_found() {
    const auto all = whole_database();
    std::vector<std::string> found;
    for (const auto& each : canaries())
        if (const auto at = all.find(each); at != all.npos)
            found.push_back(each + ": " + all.substr(at - std::min<std::size_t>(at, 150), 300));
    return found;
}

}  // namespace orderhub::test
