#include <fmt/format.h>

#include "stripe.hpp"
#include "text.hpp"

// Refunds: made, listed, and decided by a bank.
namespace orderhub::sandbox::stripe {
namespace {

json::object* find_refund(State& state, const std::string& id) {
    for (json::value& each : state.refunds)
        if (text_of(each.as_object(), "id") == id) return &each.as_object();
    return nullptr;
}

json::object* charge_of(State& state, const HttpRequest& request) {
    std::string id = request.param("charge");
    if (const json::value* intent = state.intents.if_contains(request.param("payment_intent")))
        id = text_of(intent->as_object(), "latest_charge");
    json::value* found = state.charges.if_contains(id);
    return found == nullptr ? nullptr : &found->as_object();
}

std::optional<HttpReply> refusal(const json::object& charge, const std::string& wanted,
                                 std::int64_t amount) {
    const std::int64_t captured = int_of(charge, "amount_captured");
    const std::int64_t left = (bool_of(charge, "captured") ? captured : int_of(charge, "amount")) -
                              int_of(charge, "amount_refunded");
    if (left <= 0)
        return error(400, "charge_already_refunded",
                     fmt::format("Charge {} has already been refunded.", text_of(charge, "id")));
    if (!wanted.empty() && amount < 1)
        return error(400, "parameter_invalid_integer", "Invalid positive integer", "amount");
    if (amount > left)
        return error(400, "",
                     fmt::format("Refund amount ({}) is greater than unrefunded amount on charge "
                                 "({})",
                                 amount, left),
                     "amount");
    if (!bool_of(charge, "captured") && amount != left)
        return error(400, "", "A charge that was not captured can only be refunded as a whole");
    return std::nullopt;
}

json::object destination() {
    return {{"type", "card"}, {"card", {{"type", "refund"}, {"reference_status", "pending"}}}};
}

HttpReply create(World& world, const HttpRequest& request) {
    if (auto wrong = unknown_parameter(
            request, {"amount", "charge", "expand[*]", "metadata[*]", "payment_intent", "reason"}))
        return *wrong;
    const std::string named = request.param("payment_intent") + request.param("charge");
    if (named.empty())
        return error(400, "parameter_missing", "One of charge and payment_intent is needed",
                     "charge");
    json::object* charge = charge_of(world.stripe, request);
    if (charge == nullptr)
        return error(404, "resource_missing", fmt::format("No such payment: '{}'", named),
                     request.param("charge").empty() ? "payment_intent" : "charge");
    const std::string wanted = request.param("amount");
    const std::int64_t amount =
        wanted.empty() ? int_of(*charge, "amount_captured") - int_of(*charge, "amount_refunded")
                       : std::stoll(wanted);
    if (auto refused = refusal(*charge, wanted, amount)) return *refused;
    const std::string status = text_of(world.stripe.switches, "refund_status", "succeeded");
    json::object refund{{"id", next_id(world.stripe, "re_")},
                        {"object", "refund"},
                        {"amount", amount},
                        {"charge", text_of(*charge, "id")},
                        {"created", now_us() / 1'000'000},
                        {"currency", text_of(*charge, "currency")},
                        {"destination_details", destination()},
                        {"metadata", json::object{}},
                        {"payment_intent", charge->at("payment_intent")},
                        {"reason", text_or_null(request.param("reason"))},
                        {"status", status}};
    if (status == "pending") refund["pending_reason"] = "processing";
    take_metadata(refund, request);
    (*charge)["amount_refunded"] = int_of(*charge, "amount_refunded") + amount;
    world.record({"stripe", "refund.create", named, std::to_string(amount),
                  text_of(refund, "currency"),
                  text_of(object_of(refund, "metadata"), "orderhub_key")});
    world.stripe.refunds.push_back(refund);
    announce(world, "refund.created", refund);
    return json_reply(refund);
}

HttpReply list_refunds(const State& state, const HttpRequest& request) {
    json::array rows;
    for (const json::value& each : state.refunds) {
        const auto fits = [&](const char* name) {
            const std::string wanted = request.param(name);
            return wanted.empty() || text_of(each.as_object(), name) == wanted;
        };
        if (fits("payment_intent") && fits("charge")) rows.push_back(each);
    }
    return list(rows, request, "/v1/refunds");
}

}  // namespace

HttpReply refunds(World& world, const HttpRequest& request, const std::string& path) {
    if (path == "/refunds")
        return request.method == "POST" ? create(world, request)
                                        : list_refunds(world.stripe, request);
    const std::string id = path.substr(std::string_view("/refunds/").size());
    json::object* refund = find_refund(world.stripe, id);
    if (refund == nullptr)
        return error(404, "resource_missing", fmt::format("No such refund: '{}'", id), "id");
    if (request.method == "POST") take_metadata(*refund, request);
    return json_reply(*refund);
}

json::value move_refund(World& world, const json::object& body) {
    json::object* refund = find_refund(world.stripe, text_of(body, "id"));
    if (refund == nullptr) return nullptr;
    const std::string status = text_of(body, "status");
    (*refund)["status"] = status;
    refund->erase("pending_reason");
    if (status == "succeeded")
        (*refund)["destination_details"].as_object()["card"].as_object()["reference"] =
            "74000000" + std::to_string(int_of(*refund, "created"));
    if (status == "failed") {
        (*refund)["failure_reason"] = text_of(body, "failure_reason", "unknown");
        json::object& charge = world.stripe.charges.at(text_of(*refund, "charge")).as_object();
        charge["amount_refunded"] = int_of(charge, "amount_refunded") - int_of(*refund, "amount");
    }
    announce(world, "refund.updated", *refund);
    if (status == "failed") announce(world, "refund.failed", *refund);
    return *refund;
}

}  // namespace orderhub::sandbox::stripe
