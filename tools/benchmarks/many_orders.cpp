#include "tools/benchmarks/many_orders.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "hub/domain/customer.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/uuid7.hpp"
#include "tools/benchmarks/desk.hpp"
#include "tools/benchmarks/signed_orders.hpp"

namespace orderhub::bench {

namespace {

constexpr std::uint64_t kInOneUnit = 1'000;
constexpr int kLines = 2;
/// The order that all others are copies of.
constexpr std::uint64_t kPattern = 999'999'999;
constexpr std::int64_t kBegin = 1'795'000'000'000;

/// A text with places for words that change, in the order in which they stand in it.
class Pattern {
public:
    Pattern(std::string text, const std::vector<std::string>& words) {
        for (std::size_t from = 0; from < text.size();) {
            std::size_t next = text.size(), which = words.size();
            for (std::size_t i = 0; i < words.size(); ++i)
                if (const auto at = text.find(words[i], from); at < next) {
                    next = at;
                    which = i;
                }
            parts_.push_back({text.substr(from, next - from), which});
            from = which == words.size() ? next : next + words[which].size();
        }
    }

    std::string with(const std::vector<std::string>& words) const {
        std::string text;
        for (const auto& [before, which] : parts_) {
            text += before;
            if (which < words.size()) text += words[which];
        }
        return text;
    }

private:
    struct Part {
        std::string before;
        std::size_t word;
    };
    std::vector<Part> parts_;
};

std::string record_of(const OrderWords& words) {
    auto record = boost::json::parse(order_record(words.number, kLines, words.email)).as_object();
    record.at("customer").as_object()["phone"] = words.phone;
    auto& fulfilment = record.at("fulfilments").as_array().at(0).as_object();
    fulfilment["tracking_number"] = words.tracking;
    return boost::json::serialize(record);
}

/// What the hub makes of such a record; its delivery and message as they would be.
class Copies {
public:
    Copies()
        : row_(imported()),
          words_{row_.id, pattern_.number, pattern_.email, pattern_.phone, pattern_.tracking},
          document_(row_.document, words_),
          body_(signed_order("scale", 1)) {}

    void write(store::Transaction& unit, std::uint64_t number) const {
        const OrderWords words = order_words(number);
        auto row = row_;
        row.id = id("os");
        row.external_id = row.number = words.number;
        row.email = words.email;
        row.phone = words.phone;
        row.tracking_numbers = {words.tracking};
        row.customer_id = add_customer(unit, words);
        row.document =
            document_.with({row.id, words.number, words.email, words.phone, words.tracking});
        unit.save_order(row);
        add_message(unit, number);
        unit.append({.sequence = 0,
                     .id = id("ev"),
                     .type = "order.imported",
                     .order_id = row.id,
                     .case_id = {},
                     .actor = "connector:shop",
                     .trace = words.number,
                     .data = R"({"subject":"","text":"","order_version":1})",
                     .at = row.updated_at});
        unit.send({.connector = "sink",
                   .order_key = row.id,
                   .kind = "order.forward",
                   .key = "fw_" + row.id,
                   .payload = payload(words),
                   .order_id = row.id,
                   .action_id = {},
                   .case_id = {}});
    }

private:
    static std::string id(std::string_view prefix) {
        return std::string(prefix) + "_" + store::uuid7(kBegin);
    }

    servicing::OrderRow imported() const {
        Desk desk;
        desk.import({record_of(pattern_)});
        auto row = desk.find(pattern_.number);
        row.version = 1;
        return row;
    }

    std::string add_customer(store::Transaction& unit, const OrderWords& words) const {
        const std::string customer = id("cu");
        unit.save_customer({.id = customer,
                            .kind = "person",
                            .name = row_.customer_name,
                            .named_at = row_.updated_at,
                            .created_at = row_.updated_at});
        unit.add_identity({.key = "email:" + words.email,
                           .value = words.email,
                           .customer_id = customer,
                           .source = "shop",
                           .rule = "first_seen",
                           .reason = "order " + words.number + " showed it first",
                           .at = row_.updated_at});
        return customer;
    }

    void add_message(store::Transaction& unit, std::uint64_t number) const {
        routing::InboxMessage message;
        message.connector = "bench";
        message.message_id = fmt::format("{:064x}", number * 0x9E3779B97F4A7C15ULL);
        message.headers = "{}";
        message.content_type = "application/json";
        message.body = body_;
        message.received_at = kBegin;
        message.state = routing::InboxState::done;
        unit.accept(std::move(message));
    }

    static std::string payload(const OrderWords& words) {
        return fmt::format(R"({{"order":{{"external_id":"{0}","number":"{0}","currency":"EUR"}},)"
                           R"("customer_email":"{1}","total":"40.30",)"
                           R"("lines":[{{"sku":"MUG-1","quantity":3,"amount":"40.30"}}]}})",
                           words.number, words.email);
    }

    const OrderWords pattern_ = order_words(kPattern);
    const servicing::OrderRow row_;
    const std::vector<std::string> words_;
    const Pattern document_;
    const std::string body_;
};

}  // namespace

OrderWords order_words(std::uint64_t number) {
    // Scattered as they are in life: neighbours in time do not stand together in an index.
    const std::uint64_t mixed = number * 0x9E3779B97F4A7C15ULL;
    return {fmt::format("N{:09}", number), fmt::format("{:016x}@example.test", mixed),
            fmt::format("+49{:011}", mixed % 100'000'000'000ULL), fmt::format("T{:016x}", ~mixed)};
}

std::uint64_t orders_to_make() {
    if (const char* orders = std::getenv("ORDERHUB_ORDERS"))
        return std::strtoull(orders, nullptr, 10);
    const char* is_long = std::getenv("ORDERHUB_LONG");
    return is_long != nullptr && std::string_view(is_long) == "1" ? 10'000'000 : 1'000'000;
}

void fill_with_orders(store::Store& store, std::uint64_t count) {
    const Copies copies;
    for (std::uint64_t from = 0; from < count; from += kInOneUnit) {
        const auto end = std::min(count, from + kInOneUnit);
        const auto written = store.write([&](store::Transaction& unit) -> Result<void> {
            for (std::uint64_t i = from; i < end; ++i)
                copies.write(unit, i);
            return {};
        });
        if (!written) throw std::runtime_error(written.error().message);
    }
}

}  // namespace orderhub::bench
