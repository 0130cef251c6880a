// One loaded version of a configured connector: what it is allowed, and its calls.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>

#include "hub/connectors/backend.hpp"
#include "hub/connectors/call.hpp"
#include "hub/connectors/services.hpp"

namespace orderhub::connectors {

/// On the connector thread, where it says nothing else.
class Edition : public std::enable_shared_from_this<Edition> {
public:
    using Done = Instance::Done;
    using Ready = Backend::Ready;
    using MakeBackend = std::function<std::unique_ptr<Backend>(const InstanceContext&)>;

    Edition(Services& services, InstanceContext context, const MakeBackend& make_backend)
        : services_(services), context_(std::move(context)), backend_(make_backend(context_)) {}

    const InstanceContext& context() const { return context_; }  ///< any thread

    /// Makes the connector. Whatever comes of it, retire() must be called in the end.
    void start(const std::string& config, Ready ready) {
        backend_->start(config, std::move(ready));
    }

    /// One more call is to come; any thread. Nothing may enter once retire() is called.
    void enter() { ++inside_; }
    /// The call that entered; any thread. `done` runs once, on the connector thread.
    void submit(CallInput input, Done done);

    /// Ends what its calls wait for.
    void interrupt();
    /// As soon as no call is inside, ends the connector, unloads it, and then runs `retired`.
    void retire(std::function<void()> retired);

    /// Any thread, while it is not being retired.
    std::optional<ProcessFacts> process() const {
        return backend_ ? backend_->process() : std::nullopt;
    }
    void resume() { backend_->resume(); }

private:
    struct Running;

    void begin(CallInput input, Done done);
    void start(const std::shared_ptr<Running>& running);
    void leave();
    void end_if_idle();
    CallResult checked(const std::string& command_kind, CallResult result) const;

    Services& services_;
    const InstanceContext context_;
    std::unique_ptr<Backend> backend_;
    std::unordered_set<oh_call*> running_;
    std::atomic<std::size_t> inside_{0};
    std::function<void()> retired_;
};

}  // namespace orderhub::connectors
