// One instance of the connector in the hub's own host, its outside system being the stand-in.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"
#include "script.hpp"

namespace orderhub::kit {

/// What is under check.
struct Subject {
    std::string library;
    connectors::Manifest manifest;
    Script script;
    Texts secrets;  ///< every secret of the manifest, by key: the script's value or a canary
    std::string directory = {};  ///< empty at first, the clause's own
};

/// A value for each secret that would be recognised anywhere. One that is given as an empty text is
/// not configured.
Texts canaries(const connectors::Manifest& manifest, const Texts& given);

struct StageSettings {
    std::chrono::milliseconds call_deadline{20'000};
    std::chrono::milliseconds http_deadline{10'000};
    std::size_t max_response_bytes = 8UL * 1024 * 1024;
    std::string name = "checked";
};

/// State and cursor are kept as the store would: what a call left counts if it was done.
class Stage {
public:
    Stage(const Subject& subject, std::string peer_address, StageSettings settings = {});
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Errors as Host::add.
    Result<void> start();
    /// The same with another configuration, and secrets that may be fewer.
    Result<void> start(const json::object& config, const Texts& secrets);
    void stop() { host_->stop(); }

    connectors::CallResult check();
    connectors::CallResult receive(const MessageSample& message, std::string id = "kit-message-1");
    connectors::CallResult poll();
    connectors::CallResult execute(const CommandSample& command, std::uint32_t attempt);
    std::future<connectors::CallResult> begin_check();
    std::future<connectors::CallResult> begin_receive(const MessageSample& message, std::string id);
    std::future<connectors::CallResult> begin_poll();
    std::future<connectors::CallResult> begin_execute(const CommandSample& command,
                                                      std::uint32_t attempt);
    connectors::Instance& instance() { return *host_->find(settings_.name); }

    const Subject& subject() const { return subject_; }
    const Script& script() const { return subject_.script; }
    /// What the hub's log got since the stage was set.
    std::string log() const;

    std::string cursor;
    Texts state;

private:
    struct Log;
    connectors::CallResult kept(connectors::CallResult result);
    void look_for_leaks(const connectors::CallResult& result);

    const Subject& subject_;
    const std::string peer_;
    const StageSettings settings_;
    std::unique_ptr<Log> log_;
    std::unique_ptr<connectors::Host> host_;
};

/// {{peer}} and {{directory}} in the configuration replaced, secrets by their placeholders.
json::object config_for(const Subject& subject, const std::string& peer);

}  // namespace orderhub::kit
