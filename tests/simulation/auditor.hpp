// Compares what the hub and the outside systems hold with what the model says. It shares no code
// with the hub.
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/hub.hpp"
#include "tests/simulation/model.hpp"
#include "tests/simulation/shop.hpp"

namespace orderhub::simulation {

class Auditor {
public:
    Auditor(Hub& hub, const Model& model, const Shop& shop, std::vector<const Outside*> systems)
        : hub_(hub), model_(model), shop_(shop), systems_(std::move(systems)) {}

    /// Whether nothing is left to do but behind what is parked.
    bool only_parked_work_is_left();
    /// The weather has been good for long enough: what still waits must wait for what is parked.
    void nothing_else_waits();
    /// And now nothing may wait at all, and everything must be as the model says.
    void all_is_well();

    const std::vector<std::string>& problems() const { return problems_; }
    void problem(std::string text) { problems_.push_back(std::move(text)); }

private:
    void read();
    std::vector<std::string> stuck() const;
    void check_messages();
    void check_deliveries();
    void check_effects(const routing::Delivery& delivery);
    void check_order_of_effects();
    void check_strangers();
    void check_orders();
    void check_order(const ShopOrder& order);
    void check_journal();
    bool is_in_a_ledger(const std::string& key) const;
    Minor done_in(const std::string& kind, const std::string& number) const;
    Minor dropped(const std::string& kind, const std::string& number, bool if_undone) const;

    Hub& hub_;
    const Model& model_;
    const Shop& shop_;
    const std::vector<const Outside*> systems_;
    std::vector<routing::Delivery> deliveries_;  ///< oldest first
    std::vector<routing::InboxMessage> parked_messages_;
    std::vector<servicing::Event> events_;
    std::uint64_t open_messages_ = 0;
    std::vector<std::string> problems_;
};

}  // namespace orderhub::simulation
