#include "checks.hpp"

#include "feed.hpp"

namespace orderhub::zendesk {
namespace {

void check_user(Client& client) {
    const Json answer = client.get("/users/me.json");
    const Json& user = answer["user"];
    if (user["id"].is_null())
        throw sdk::rejected("not_signed_in", "Zendesk does not know the user or the token");
    if (user["role"] == Json("end-user"))
        throw sdk::rejected("no_permission", "the user is no agent; the export needs an admin");
}

void check_field(Client& client, std::int64_t id, bool is_long) {
    if (id == 0) return;
    const std::string name = "ticket field " + std::to_string(id);
    const auto found = client.find("/ticket_fields/" + std::to_string(id) + ".json");
    if (!found)
        throw sdk::rejected("no_such_field",
                            "there is no " + name + ", or the user does not see it");
    const Json& field = (*found)["ticket_field"];
    if (field["active"] == Json(false))
        throw sdk::rejected("no_such_field", "the " + name + " is not active");
    const std::string type = field["type"].is_text() ? field["type"].text() : "";
    if (type != "textarea" && (is_long || type != "text"))
        throw sdk::rejected("wrong_field", "the " + name + " is of the type " + type + ", not " +
                                               (is_long ? "textarea" : "text"));
}

}  // namespace

void check_account(const Settings& settings, Client& client, std::int64_t now_ms) {
    check_user(client);
    const FieldIds& ids = settings.fields;
    for (const std::int64_t id : {ids.order_number, ids.order_url, ids.order_total, ids.link_key})
        check_field(client, id, false);
    check_field(client, ids.order_digest, true);
    read_export(settings, client, latest_start(now_ms));
}

}  // namespace orderhub::zendesk
