// What the conformance suite needs of a store: a fresh one for each test, with a clock that the
// test moves.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "hub/store/store.hpp"

namespace orderhub::conformance {

/// Makes a fresh, empty store for each test; `now_ms` and `make_id` are to be used by it.
struct StoreFactory {
    std::string name;
    std::function<std::unique_ptr<store::Store>(std::function<std::int64_t()> now_ms,
                                                std::function<std::string(std::string_view)>)>
        make;
};

class StoreConformance : public testing::TestWithParam<StoreFactory> {
protected:
    void SetUp() override {
        store_ =
            GetParam().make([this] { return now_ms_; },
                            [this](std::string_view prefix) {
                                return std::string(prefix) + "_" + std::to_string(100'000 + ++ids_);
                            });
    }
    void TearDown() override {
        if (store_) store_->stop();
    }

    /// Runs `work` as a unit that must succeed.
    void write(const store::Store::Work& work) {
        const auto result = store_->write(work);
        ASSERT_TRUE(result) << result.error().message;
    }
    /// As write, for work that cannot fail by itself.
    void change(const std::function<void(store::Transaction&)>& work) {
        write([&](store::Transaction& unit) -> Result<void> {
            work(unit);
            return {};
        });
    }
    void look(const std::function<void(store::Transaction&)>& work) {
        const auto result = store_->read([&](store::Transaction& unit) -> Result<void> {
            work(unit);
            return {};
        });
        ASSERT_TRUE(result) << result.error().message;
    }

    std::int64_t now_ms_ = 1'000'000;
    int ids_ = 0;
    std::unique_ptr<store::Store> store_;
};

inline servicing::OrderRow order_row(const std::string& id, const std::string& number) {
    servicing::OrderRow row;
    row.id = id;
    row.version = 1;
    row.document = R"({"number":")" + number + R"("})";
    row.connector = "shop";
    row.external_id = "ext-" + number;
    row.number = number;
    row.email = number + "@example.org";
    row.customer_name = "Kim Example";
    row.phone = "+4930" + number;
    row.status = "open";
    row.currency = "EUR";
    row.grand_total = "12.30";
    row.placed_at = "2026-01-01T00:00:00Z";
    row.updated_at = "2026-01-02T00:00:00Z";
    row.tracking_numbers = {"T2-" + number, "T1-" + number};
    return row;
}

inline servicing::OutgoingCommand command(const std::string& order_key, const std::string& key,
                                          const std::string& connector = "erp") {
    servicing::OutgoingCommand command;
    command.connector = connector;
    command.order_key = order_key;
    command.kind = "credit_memo.post";
    command.key = key;
    command.payload = R"({"memo":")" + key + R"("})";
    command.order_id = "os_" + order_key;
    command.action_id = "co_1";
    return command;
}

inline routing::InboxMessage inbox_message(const std::string& id,
                                           const std::string& connector = "shop") {
    routing::InboxMessage message;
    message.connector = connector;
    message.message_id = id;
    message.headers = "{}";
    message.content_type = "application/json";
    message.body = R"({"id":")" + id + R"("})";
    message.received_at = 5;
    message.next_at = 5;
    return message;
}

/// The commands' keys of what is due, in the order given.
inline std::vector<std::string> due_keys(store::Transaction& unit, std::int64_t now_ms,
                                         std::uint32_t limit = 100,
                                         std::string_view connector = "erp") {
    std::vector<std::string> keys;
    for (const auto& delivery : unit.due_deliveries(connector, now_ms, limit))
        keys.push_back(delivery.key);
    return keys;
}

}  // namespace orderhub::conformance
