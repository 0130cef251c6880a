// A connector whose library is loaded into this process.
#pragma once

#include "hub/connectors/backend.hpp"
#include "hub/connectors/call.hpp"
#include "hub/connectors/host_table.hpp"
#include "hub/connectors/library.hpp"

namespace orderhub::connectors {

class LocalBackend final : public Backend {
public:
    /// `context` must outlive it; `lent` instead of host_table() if it is given.
    LocalBackend(Library library, const InstanceContext& context, const oh_host* lent)
        : library_(std::move(library)), context_(context), lent_(lent ? *lent : host_table()) {}

    void start(const std::string& config, Ready ready) override { ready(create(config)); }
    oh_outcome run(oh_call& call, const CallInput& input) override;
    void interrupt() override {}
    void end(std::function<void()> ended) override;

private:
    Result<void> create(const std::string& config);
    oh_outcome receive(oh_call& call, const InboundMessage& message);
    oh_outcome execute(oh_call& call, const CommandCall& command);

    const Library library_;
    const InstanceContext& context_;
    const oh_host& lent_;
    void* self_ = nullptr;
};

}  // namespace orderhub::connectors
