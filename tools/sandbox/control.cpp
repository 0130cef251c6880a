#include <fmt/format.h>

#include "b2c.hpp"
#include "rt_desk.hpp"
#include "salesforce.hpp"
#include "sandbox.hpp"
#include "seed.hpp"
#include "shopify.hpp"
#include "shopper.hpp"
#include "stripe.hpp"
#include "woo.hpp"
#include "zendesk.hpp"

// The control API: what a test does in place of shoppers, customers, operators and bad luck.
namespace orderhub::sandbox {
namespace {

constexpr std::string_view kBase = "/_sandbox/";

/// A customer's mail: a new ticket, or with "ticket" a reply to one.
json::value customer_mail(World& world, const json::object& mail) {
    const std::string from = text_of(mail, "from", "customer@example.test");
    const auto sender = rt::user_for(world.rt, from);
    if (!sender) throw BadControl("from is not an address: " + from);
    if (mail.contains("ticket")) {
        rt::Ticket* ticket = rt::find_ticket(world.rt, int_of(mail, "ticket"));
        if (ticket == nullptr) throw BadControl("unknown ticket");
        rt::Change change(world, *ticket, *sender);
        change.message("Correspond",
                       {{"Subject", text_of(mail, "subject")}, {"Content", text_of(mail, "body")}});
        if (ticket->status == "resolved") change.update({{"Status", "open"}});
        return json::object{{"id", std::to_string(ticket->id)}};
    }
    const std::string queue = rt::queue_name(text_of(mail, "queue", "Support"));
    if (queue.empty()) throw BadControl("unknown queue");
    const std::int64_t id = rt::create_ticket(world,
                                              {{"Queue", queue},
                                               {"Subject", text_of(mail, "subject")},
                                               {"Content", text_of(mail, "body")},
                                               {"Requestor", from}},
                                              *sender);
    return json::object{{"id", std::to_string(id)}};
}

/// Only members that are given change.
json::value set_switches(World& world, const json::object& body) {
    auto& shop = world.vendure.switches;
    auto& erp = world.tryton.switches;
    const auto& shop_body = object_of(body, "vendure");
    const auto& erp_body = object_of(body, "tryton");
    shop.touch_updated_at = bool_of(shop_body, "touch_updated_at", shop.touch_updated_at);
    shop.card_refund = text_of(shop_body, "card_refund", shop.card_refund);
    shop.refuse_capture = text_of(shop_body, "refuse_capture", shop.refuse_capture);
    erp.session_timeout_ms = int_of(erp_body, "session_timeout_ms", erp.session_timeout_ms);
    if (bool_of(erp_body, "expire_sessions")) world.tryton.sessions.clear();
    if (bool_of(shop_body, "expire_sessions")) world.vendure.sessions.clear();
    for (const auto& [name, value] : object_of(body, "salesforce"))
        world.salesforce.switches[name] = value;
    for (const auto& [name, value] : object_of(body, "b2c"))
        world.b2c.switches[name] = value;
    for (const auto& [name, value] : object_of(body, "woocommerce"))
        world.woo.switches[name] = value;
    for (const auto& [name, value] : object_of(body, "stripe"))
        world.stripe.switches[name] = value;
    if (bool_of(object_of(body, "stripe"), "forget_keys")) world.stripe.keys.clear();
    for (const auto& [name, value] : object_of(body, "zendesk"))
        world.zendesk.switches[name] = value;
    for (const auto& [name, value] : object_of(body, "shopify"))
        world.shopify.switches[name] = value;
    if (bool_of(object_of(body, "shopify"), "expire_sessions")) world.shopify.sessions.clear();
    if (bool_of(object_of(body, "b2c"), "expire_sessions")) world.b2c.sessions.clear();
    if (bool_of(object_of(body, "salesforce"), "expire_sessions"))
        world.salesforce.sessions.clear();
    if (bool_of(object_of(body, "salesforce"), "expire_locators"))
        world.salesforce.locators.clear();
    return json::object{
        {"vendure", json::value_from(shop)},       {"tryton", json::value_from(erp)},
        {"salesforce", world.salesforce.switches}, {"b2c", world.b2c.switches},
        {"woocommerce", world.woo.switches},       {"stripe", world.stripe.switches},
        {"zendesk", world.zendesk.switches},       {"shopify", world.shopify.switches}};
}

}  // namespace

HttpReply Sandbox::control(const HttpRequest& request) {
    const std::string what =
        request.path.starts_with(kBase) ? request.path.substr(kBase.size()) : "";
    try {
        json::value out;
        if (request.method == "GET") {
            out = control_get(what);
        } else if (request.method == "DELETE" && what == "faults") {
            faults_.clear();
            out = json::object{};
        } else {
            const json::value body =
                request.body.empty() ? json::value(json::object{}) : parse_or_null(request.body);
            out = control_post(what, body);
        }
        return out.is_null() ? json_reply({{"message", "no such control"}}, 404) : json_reply(out);
    } catch (const std::exception& bad) {
        return json_reply({{"message", bad.what()}}, 400);
    }
}

json::value Sandbox::control_post(const std::string& what, const json::value& body) {
    if (what == "faults") {
        faults_.add(body);
        return faults_.left();
    }
    const json::object& members = body.as_object();
    if (what == "down") {
        faults_.set_down(text_of(members, "system"), bool_of(members, "down", true),
                         text_of(members, "mode", "close"));
        return members;
    }
    if (what == "webhooks") {
        webhooks_.configure(members);
        return webhooks_.report();
    }
    const std::lock_guard lock(world_.mutex);
    const std::size_t before = world_.effects.size();
    json::value out;
    if (what == "orders") out = place_order(world_, members);
    if (what == "tickets") out = customer_mail(world_, members);
    if (what == "b2c_orders") out = b2c::put_order(world_, members);
    if (what == "woo_orders") out = woo::put_order(world_, members);
    if (what == "stripe_payments") out = stripe::put_payment(world_, members);
    if (what == "stripe_refunds") out = stripe::move_refund(world_, members);
    if (what == "zendesk_tickets") out = zendesk::put_ticket(world_, members);
    if (what == "shopify_orders") out = shopify::put_order(world_, members);
    if (what == "rows") out = salesforce::put_row(world_, members);
    if (what == "switches") out = set_switches(world_, members);
    if (what == "state") {
        world_.restore(body);
        out = json::object{};
    }
    if (what == "reset") {
        world_.reset(text_of(members, "seed", settings_.demo ? "demo" : "") == "demo");
        world_.notices.clear();
        faults_.clear();
        out = json::object{};
    }
    after_change(what == "reset" ? before + 1 : before);
    return out;
}

json::value Sandbox::control_get(const std::string& what) {
    if (what == "faults") return faults_.left();
    if (what == "webhooks") return webhooks_.report();
    if (what == "health") return json::object{{"ok", true}};
    const std::lock_guard lock(world_.mutex);
    if (what == "effects") return world_.effects;
    if (what == "requests") return world_.requests;
    if (what == "state") return world_.snapshot();
    return nullptr;
}

}  // namespace orderhub::sandbox
