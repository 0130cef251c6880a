// A connector whose library is loaded into a process of its own. What it asks of the host is done
// here, by the same code that serves connectors in this process.
#pragma once

#include <memory>

#include "hub/connectors/backend.hpp"
#include "hub/connectors/supervisor.hpp"

namespace orderhub::connectors {

class RemoteBackend final : public Backend {
public:
    explicit RemoteBackend(std::shared_ptr<Supervisor> supervisor)
        : supervisor_(std::move(supervisor)) {}

    void start(const std::string& config, Ready ready) override {
        supervisor_->start(config, std::move(ready));
    }
    oh_outcome run(oh_call& call, const CallInput& input) override;
    void interrupt() override { supervisor_->hurry(); }
    void end(std::function<void()> ended) override { supervisor_->stop(std::move(ended)); }
    std::optional<ProcessFacts> process() const override { return supervisor_->facts(); }
    void resume() override { supervisor_->resume(); }

private:
    std::shared_ptr<Supervisor> supervisor_;
};

}  // namespace orderhub::connectors
