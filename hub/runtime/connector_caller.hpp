// A connector as routing sees it.
#pragma once

#include "hub/connectors/host.hpp"
#include "hub/routing/ports.hpp"

namespace orderhub::runtime {

/// The instance must outlive it.
class ConnectorCaller : public routing::Caller {
public:
    explicit ConnectorCaller(connectors::Instance& instance) : instance_(instance) {}

    std::string name() const override { return instance_.name(); }
    std::uint32_t concurrency() const override { return instance_.manifest().concurrency; }
    std::optional<std::chrono::milliseconds> poll_interval() const override {
        return instance_.manifest().poll_interval;
    }
    void receive(const routing::InboxMessage& message, Done done) override;
    void poll(const std::string& cursor, Done done) override;
    void execute(const routing::Delivery& delivery, Done done) override;

private:
    connectors::Instance& instance_;
};

}  // namespace orderhub::runtime
