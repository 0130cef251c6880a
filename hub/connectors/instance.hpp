// One configured connector: its library, what it is allowed, and its calls.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include "hub/connectors/call.hpp"
#include "hub/connectors/host.hpp"
#include "hub/connectors/library.hpp"
#include "hub/connectors/services.hpp"

namespace orderhub::connectors {

class LoadedInstance final : public Instance {
public:
    LoadedInstance(Services& services, Library library, InstanceContext context);

    /// Calls the library's create. On the connector thread. Errors: Invalid "bad_config" with the
    /// connector's words.
    Result<void> create(const std::string& config);
    /// Ends what its calls wait for. On the connector thread.
    void interrupt();
    /// Calls the library's destroy, if it was created. On the connector thread; no call is running.
    void destroy();

    const std::string& name() const override { return context_.name; }
    const Manifest& manifest() const override { return context_.manifest; }
    RateFacts rate() const override { return context_.rate->facts(RateLimit::Clock::now()); }
    void check(Done done) override;
    void receive(InboundMessage message, Done done) override;
    void poll(std::string cursor, Done done) override;
    void execute(CommandCall command, Done done) override;
    Result<std::string> verify(const std::vector<Header>& headers, const std::string& body,
                               std::int64_t now_ms) const override;

private:
    using Work = std::function<oh_outcome(oh_call&)>;
    struct Running;

    /// `supported` false: the connector has no such function; `done` gets a rejection.
    void submit(CallKind kind, bool supported, Work work, Done done);
    void start(const std::shared_ptr<Running>& running);
    CallResult checked(const std::string& command_kind, CallResult result) const;

    Services& services_;
    const Library library_;
    const InstanceContext context_;
    void* self_ = nullptr;
    std::unordered_set<oh_call*> running_;
};

}  // namespace orderhub::connectors
