#include "client.hpp"

#include <utility>

#include "queries.hpp"

namespace orderhub::vendure {
namespace {

constexpr std::int64_t kHistoryPage = 100;
constexpr int kMostHistoryPages = 100;

json::object history_page(std::int64_t skip) {
    return {{"sort", json::object{{"createdAt", "ASC"}, {"id", "ASC"}}},
            {"skip", skip},
            {"take", kHistoryPage}};
}

json::object take_object(json::value value, sdk::Effect effect) {
    if (value.is_object()) return std::move(value.get_object());
    constexpr const char* kWords = "the shop's answer is not an object";
    throw effect == sdk::Effect::read ? sdk::retry("bad_answer", kWords)
                                      : sdk::unknown("bad_answer", kWords);
}

json::array line_inputs(const std::vector<LineUnits>& lines) {
    json::array rows;
    for (const LineUnits& each : lines)
        rows.push_back(json::object{{"orderLineId", each.line}, {"quantity", each.quantity}});
    return rows;
}

}  // namespace

json::object Client::write(sdk::Call& call, std::string_view query, const json::object& variables) {
    return take_object(graphql_.run(call, query, variables, sdk::Effect::write),
                       sdk::Effect::write);
}

std::optional<ReadOrder> Client::read_order(sdk::Call& call, std::string_view id) {
    const std::int64_t observed = call.now_ms();
    json::value found =
        graphql_.run(call, kOrder, {{"id", id}, {"h", history_page(0)}}, sdk::Effect::read);
    if (found.is_null()) return std::nullopt;
    ReadOrder read{take_object(std::move(found), sdk::Effect::read), observed};
    read_rest_of_history(call, read.order, id);
    return read;
}

void Client::read_rest_of_history(sdk::Call& call, json::object& order, std::string_view id) {
    json::object* history = order["history"].if_object();
    if (history == nullptr || !(*history)["items"].is_array()) return;
    json::array& items = (*history)["items"].get_array();
    for (int page = 1; page < kMostHistoryPages; ++page) {
        const std::int64_t have = static_cast<std::int64_t>(items.size());
        if (have >= whole(*history, "totalItems")) return;
        const json::object next =
            take_object(graphql_.run(call, kHistory, {{"id", id}, {"h", history_page(have)}},
                                     sdk::Effect::read),
                        sdk::Effect::read);
        const json::object* more = object_of(next, "history");
        if (more == nullptr || list_of(*more, "items").empty()) return;
        for (const json::value& entry : list_of(*more, "items"))
            items.push_back(entry);
    }
}

json::array Client::list_orders(sdk::Call& call, json::object filter, std::string_view field,
                                std::size_t take) {
    const json::object options{{"filter", std::move(filter)},
                               {"sort", json::object{{field, "ASC"}, {"id", "ASC"}}},
                               {"take", take}};
    const json::object list = take_object(
        graphql_.run(call, kOrderRows, {{"o", options}}, sdk::Effect::read), sdk::Effect::read);
    return list_of(list, "items");
}

json::object Client::refund(sdk::Call& call, std::string_view payment, std::int64_t amount,
                            std::string_view reason) {
    // shipping and adjustment are deprecated, but a shop on PostgreSQL fails without them
    const json::object input{{"paymentId", payment},
                             {"amount", amount},
                             {"reason", reason},
                             {"shipping", 0},
                             {"adjustment", 0}};
    return write(call, kRefund, {{"i", input}});
}

json::object Client::cancel(sdk::Call& call, std::string_view order,
                            const std::vector<LineUnits>& lines, std::string_view reason) {
    const json::object input{{"orderId", order},
                             {"lines", line_inputs(lines)},
                             {"reason", reason},
                             {"cancelShipping", false}};
    return write(call, kCancel, {{"i", input}});
}

json::object Client::add_fulfilment(sdk::Call& call, const std::vector<LineUnits>& lines,
                                    std::string_view carrier, std::string_view tracking) {
    const json::object handler{
        {"code", "manual-fulfillment"},
        {"arguments", json::array{json::object{{"name", "method"}, {"value", carrier}},
                                  json::object{{"name", "trackingCode"}, {"value", tracking}}}}};
    const json::object input{{"lines", line_inputs(lines)}, {"handler", handler}};
    return write(call, kFulfil, {{"i", input}});
}

json::object Client::move_fulfilment(sdk::Call& call, std::string_view id, std::string_view state) {
    return write(call, kMoveFulfilment, {{"id", id}, {"s", state}});
}

void Client::add_note(sdk::Call& call, std::string_view order, std::string_view note) {
    const json::object input{{"id", order}, {"note", note}, {"isPublic", false}};
    write(call, kNote, {{"i", input}});
}

json::object Client::settle_payment(sdk::Call& call, std::string_view id) {
    return write(call, kSettle, {{"id", id}});
}

json::object Client::cancel_payment(sdk::Call& call, std::string_view id) {
    return write(call, kVoid, {{"id", id}});
}

void Client::probe(sdk::Call& call) {
    list_orders(call, {}, "id", 1);
    // An empty selection of lines is refused by the shop, but only after it has looked at the
    // permission.
    std::optional<sdk::Stop> answer;
    try {
        cancel(call, "0", {}, "permission check");
    } catch (sdk::Stop& stop) {
        answer = std::move(stop);
    }
    // It changes nothing, so whatever became of it may be asked again.
    if (answer && answer->outcome == OH_UNKNOWN) answer->outcome = OH_RETRY;
    if (answer && answer->outcome != OH_REJECTED && answer->code != "internal_error") throw *answer;
}

}  // namespace orderhub::vendure
