#include <fmt/format.h>

#include "stripe.hpp"
#include "text.hpp"

// PaymentIntents and their charges: read, captured, cancelled.
namespace orderhub::sandbox::stripe {
namespace {

json::object shown(const State& state, const json::object& intent, const HttpRequest& request) {
    json::object out = intent;
    const std::string charge = text_of(intent, "latest_charge");
    if (request.param("expand[]") == "latest_charge" && !charge.empty())
        out["latest_charge"] = state.charges.at(charge);
    return out;
}

HttpReply unexpected(const json::object& intent, const std::string& what) {
    return error(400, "payment_intent_unexpected_state",
                 fmt::format("This PaymentIntent could not be {} because it has a status of {}.",
                             what, text_of(intent, "status")));
}

json::object& charge_of(State& state, const json::object& intent) {
    return state.charges.at(text_of(intent, "latest_charge")).as_object();
}

void record(World& world, const char* kind, const json::object& intent, std::int64_t amount,
            const HttpRequest& request) {
    world.record({"stripe", kind, text_of(intent, "id"), std::to_string(amount),
                  text_of(intent, "currency"), request.header("idempotency-key")});
}

HttpReply capture(World& world, json::object& intent, const HttpRequest& request) {
    if (auto wrong = unknown_parameter(
            request, {"amount_to_capture", "final_capture", "metadata[*]", "expand[*]"}))
        return *wrong;
    if (text_of(intent, "status") != "requires_capture") return unexpected(intent, "captured");
    const std::int64_t most = int_of(intent, "amount_capturable");
    const std::string wanted = request.param("amount_to_capture");
    const std::int64_t amount = wanted.empty() ? most : std::stoll(wanted);
    if (amount < 1 || amount > most)
        return error(400, "amount_too_large", "The amount is greater than what can be captured",
                     "amount_to_capture");
    if (const std::string code = text_of(world.stripe.switches, "decline_capture"); !code.empty())
        return error(402, "card_declined", "Your card was declined.", {}, "card_error");
    const bool is_final = request.param("final_capture") != "false";
    if (!is_final && !bool_of(world.stripe.switches, "multicapture"))
        return error(400, "parameter_invalid", "final_capture must be true for this payment",
                     "final_capture");
    take_metadata(intent, request);
    intent["amount_received"] = int_of(intent, "amount_received") + amount;
    intent["amount_capturable"] = is_final ? 0 : most - amount;
    if (is_final) intent["status"] = "succeeded";
    json::object& charge = charge_of(world.stripe, intent);
    charge["captured"] = true;
    charge["amount_captured"] = intent["amount_received"];
    record(world, "payment.capture", intent, amount, request);
    announce(world, is_final ? "payment_intent.succeeded" : "charge.captured", intent);
    return json_reply(shown(world.stripe, intent, request));
}

HttpReply cancel(World& world, json::object& intent, const HttpRequest& request) {
    if (auto wrong = unknown_parameter(request, {"cancellation_reason", "expand[*]"}))
        return *wrong;
    if (!text_of(intent, "status").starts_with("requires_")) return unexpected(intent, "canceled");
    record(world, "payment.reverse", intent, int_of(intent, "amount_capturable"), request);
    intent["status"] = "canceled";
    intent["amount_capturable"] = 0;
    intent["canceled_at"] = now_us() / 1'000'000;
    intent["cancellation_reason"] = text_or_null(request.param("cancellation_reason"));
    announce(world, "payment_intent.canceled", intent);
    return json_reply(shown(world.stripe, intent, request));
}

HttpReply capture_charge(World& world, json::object& charge, const HttpRequest& request) {
    if (auto wrong = unknown_parameter(request, {"amount", "expand[*]"})) return *wrong;
    if (bool_of(charge, "captured"))
        return error(400, "charge_already_captured",
                     fmt::format("Charge {} has already been captured.", text_of(charge, "id")));
    const std::string wanted = request.param("amount");
    const std::int64_t amount = wanted.empty() ? int_of(charge, "amount") : std::stoll(wanted);
    if (amount < 1 || amount > int_of(charge, "amount"))
        return error(400, "amount_too_large", "The amount is greater than the charge's", "amount");
    charge["captured"] = true;
    charge["amount_captured"] = amount;
    charge["amount_refunded"] = int_of(charge, "amount") - amount;
    record(world, "payment.capture", charge, amount, request);
    announce(world, "charge.captured", charge);
    return json_reply(charge);
}

/// The document behind "/things/ID" or "/things/ID/verb", or null.
json::object* find(json::object& all, const std::string& path, std::string& verb) {
    const std::size_t start = path.find('/', 1);
    if (start == std::string::npos) return nullptr;
    const std::size_t slash = path.find('/', start + 1);
    verb = slash == std::string::npos ? "" : path.substr(slash + 1);
    json::value* found = all.if_contains(path.substr(start + 1, slash - start - 1));
    return found == nullptr ? nullptr : &found->as_object();
}

HttpReply missing(const char* what, const std::string& path) {
    return error(404, "resource_missing",
                 fmt::format("No such {}: '{}'", what, path.substr(path.find('/', 1) + 1)),
                 "intent");
}

HttpReply all(const json::object& documents, const HttpRequest& request, const std::string& path) {
    json::array rows;
    for (const auto& [id, document] : documents)
        rows.push_back(document);
    return list(rows, request, path);
}

}  // namespace

HttpReply payments(World& world, const HttpRequest& request, const std::string& path) {
    if (path == "/payment_intents") return all(world.stripe.intents, request, path);
    std::string verb;
    json::object* intent = find(world.stripe.intents, path, verb);
    if (intent == nullptr) return missing("payment_intent", path);
    if (request.method == "GET" && verb.empty())
        return json_reply(shown(world.stripe, *intent, request));
    if (verb == "capture") return capture(world, *intent, request);
    if (verb == "cancel") return cancel(world, *intent, request);
    return error(404, "", "Unrecognized request URL");
}

HttpReply charges(World& world, const HttpRequest& request, const std::string& path) {
    std::string verb;
    json::object* charge = find(world.stripe.charges, path, verb);
    if (charge == nullptr) return missing("charge", path);
    if (request.method == "GET" && verb.empty()) return json_reply(*charge);
    if (verb == "capture") return capture_charge(world, *charge, request);
    return error(404, "", "Unrecognized request URL");
}

json::value put_payment(World& world, const json::object& body) {
    State& state = world.stripe;
    const std::int64_t amount = int_of(body, "amount");
    const std::string currency = text_of(body, "currency", "eur");
    const bool captured = text_of(body, "capture", "automatic") != "manual";
    const bool is_old = bool_of(body, "charge");
    const std::string charge = next_id(state, "ch_");
    const std::string intent = is_old ? "" : next_id(state, "pi_");
    const std::int64_t now = now_us() / 1'000'000;
    const char* multi = bool_of(state.switches, "multicapture") ? "available" : "unavailable";
    state.charges[charge] = json::object{
        {"id", charge},
        {"object", "charge"},
        {"amount", amount},
        {"amount_captured", captured ? amount : 0},
        {"amount_refunded", 0},
        {"captured", captured},
        {"created", now},
        {"currency", currency},
        {"metadata", json::object{}},
        {"paid", true},
        {"payment_intent", text_or_null(intent)},
        {"payment_method_details",
         {{"type", "card"}, {"card", {{"brand", "visa"}, {"multicapture", {{"status", multi}}}}}}},
        {"refunded", false},
        {"status", "succeeded"}};
    if (!is_old)
        state.intents[intent] =
            json::object{{"id", intent},
                         {"object", "payment_intent"},
                         {"amount", amount},
                         {"amount_capturable", captured ? 0 : amount},
                         {"amount_received", captured ? amount : 0},
                         {"canceled_at", nullptr},
                         {"cancellation_reason", nullptr},
                         {"capture_method", captured ? "automatic" : "manual"},
                         {"created", now},
                         {"currency", currency},
                         {"latest_charge", charge},
                         {"metadata", json::object{}},
                         {"status", captured ? "succeeded" : "requires_capture"}};
    return json::object{{"payment_intent", text_or_null(intent)}, {"charge", charge}};
}

}  // namespace orderhub::sandbox::stripe
