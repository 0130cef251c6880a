// One configured connector, whichever version of its library runs now.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/connectors/edition.hpp"
#include "hub/connectors/host.hpp"

namespace orderhub::connectors {

class ConfiguredInstance final : public Instance {
public:
    ConfiguredInstance(Services& services, std::shared_ptr<Edition> first)
        : services_(services), name_(first->context().name), editions_{std::move(first)} {}

    const std::string& name() const override { return name_; }
    /// Stays valid after replace().
    const Manifest& manifest() const override { return current()->context().manifest; }
    RateFacts rate() const override {
        return current()->context().rate->facts(RateLimit::Clock::now());
    }
    std::optional<ProcessFacts> process() const override;
    void resume() override;
    void check(Done done) override { submit(Nothing{}, std::move(done)); }
    void receive(InboundMessage message, Done done) override {
        submit(std::move(message), std::move(done));
    }
    void poll(std::string cursor, Done done) override {
        submit(std::move(cursor), std::move(done));
    }
    void execute(CommandCall command, Done done) override {
        submit(std::move(command), std::move(done));
    }
    Result<std::string> verify(const std::vector<Header>& headers, const std::string& body,
                               std::int64_t now_ms) const override;

    std::shared_ptr<Edition> current() const;
    /// Calls from now on go to `next`. Those under way stay where they are. Gives what was current.
    std::shared_ptr<Edition> replace(std::shared_ptr<Edition> next);

private:
    void submit(CallInput input, Done done);

    Services& services_;
    const std::string name_;
    mutable std::mutex mutex_;
    /// The last one is current. Those before it have no library any more, but somebody may still
    /// hold what manifest() gave.
    std::vector<std::shared_ptr<Edition>> editions_;
};

}  // namespace orderhub::connectors
