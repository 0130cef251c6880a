// One call of a connector in progress: what oh_call points to.
#pragma once

#include <orderhub/connector.h>
#include <spdlog/logger.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hub/connectors/access_token.hpp"
#include "hub/connectors/call_kind.hpp"
#include "hub/connectors/host.hpp"
#include "hub/connectors/http_client.hpp"
#include "hub/connectors/permissions.hpp"
#include "hub/connectors/rate_limit.hpp"
#include "hub/connectors/secrets.hpp"
#include "hub/connectors/services.hpp"
#include "hub/connectors/waiting.hpp"

namespace orderhub::connectors {

/// The fixed part of an instance that its calls work with.
struct InstanceContext {
    std::string name;
    Manifest manifest;
    Permissions permissions;
    Secrets secrets;
    std::shared_ptr<spdlog::logger> log;
    std::shared_ptr<RateLimit> rate;
    Isolation isolation = Isolation::in_process;
    std::uint64_t memory_bytes = 0;                ///< of a process of its own
    std::shared_ptr<AccessToken> token = nullptr;  ///< if the manifest has "oauth2"
    std::string ping = {};                         ///< see is_ping

    /// The text without secrets and tokens.
    std::string mask(std::string_view text) const;
};

/// Writes a connector's line: secrets masked, control characters replaced, length bounded.
void write_log(const InstanceContext& context, std::int32_t level, std::string_view message);

/// Invalid "bad_config" with the connector's words, secrets masked.
std::unexpected<Error> refused_config(const InstanceContext& context, std::string_view words);

}  // namespace orderhub::connectors

/// All members belong to the call's own stack, except `interrupt_`, which belongs to the connector
/// thread.
struct oh_call {
public:
    using Clock = std::chrono::steady_clock;

    oh_call(const orderhub::connectors::InstanceContext& context,
            orderhub::connectors::Services& services, orderhub::connectors::CallKind kind);
    oh_call(const oh_call&) = delete;
    oh_call& operator=(const oh_call&) = delete;

    /// Ends what the call waits for. On the connector thread.
    void interrupt();

    oh_http_outcome http(const oh_http_request& request, oh_http_response& response);
    oh_outcome emit(std::string_view kind, std::string_view json);
    void set_cursor(std::string_view cursor);
    void set_result(std::string_view json);
    void fail(std::string_view code, std::string_view message, std::uint64_t retry_after_ms);
    oh_str state_get(std::string_view key);
    void state_put(std::string_view key, std::string_view value);
    void sleep(std::chrono::milliseconds duration);
    std::chrono::milliseconds time_left() const;
    void log(std::int32_t level, std::string_view message) const;
    void forget_token();

    orderhub::connectors::CallKind kind() const { return kind_; }
    /// What the call left behind, once its function has returned `outcome`.
    orderhub::connectors::CallResult finish(oh_outcome outcome);
    /// The same for a function that an exception left, against the rules.
    orderhub::connectors::CallResult finish_broken();

    orderhub::connectors::Waiter* waiter = nullptr;  ///< set when the call begins to run
    std::int64_t owner = 0;                          ///< of the command that it executes

private:
    Clock::time_point deadline_for(const oh_http_request& request) const;
    void show(oh_http_response& response);
    std::string stored_state(const std::string& key);
    orderhub::connectors::WireAnswer exchange(const oh_http_request& request);
    orderhub::connectors::WireAnswer transmit(const oh_http_request& request,
                                              orderhub::connectors::WireRequest wire);
    std::variant<std::string, orderhub::connectors::WireAnswer> access_token();
    orderhub::connectors::WireAnswer ask_for_token(
        const orderhub::connectors::TokenRequest& wanted);
    void keep_state(const std::string& key, const std::string& value);
    orderhub::connectors::WireAnswer send(orderhub::connectors::WireRequest wire);
    bool wait_for_turn();
    void sleep_until(Clock::time_point then);
    orderhub::Result<void> check_record(std::string_view kind, std::string_view text,
                                        orderhub::connectors::EmittedRecord& record) const;

    const orderhub::connectors::InstanceContext& context_;
    orderhub::connectors::Services& services_;
    const orderhub::connectors::CallKind kind_;
    const Clock::time_point deadline_;
    orderhub::connectors::CallResult result_;
    std::size_t emitted_bytes_ = 0;
    bool may_have_acted_ = false;  ///< a request may have reached its peer
    bool state_is_lost_ = false;   ///< it was asked for and could not be read
    std::function<void()> interrupt_;
    orderhub::connectors::WireAnswer answer_;
    std::vector<oh_header> answer_headers_;
    std::string state_value_;
};
