// What operators do to deliveries and messages: each one unit, with an entry in the journal.
#include <boost/json.hpp>

#include "hub/routing/operator_entries.hpp"
#include "hub/routing/router.hpp"
#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace json = boost::json;

json::object about(const InboxMessage& message) {
    return {{"sequence", message.sequence}, {"connector", message.connector}};
}

Result<void> store_decision(Unit& unit, const Request& request, const std::string& event,
                            const Delivery& before, const Delivery& after) {
    unit.queue().update(after);
    unit.journal(request, {event, after.order_id, after.case_id,
                           json::serialize(json::object{{"delivery", after.id},
                                                        {"connector", after.connector},
                                                        {"kind", after.kind},
                                                        {"before", to_text(before.state)},
                                                        {"after", to_text(after.state)},
                                                        {"message", after.error_message}})});
    return unit.on_delivery(request, after);
}

void retry(Unit& unit, const Request& request, InboxMessage message) {
    message.state = InboxState::waiting;
    message.attempts = message.crashes = 0;
    message.next_at = request.now_ms;
    unit.queue().update(message);
    unit.journal(request, {"message.retried", {}, {}, json::serialize(about(message))});
}

namespace {

/// Asked for a second time.
bool is_so_already(std::string_view event, DeliveryState state) {
    return (event == "delivery.parked" && state == DeliveryState::parked) ||
           (event == "delivery.dropped" && state == DeliveryState::dropped);
}

}  // namespace

void Router::change(const std::string& delivery_id, const Request& request,
                    const std::string& event, const Change& change, Done done) {
    units().write(
        [delivery_id, request, event, change](Unit& unit) -> Result<void> {
            const auto before = unit.queue().delivery(delivery_id);
            if (!before)
                return fail(ErrorKind::NotFound, "no_delivery", "there is no such delivery");
            if (is_so_already(event, before->state)) return {};
            const auto after = change(*before);
            if (!after) return std::unexpected(after.error());
            return store_decision(unit, request, event, *before, *after);
        },
        std::move(done));
}

void Router::retry(const std::string& delivery_id, const Actor& actor, Done done) {
    const Request asked = request(actor);
    change(
        delivery_id, asked, "delivery.retried",
        [now = asked.now_ms](const Delivery& delivery) { return asked_again(delivery, now); },
        std::move(done));
}

void Router::park(const std::string& delivery_id, const Actor& actor, Done done) {
    change(delivery_id, request(actor), "delivery.parked", set_aside, std::move(done));
}

void Router::drop(const std::string& delivery_id, const std::string& reason, const Actor& actor,
                  Done done) {
    change(
        delivery_id, request(actor), "delivery.dropped",
        [reason](const Delivery& delivery) { return given_up(delivery, reason); }, std::move(done));
}

void Router::retry_message(std::int64_t sequence, const Actor& actor, Done done) {
    units().write(
        [sequence, asked = request(actor)](Unit& unit) -> Result<void> {
            auto message = unit.queue().message(sequence);
            if (!message)
                return fail(ErrorKind::NotFound, "no_message", "there is no such message");
            if (message->state != InboxState::parked && message->state != InboxState::waiting)
                return fail(ErrorKind::Conflict, "wrong_state",
                            "a message that is " + std::string(to_text(message->state)) +
                                " cannot be tried again");
            routing::retry(unit, asked, *message);
            return {};
        },
        std::move(done));
}

}  // namespace orderhub::routing
