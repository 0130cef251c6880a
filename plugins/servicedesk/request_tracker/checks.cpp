#include "checks.hpp"

#include "mapping.hpp"

namespace orderhub::request_tracker {
namespace {

bool has_field(const json::object& queue, std::string_view name) {
    const json::value* fields = queue.if_contains("TicketCustomFields");
    if (!fields || !fields->is_array()) return false;
    for (const json::value& each : fields->get_array()) {
        const json::object* field = each.if_object();
        if (field && scalar_text(*field, "name") == name) return true;
    }
    return false;
}

void check_queue(const Settings& settings, Client& client, const std::string& name) {
    const auto queue = client.queue(name);
    if (!queue)
        throw sdk::rejected("no_such_queue", "there is no queue \"" + name + "\", or user \"" +
                                                 settings.hub_user +
                                                 "\" has no right SeeQueue on it");
    const FieldNames& names = settings.fields;
    for (const std::string* field :
         {&names.order_number, &names.order_summary, &names.order_summary_url, &names.order_total})
        if (!has_field(*queue, *field))
            throw sdk::rejected("no_such_field", "queue \"" + name +
                                                     "\" has no ticket custom field \"" + *field +
                                                     "\", or user \"" + settings.hub_user +
                                                     "\" has no right SeeCustomField there");
}

void check_users(const Settings& settings, Client& client) {
    const auto self = client.user(settings.hub_user);
    if (!self)
        throw sdk::rejected("no_such_user", "hub_user: there is no user \"" + settings.hub_user +
                                                "\", or the token's user may not read users");
    if (scalar_text(*self, "Name") != settings.hub_user)
        throw sdk::rejected("wrong_user",
                            "hub_user: write the user's name, not another identifier");
    if (!to_person(*self).privileged)
        throw sdk::rejected("no_right", "user \"" + settings.hub_user +
                                            "\" must be privileged to read e-mail addresses");
}

}  // namespace

void check_desk(const Settings& settings, Client& client) {
    const json::object version = client.version();
    if (!scalar_text(version, "Version").starts_with("5."))
        throw sdk::rejected("wrong_version",
                            "base_url does not lead to REST 2.0 of Request Tracker 5");
    for (const std::string& queue : settings.queues)
        check_queue(settings, client, queue);
    check_users(settings, client);
}

}  // namespace orderhub::request_tracker
