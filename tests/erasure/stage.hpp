// A hub's use cases on a store of either kind, with a person whose data is easy to recognise.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/runtime/routing_units.hpp"
#include "hub/servicing/erasure/erasing.hpp"
#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

namespace json = boost::json;

/// Each of these is the person's, in small letters, as it may lie anywhere in a database.
const std::vector<std::string>& canaries();

enum class Kind { sqlite, postgres };

class Stage : public testing::TestWithParam<Kind> {
protected:
    void SetUp() override;
    void TearDown() override;

    /// Runs a unit of work that must succeed and gives what it gave.
    template <class Use>
    auto unit(Use use) {
        std::optional<decltype(use(std::declval<store::Transaction&>()))> result;
        const auto done = store_->write([&](store::Transaction& transaction) -> Result<void> {
            result.emplace(use(transaction));
            return {};
        });
        EXPECT_TRUE(done) << done.error().message;
        return *std::move(result);
    }

    servicing::Settings settings();
    /// The person's order; `number` is its id at the shop, too.
    static json::object order(const std::string& number, const std::string& placed_at);
    static json::object mail(const std::string& number, const std::string& from,
                             const std::string& text);
    /// A polled record on its way from the inbox to orders and cases.
    void receive(const std::string& connector, const std::string& kind, json::object record,
                 const std::string& observed_at);
    /// A webhook as it came, in the state given.
    void keep_message(const std::string& id, const std::string& body, routing::InboxState state);

    std::string order_id(const std::string& number);
    std::string case_id(const std::string& number);
    json::object order_view(const std::string& number);
    /// Id of the customer of an address; empty if there is none.
    std::string customer_of(const std::string& email);
    /// Submits a return of one unit of the order.
    void return_one(const std::string& number, const std::string& reason);
    /// Every delivery that is not over is, or only those of one kind.
    void settle_deliveries(const std::string& kind = {});

    servicing::ErasureRow begin(const std::string& customer, bool dry_run = false);
    /// Steps until it is done or waits.
    servicing::ErasureRow run(servicing::ErasureRow row);
    json::object view_of(const servicing::ErasureRow& row) { return servicing::erasure_view(row); }

    /// All that the database has, in small letters. The store is closed and opened for it.
    std::string whole_database();
    std::vector<std::string> canaries_found();

    std::int64_t now_ = 1'796'000'000'000;
    std::unique_ptr<store::Store> store_;
    std::optional<servicing::Service> service_;
    std::optional<servicing::Erasing> erasing_;
    std::unique_ptr<runtime::RoutingUnits> units_;

private:
    void open();
    void close();

    const TemporaryFolder folder_;
    std::string url_;
};

}  // namespace orderhub::test
