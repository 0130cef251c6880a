// What runs a connector's functions: its library in this process, or a process of its own.
#pragma once

#include <orderhub/connector.h>

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "hub/connectors/call_kind.hpp"
#include "hub/connectors/host.hpp"

namespace orderhub::connectors {

struct Nothing {};

/// What a function is called with; the order is that of CallKind.
using CallInput = std::variant<Nothing, InboundMessage, std::string, CommandCall>;

inline CallKind kind_of(const CallInput& input) {
    return static_cast<CallKind>(input.index());
}

/// Used on the connector thread, where it says nothing else.
class Backend {
public:
    using Ready = std::function<void(Result<void>)>;
    virtual ~Backend() = default;

    /// Makes the connector; `ready` is called once, perhaps later. Errors: Invalid "bad_config"
    /// with the connector's words, and what its library is refused for.
    virtual void start(const std::string& config, Ready ready) = 0;
    /// Runs one call, on the call's own stack, which may wait. Throws if the connector lets an
    /// exception escape.
    virtual oh_outcome run(oh_call& call, const CallInput& input) = 0;
    /// The hub stops: calls under way are to end soon.
    virtual void interrupt() = 0;
    /// Ends the connector and then calls `ended`; no call is running.
    virtual void end(std::function<void()> ended) = 0;
    /// Any thread. Nothing if it runs in this process.
    virtual std::optional<ProcessFacts> process() const { return std::nullopt; }
    /// Begins again what was parked. Any thread.
    virtual void resume() {}
};

}  // namespace orderhub::connectors
