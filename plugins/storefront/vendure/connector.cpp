// The Vendure connector: entry and lifecycle.
#include <array>
#include <memory>
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <utility>

#include "commands.hpp"
#include "fulfilments.hpp"
#include "payments.hpp"
#include "poll.hpp"

namespace orderhub::vendure {
namespace {

/// The order that a notification is about. Throws sdk::Stop rejected for a body that does not say.
std::string notified_order(std::string_view body) {
    std::string id;
    std::string reason;
    try {
        const json::value parsed = json::parse(body);
        const json::object& event = as_object(parsed, "body");
        if (text_of(event, "type") != "order.changed")
            reason = "the notification is not of type order.changed";
        else
            id = id_of(event, "orderId");
    } catch (const std::exception& thrown) {
        reason = "the notification cannot be read: " + std::string(thrown.what());
    }
    if (reason.empty() && id.size() > 128) reason = "the notification's orderId is too long";
    if (!reason.empty()) throw sdk::rejected("bad_notification", reason);
    return id;
}

using CarryOut = void (*)(sdk::Call&, const Config&, Client&, const sdk::Command&);

constexpr std::array<std::pair<std::string_view, CarryOut>, 6> kCommands{{
    {"order.cancel", execute_cancel},
    {"refund.create", execute_refund},
    {"fulfilment.create", execute_fulfilment_create},
    {"fulfilment.update", execute_fulfilment_update},
    {"payment.capture", execute_capture},
    {"payment.reverse", execute_reverse},
}};

class Vendure {
public:
    explicit Vendure(const json::object& config)
        : config_(std::make_unique<const Config>(read_config(config))), client_(*config_) {}

    void check(sdk::Call& call) {
        client_.probe(call);
        sdk::LeftOut(call, "order").report();
    }

    /// A notification says that something happened, in no dependable order: what is true now is
    /// read back.
    void receive(sdk::Call& call, const sdk::Message& message) {
        const std::string id = notified_order(message.body);
        const std::optional<ReadOrder> read = client_.read_order(call, id);
        if (!read) {
            call.log(OH_LOG_INFO, "notified of order " + id + ", which this channel does not see");
            return;
        }
        KnownOrders known(call);
        emit_order(call, *config_, known, *read);
        known.save();
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        poll_orders(call, *config_, client_, cursor, !has_polled_);
        has_polled_ = true;
    }

    void execute(sdk::Call& call, const sdk::Command& command) {
        for (const auto& [kind, carry_out] : kCommands)
            if (command.kind == kind) return carry_out(call, *config_, client_, command);
        throw sdk::rejected("not_supported", "the connector does not know this command");
    }

private:
    std::unique_ptr<const Config> config_;  // at an address that stays when the instance is moved
    Client client_;
    bool has_polled_ = false;
};

}  // namespace
}  // namespace orderhub::vendure

ORDERHUB_CONNECTOR(orderhub::vendure::Vendure, ORDERHUB_MANIFEST);
