// How long a case takes to find its order among a million (ORDERHUB_LONG=1: ten million): the whole
// unit of work that takes the case in, but for its commit. ORDERHUB_STORE names a file that is
// kept, and used as it is if it is there.
#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/uuid7.hpp"
#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/desk.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/many_orders.hpp"
#include "tools/benchmarks/searches.hpp"

namespace orderhub::bench {

namespace {

constexpr std::uint64_t kInOneUnit = 2'000;
constexpr int kCases = 1'000;  // of each kind
constexpr std::int64_t kNow = 1'795'000'000'000, kMinute = 60'000;

constexpr std::array kGiven{"Anna", "Boris", "Clara", "David", "Elena", "Felix", "Greta", "Hugo",
                            "Ines", "Jonas", "Karin", "Louis", "Maria", "Nils",  "Olga",  "Paul"};
constexpr std::array kFirst{"Berg",  "Stein", "Wald",  "Hof",   "Lang",  "Neu",
                            "Alt",   "Ober",  "Unter", "Klein", "Gross", "Schwarz",
                            "Weiss", "Roth",  "Gold",  "Silber"};
constexpr std::array kLast{"mann", "er", "bauer", "hauser", "meier", "feld", "bach", "ing"};
constexpr std::array kGoods{"Copper Kettle", "Linen Shirt",    "Garden Hose",    "Oak Table",
                            "Wool Blanket",  "Desk Lamp",      "Rain Jacket",    "Tea Cups",
                            "Running Shoes", "Leather Wallet", "Coffee Grinder", "Picture Frame",
                            "Camping Tent",  "Yoga Mat",       "Bread Knife",    "Alarm Clock"};

/// Everything of an order that follows from its number in the row: the same each time.
struct Person {
    explicit Person(std::uint64_t number) : random(number * 0x9E3779B97F4A7C15ULL) {
        given = kGiven[random() % kGiven.size()];
        surname = std::string(kFirst[random() % kFirst.size()]) + kLast[random() % kLast.size()];
        postcode = fmt::format("{:05}", 10'000 + random() % 8'000);
        goods = random() % kGoods.size();
        email = fmt::format("{}.{}{}@mail.example", given, surname, number);
        phone = fmt::format("+4915{:09}", number % 1'000'000'000);
        street = fmt::format("Lindenstrasse {}", 1 + random() % 90);
    }
    std::string name() const { return given + " " + surname; }

    std::mt19937_64 random;
    std::string given, surname, postcode, email, phone, street;
    std::size_t goods = 0;
};

template <class Work>
void write(store::Store& store, Work work) {
    const auto done = store.write(std::move(work));
    if (!done) throw std::runtime_error(done.error().message);
}

domain::Order pattern() {
    Desk desk;
    desk.import({order_record("N0", 1, "nobody@mail.example")});
    return servicing::decode_order(desk.find("N0").document);
}

/// One order as the hub stores it, with all that it is found by.
servicing::OrderRow row_of(domain::Order order, std::uint64_t number, std::uint64_t count) {
    const Person person(number);
    order.id = "os_" + store::uuid7(kNow);
    order.number = order.external_id = order_words(number).number;
    order.placed_at = kNow - static_cast<std::int64_t>(count - number) * kMinute;
    order.customer.name = person.name();
    order.customer.email = person.email;
    order.customer.phone = person.phone;
    order.shipping_address.line1 = person.street;
    order.shipping_address.city = "Neustadt";
    order.shipping_address.postcode = person.postcode;
    order.shipping_address.country = "DE";
    order.lines.front().name = kGoods[person.goods];
    servicing::OrderRow row;
    row.id = order.id;
    row.version = 1;
    row.connector = "shop";
    row.external_id = row.number = order.number;
    row.email = linking::normal_email(person.email);
    row.customer_name = person.name();
    row.phone = person.phone;
    row.status = "fulfilled";
    row.currency = "EUR";
    row.grand_total = "40.30";
    row.placed_at = row.updated_at = servicing::to_rfc3339(order.placed_at);
    row.document = servicing::encode(order);
    row.match_keys = servicing::match_keys(order, {});
    return row;
}

void fill(store::Store& store, std::uint64_t count) {
    const domain::Order copied = pattern();
    for (std::uint64_t from = 0; from < count; from += kInOneUnit)
        write(store, [&](store::Transaction& unit) -> Result<void> {
            for (auto i = from; i < std::min(count, from + kInOneUnit); ++i)
                unit.save_order(row_of(copied, i, count));
            return {};
        });
}

servicing::Settings settings() {
    servicing::Settings settings;
    settings.make_id = [](std::string_view prefix) {
        return std::string(prefix) + "_" + store::uuid7(kNow);
    };
    settings.route = [](std::string_view) { return std::string(); };
    settings.can_execute = [](std::string_view, std::string_view) { return false; };
    return settings;
}

/// What the customer writes about order `number`, and what the desk knows of the customer.
struct Kind {
    const char* name;
    json::object (*requester)(const Person&);
    std::string (*text)(const Person&, std::uint64_t number);
};

std::string about(const Person& person) {
    return fmt::format("Hello, the {} that I ordered has not arrived. When will it come?",
                       kGoods[person.goods]);
}

const std::array kKinds{
    Kind{"number and e-mail", [](const Person& one) { return json::object{{"email", one.email}}; },
         [](const Person&, std::uint64_t number) {
             return fmt::format("Where is my order {}?", order_words(number).number);
         }},
    Kind{"e-mail and goods", [](const Person& one) { return json::object{{"email", one.email}}; },
         [](const Person& one, std::uint64_t) { return about(one); }},
    Kind{"phone and goods", [](const Person& one) { return json::object{{"phone", one.phone}}; },
         [](const Person& one, std::uint64_t) { return about(one); }},
    Kind{"name, postcode, street, goods",
         [](const Person& one) { return json::object{{"name", one.name()}}; },
         [](const Person& one, std::uint64_t) {
             return about(one) +
                    fmt::format("\n\n{}\n{}\n{} Neustadt", one.name(), one.street, one.postcode);
         }},
    Kind{"a frequent name and goods",
         [](const Person& one) { return json::object{{"name", one.name()}}; },
         [](const Person& one, std::uint64_t) { return about(one) + "\n" + one.name(); }},
};

class Cases {
public:
    Cases(store::Store& store, std::uint64_t count) : store_(store), count_(count) {}

    void measure(Figures& figures, const Kind& kind) {
        Times times;
        int right = 0;
        for (int i = 0; i < kCases; ++i) {
            const std::uint64_t number = random_() % count_;
            const std::string record = record_of(kind, number);
            std::string found;
            write(store_, [&](store::Transaction& unit) -> Result<void> {
                Result<void> applied;
                times.take([&] {
                    applied = service_.apply_record(unit, request_, "desk", "case", record);
                });
                const auto row = unit.case_by_source("desk", name_of(cases_));
                if (row)
                    for (const auto& each : servicing::decode_case(row->document).suggestions)
                        found += each.number + " ";
                return applied;
            });
            right += found.contains(order_words(number).number) ? 1 : 0;
        }
        figures.add(kind.name, "decided", times);
        figures.add(kind.name, "found", 100.0 * right / kCases, "%");
    }

private:
    std::string record_of(const Kind& kind, std::uint64_t number) {
        const Person person(number);
        const std::string at = servicing::to_rfc3339(kNow);
        return json::serialize(json::object{
            {"source", {{"external_id", name_of(++cases_)}, {"observed_at", at}}},
            {"subject", "My order"},
            {"state", "open"},
            {"created_at", at},
            {"requester", kind.requester(person)},
            {"messages", json::array{json::object{{"external_id", "m"},
                                                  {"direction", "inbound"},
                                                  {"text", kind.text(person, number)}}}}});
    }

    std::string name_of(int number) const { return fmt::format("{}-{}", run_, number); }

    store::Store& store_;
    const std::uint64_t count_;
    const std::string run_ = store::uuid7(kNow);
    const servicing::Service service_{settings()};
    const servicing::Request request_{"connector:desk", "bench", kNow, ""};
    std::mt19937_64 random_{7};
    int cases_ = 0;
};

}  // namespace

void measure_linking(Figures& figures) {
    const auto count = orders_to_make();
    const Folder folder;
    const char* kept = std::getenv("ORDERHUB_STORE");
    const std::string path = kept != nullptr ? kept : folder.path() + "/hub.db";
    const bool is_filled = std::filesystem::exists(path);
    figures.add("disk", "fdatasync_per_s", syncs_per_second(folder.path()), "1/s");
    const auto store =
        store::open_sqlite({.path = path, .log_limit_bytes = std::uint64_t{2} << 30});
    Times filling;
    filling.take([&] {
        if (!is_filled) fill(*store, count);
    });
    figures.add("fill", "orders", static_cast<double>(count), "");
    if (!is_filled)
        figures.add("fill", "orders_per_s",
                    static_cast<double>(count) * 1'000 / filling.quantile(0.5), "1/s");
    std::mt19937_64 random(7);
    measure_searches(figures, *store, "number",
                     [&] { return order_words(random() % count).number; });
    measure_searches(figures, *store, "e-mail",
                     [&] { return linking::normal_email(Person(random() % count).email); });
    measure_searches(figures, *store, "phone", [&] { return Person(random() % count).phone; });
    Cases cases(*store, count);
    for (const Kind& kind : kKinds)
        cases.measure(figures, kind);
    store->stop();
}

}  // namespace orderhub::bench
