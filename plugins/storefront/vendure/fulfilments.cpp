#include "fulfilments.hpp"

#include "events.hpp"
#include "notes.hpp"
#include "once.hpp"

namespace orderhub::vendure {
namespace {

std::string order_id(const sdk::Command& command) {
    return id_of(member(command.payload, "order"), "external_id");
}

json::object result_of(const json::object& fulfilment) {
    json::object result{{"external_id", id_of(fulfilment, "id")}};
    const std::string_view state = fulfilment_state(text_of(fulfilment, "state"));
    if (state != "cancelled") result["state"] = state;
    return result;
}

const json::object* find_fulfilment(const json::object& order, std::string_view id) {
    for (const json::value& each : list_of(order, "fulfillments")) {
        const json::object& fulfilment = as_object(each, "fulfillments");
        if (id_of(fulfilment, "id") == id) return &fulfilment;
    }
    return nullptr;
}

std::optional<json::object> find_by_key(const json::object& order, std::string_view key) {
    for (const auto& [id, caused_by] : keys_of_fulfilments(order))
        if (caused_by == key) return result_of(*find_fulfilment(order, id));
    return std::nullopt;
}

/// A note that goes before the effect itself. One too many does no harm, so a doubtful answer is
/// tried again.
void write_before(sdk::Call& call, Client& client, std::string_view order,
                  const std::string& note) {
    auto trouble = attempt([&] { client.add_note(call, order, note); });
    if (!trouble) return;
    if (trouble->outcome == OH_UNKNOWN) trouble->outcome = OH_RETRY;
    throw std::move(*trouble);
}

std::vector<LineUnits> units_to_send(const json::object& payload) {
    std::vector<LineUnits> lines = payload_lines(payload);
    if (lines.empty() || lines.size() != list_of(payload, "lines").size())
        throw sdk::rejected("line_missing", "a standard fulfilment needs lines of the order");
    return lines;
}

void send(sdk::Call& call, const Config& config, Client& client, const sdk::Command& command) {
    const std::string order = order_id(command);
    const std::vector<LineUnits> lines = units_to_send(command.payload);
    bool announced = false;
    perform_once(call, config, client,
                 {order, [&](const json::object& shown) { return find_by_key(shown, command.key); },
                  [&](const json::object& shown) {
                      check_lines(shown, lines);
                      announced = is_announced(shown, lines, command.key);
                  },
                  [&] {
                      if (!announced)
                          write_before(call, client, order, announcement(lines, command.key));
                      const json::object answer =
                          client.add_fulfilment(call, lines, text_of(command.payload, "carrier"),
                                                text_of(command.payload, "tracking_number"));
                      refuse_if_error(answer);
                      return result_of(answer);
                  }});
}

/// The effect is the note: `id` names what it is about, or itself if that is empty.
void leave_note(sdk::Call& call, const Config& config, Client& client, const sdk::Command& command,
                const std::string& note, const std::string& about) {
    const std::string order = order_id(command);
    perform_once(
        call, config, client,
        {order,
         [&](const json::object& shown) -> std::optional<json::object> {
             const json::object* entry = find_note(shown, command.key);
             if (entry == nullptr) return std::nullopt;
             std::string id = std::string(kNotePrefix) + id_of(*entry, "id");
             return json::object{{"external_id", about.empty() ? std::move(id) : about}};
         },
         [&](const json::object& shown) { check_lines(shown, payload_lines(command.payload)); },
         [&] {
             client.add_note(call, order, note);
             return json::object();
         }});
}

bool has_reached(const json::object& fulfilment, std::string_view wanted) {
    const std::string_view state = fulfilment_state(text_of(fulfilment, "state"));
    return state == wanted || (wanted == "shipped" && state == "delivered");
}

/// Vendure takes carrier and tracking number when a fulfilment is made, and never again.
bool tells_news(const json::object& fulfilment, const json::object& payload) {
    const auto differs = [&](std::string_view ours, std::string_view theirs) {
        const std::string_view told = text_of(payload, ours);
        return !told.empty() && told != text_of(fulfilment, theirs);
    };
    return differs("carrier", "method") || differs("tracking_number", "trackingCode");
}

const json::object& need_fulfilment(const json::object& order, std::string_view id) {
    const json::object* fulfilment = find_fulfilment(order, id);
    if (fulfilment == nullptr)
        throw sdk::rejected("fulfilment_not_found", "the order has no such fulfilment");
    return *fulfilment;
}

std::string_view vendure_state(std::string_view wanted) {
    if (wanted == "shipped") return "Shipped";
    return wanted == "delivered" ? "Delivered" : "Cancelled";
}

void move(sdk::Call& call, const Config& config, Client& client, const sdk::Command& command,
          const std::string& id) {
    const json::object& payload = command.payload;
    const std::string order = order_id(command);
    const std::string_view wanted = required_text(payload, "state");
    bool there = false;
    bool note_first = false;
    const auto look = [&](const json::object& shown) {
        const json::object& fulfilment = need_fulfilment(shown, id);
        there = has_reached(fulfilment, wanted);
        note_first = tells_news(fulfilment, payload) && find_note(shown, command.key) == nullptr;
    };
    perform_once(call, config, client,
                 {order,
                  [&](const json::object& shown) -> std::optional<json::object> {
                      look(shown);
                      if (!there || note_first) return std::nullopt;
                      return json::object{{"external_id", id}};
                  },
                  look,
                  [&] {
                      if (note_first)
                          write_before(call, client, order, update_note(payload, command.key));
                      if (!there)
                          refuse_if_error(client.move_fulfilment(call, id, vendure_state(wanted)));
                      return json::object{{"external_id", id}};
                  }});
}

}  // namespace

void execute_fulfilment_create(sdk::Call& call, const Config& config, Client& client,
                               const sdk::Command& command) {
    if (required_text(command.payload, "kind") == "standard")
        return send(call, config, client, command);
    leave_note(call, config, client, command, sending_note(command.payload, command.key), {});
}

void execute_fulfilment_update(sdk::Call& call, const Config& config, Client& client,
                               const sdk::Command& command) {
    const std::string id = id_of(member(command.payload, "fulfilment"), "external_id");
    if (!id.starts_with(kNotePrefix)) return move(call, config, client, command, id);
    leave_note(call, config, client, command, update_note(command.payload, command.key), id);
}

}  // namespace orderhub::vendure
