// Who uses the hub: a shop that sends webhooks, agents, an operator.
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/hub.hpp"
#include "tests/simulation/model.hpp"
#include "tests/simulation/shop.hpp"

namespace orderhub::simulation {

/// Sends a webhook until the hub takes it; sometimes again after that, often late.
class Sender {
public:
    Sender(World& world, Hub& hub, Model& model) : world_(world), hub_(hub), model_(model) {}

    /// Of those that get no answer, `gives_up_percent` are not sent again.
    void send(const Webhook& webhook, std::uint64_t gives_up_percent);
    /// From now on no webhook is late.
    void hurry() { hurries_ = true; }
    /// How many are still on their way.
    std::size_t outstanding() const { return outstanding_; }

private:
    void attempt(const Webhook& webhook, std::uint64_t gives_up_percent);
    void taken(const Webhook& webhook);

    World& world_;
    Hub& hub_;
    Model& model_;
    bool hurries_ = false;
    std::size_t outstanding_ = 0;
};

/// Takes back, cancels and gives away, a unit or two at a time.
class Agent {
public:
    Agent(World& world, Hub& hub, Model& model, const Shop& shop)
        : world_(world), hub_(hub), model_(model), shop_(shop) {}

    void act();
    /// Finds out what became of what was not answered. The hub must be up.
    void find_out();
    const std::vector<std::string>& problems() const { return problems_; }

private:
    /// Nothing is asked for if no units is the answer.
    Asked think(const ShopOrder& order);
    void ask(const Asked& asked, const Hub::Order& order);

    World& world_;
    Hub& hub_;
    Model& model_;
    const Shop& shop_;
    int asked_ = 0;
    std::set<std::string> busy_;  ///< orders that an answer is awaited for
    std::vector<std::string> problems_;
};

/// Looks after what is parked.
class Operator {
public:
    Operator(World& world, Hub& hub, const Model& model)
        : world_(world), hub_(hub), model_(model) {}

    /// One parked delivery is tried again, or (seldom) dropped.
    void look_after_one();
    /// All that is parked is tried again.
    void retry_all();

private:
    World& world_;
    Hub& hub_;
    const Model& model_;
};

}  // namespace orderhub::simulation
