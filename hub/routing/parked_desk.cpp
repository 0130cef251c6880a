#include "hub/routing/parked_desk.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/routing/json_changes.hpp"
#include "hub/routing/operator_entries.hpp"
#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace json = boost::json;

namespace {

std::unexpected<Error> no_delivery() {
    return fail(ErrorKind::NotFound, "no_delivery", "there is no such delivery");
}

std::unexpected<Error> no_message() {
    return fail(ErrorKind::NotFound, "no_message", "there is no such message");
}

std::unexpected<Error> not_parked(std::string_view what, std::string_view state) {
    return fail(ErrorKind::Conflict, "wrong_state",
                "a " + std::string(what) + " that is " + std::string(state) +
                    " cannot be changed; park it first");
}

Result<void> edit(Unit& unit, const Request& request, const std::string& id,
                  const std::string& payload) {
    auto delivery = unit.queue().delivery(id);
    if (!delivery) return no_delivery();
    const json::array changes = text_changes(delivery->payload, payload);
    if (changes.empty()) return {};
    if (delivery->state != DeliveryState::parked)
        return not_parked("delivery", to_text(delivery->state));
    unit.parked_work().keep_original(subject_of(*delivery),
                                     {delivery->payload, request.now_ms, request.actor});
    delivery->payload = payload;
    unit.queue().update(*delivery);
    unit.journal(request, {"delivery.edited", delivery->order_id, delivery->case_id,
                           json::serialize(json::object{{"delivery", delivery->id},
                                                        {"connector", delivery->connector},
                                                        {"kind", delivery->kind},
                                                        {"changes", changes}})});
    return {};
}

Result<void> edit(Unit& unit, const Request& request, std::int64_t sequence,
                  const std::string& body) {
    auto message = unit.queue().message(sequence);
    if (!message) return no_message();
    if (message->body == body) return {};
    if (message->state != InboxState::parked) return not_parked("message", to_text(message->state));
    unit.parked_work().keep_original(subject_of(*message),
                                     {message->body, request.now_ms, request.actor});
    unit.parked_work().replace_body(sequence, body);
    auto entry = about(*message);
    entry["changes"] = text_changes(message->body, body);
    unit.journal(request, {"message.edited", {}, {}, json::serialize(entry)});
    return {};
}

Result<void> drop(Unit& unit, const Request& request, std::int64_t sequence,
                  const std::string& reason) {
    auto message = unit.queue().message(sequence);
    if (!message) return no_message();
    if (message->state == InboxState::dropped) return {};
    if (message->state != InboxState::parked) return not_parked("message", to_text(message->state));
    message->state = InboxState::dropped;
    unit.queue().update(*message);
    auto entry = about(*message);
    entry["reason"] = reason;
    unit.journal(request, {"message.dropped", {}, {}, json::serialize(entry)});
    return {};
}

}  // namespace

void ParkedDesk::edit_delivery(const std::string& id, const std::string& payload,
                               const Actor& actor, Done done) {
    units_.write([id, payload,
                  asked = request(actor)](Unit& unit) { return edit(unit, asked, id, payload); },
                 std::move(done));
}

void ParkedDesk::edit_message(std::int64_t sequence, const std::string& body, const Actor& actor,
                              Done done) {
    units_.write([sequence, body,
                  asked = request(actor)](Unit& unit) { return edit(unit, asked, sequence, body); },
                 std::move(done));
}

void ParkedDesk::drop_message(std::int64_t sequence, const std::string& reason, const Actor& actor,
                              Done done) {
    units_.write([sequence, reason, asked = request(actor)](
                     Unit& unit) { return drop(unit, asked, sequence, reason); },
                 std::move(done));
}

void ParkedDesk::retry_deliveries(DeliveryQuery query, bool dry_run, const Actor& actor,
                                  std::shared_ptr<Retried> retried, Done done) {
    query.state = "parked";
    units_.write(
        [query = std::move(query), dry_run, retried,
         asked = request(actor)](Unit& unit) -> Result<void> {
            const auto found = unit.queue().find_deliveries(query);
            *retried = {};
            retried->count = static_cast<std::uint32_t>(found.size());
            if (found.size() == query.limit) retried->next_delivery = found.back().id;
            if (dry_run) return {};
            for (const auto& delivery : found) {
                const auto after = asked_again(delivery, asked.now_ms);
                if (!after) return std::unexpected(after.error());
                ORDERHUB_TRY(store_decision(unit, asked, "delivery.retried", delivery, *after));
            }
            return {};
        },
        std::move(done));
}

void ParkedDesk::retry_messages(MessageQuery query, bool dry_run, const Actor& actor,
                                std::shared_ptr<Retried> retried, Done done) {
    query.state = "parked";
    units_.write(
        [query = std::move(query), dry_run, retried,
         asked = request(actor)](Unit& unit) -> Result<void> {
            const auto found = unit.parked_work().find_messages(query);
            *retried = {};
            retried->count = static_cast<std::uint32_t>(found.size());
            if (found.size() == query.limit) retried->next_message = found.back().sequence;
            if (dry_run) return {};
            for (const auto& message : found)
                retry(unit, asked, message);
            return {};
        },
        std::move(done));
}

}  // namespace orderhub::routing
