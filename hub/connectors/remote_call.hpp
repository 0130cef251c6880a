// One call in a connector's own process, from the hub's side.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "hub/connectors/backend.hpp"
#include "hub/connectors/call.hpp"
#include "hub/connectors/supervisor.hpp"

namespace orderhub::connectors {

/// Lives on the call's own stack. What it shares with the supervisor is used on the connector
/// thread only: each step of the conversation is one wait of the call.
class RemoteCall final : public Conversation {
public:
    RemoteCall(Supervisor& supervisor, oh_call& call) : supervisor_(supervisor), call_(call) {}

    /// Sends the call, does what the connector asks until it has finished. Throws if it let an
    /// exception escape.
    oh_outcome run(const CallInput& input);

    void frame(Frame frame) override;
    void broken(const std::string& reason, bool is_guilty) override;
    std::chrono::steady_clock::time_point begun() const override { return begun_; }

private:
    struct Step {
        std::string text;   ///< a frame to send; empty if none is due
        std::string fault;  ///< what the process did against the protocol; it is ended for that
    };

    std::optional<Frame> begin(const CallInput& input);
    std::optional<Frame> next(const Step& step);
    void expect(Waiter::Resume resume);
    Step answer(const Frame& frame);
    oh_outcome outcome_without_process();

    Supervisor& supervisor_;
    oh_call& call_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::uint32_t number_ = 0;
    std::deque<Frame> arrived_;
    std::size_t arrived_bytes_ = 0;
    std::optional<std::string> end_;        ///< of the process
    bool is_guilty_ = false;                ///< of that
    std::optional<Supervisor::Down> down_;  ///< it did not run from the beginning
    std::function<void()> wake_;
};

}  // namespace orderhub::connectors
