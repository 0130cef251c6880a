// A storefront: orders, webhooks that come twice, late or in another order, polls, cancellations,
// refunds.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "tests/simulation/outside.hpp"

namespace orderhub::simulation {

/// An order as its storefront knows it.
struct ShopOrder {
    std::string external_id;
    std::string number;
    Minor unit_price = 0;  ///< tax included, in steps of 1.20: a fifth of the net price is tax
    std::int64_t units = 0;
    std::int64_t shipped = 0;
    std::string phone;
    std::int64_t changed = 0;  ///< rises with each change of any order
    struct Cancellation {
        std::string key;
        std::int64_t units = 0;
    };
    std::vector<Cancellation> cancellations;
};

/// A webhook as it lies in the shop's outbox.
struct Webhook {
    std::string id;
    std::string body;
};

/// It honours the key of a command: the second with the same key does nothing.
class Shop final : public Outside {
public:
    Shop(World& world, std::optional<std::chrono::milliseconds> polled_every)
        : Outside(world, "shop"), polled_every_(polled_every) {}

    /// A customer orders. The webhook tells of it.
    Webhook order();
    /// Something about an order changes.
    Webhook change(std::size_t index);

    /// Nothing changes in the shop from now on.
    void come_to_rest() { at_rest_since_ = world_.now(); }
    /// Whether the hub was shown all by a poll since then, or asks for none.
    bool has_shown_all() const;

    std::vector<ShopOrder> orders;
    /// Reading a message with this body ends the hub's process.
    std::string deadly_body;
    std::function<void()> kill_hub;

    std::optional<std::chrono::milliseconds> poll_interval() const override {
        return polled_every_;
    }
    void receive(const routing::InboxMessage& message, Done done) override;
    void poll(const std::string& cursor, Done done) override;
    void execute(const routing::Delivery& delivery, Done done) override;

private:
    Webhook webhook(const ShopOrder& order);
    routing::Record record(const ShopOrder& order);
    routing::CallResult cancel(const std::string& key, const std::string& number,
                               std::int64_t units);
    routing::CallResult refund(const std::string& key, const std::string& number, Minor amount);
    routing::CallResult page(const std::string& cursor);
    /// Later than any before: two states are never read at one moment.
    Time observed();

    const std::optional<std::chrono::milliseconds> polled_every_;
    std::int64_t changes_ = 0;
    std::uint64_t webhooks_ = 0;
    Time observed_ = 0;
    Time at_rest_since_ = 0;
    std::optional<Time> shown_all_at_;  ///< the first time since then
};

}  // namespace orderhub::simulation
