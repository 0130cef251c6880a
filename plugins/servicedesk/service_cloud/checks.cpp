#include "checks.hpp"

#include <optional>

#include "queries.hpp"

namespace orderhub::service_cloud {
namespace {

bool says(const Json& object, std::string_view key) {
    return object[key].is_bool() && object[key].boolean();
}

Json described(salesforce::Client& client, const std::string& object) {
    const auto found = client.find("/sobjects/" + object + "/describe");
    if (found) return *found;
    throw sdk::rejected("no_such_object",
                        "the user sees no object " + object +
                            ", or the organisation does not serve this api_version");
}

void check_field(const Json& object, const std::string& name) {
    if (name.empty()) return;
    for (const Json& field : object.at("fields").items()) {
        if (!(field["name"] == Json(name))) continue;
        if (says(field, "updateable")) return;
        throw sdk::rejected("no_permission",
                            "the user may not change the field " + name + " of Case");
    }
    throw sdk::rejected("no_such_field",
                        "Case has no field " + name + ", or the user does not see it");
}

/// A lookup to something else would be written with ids that do not fit.
void check_lookup(const Json& object, const std::string& name) {
    if (name.empty()) return;
    check_field(object, name);
    for (const Json& field : object.at("fields").items()) {
        if (!(field["name"] == Json(name)) || !field["referenceTo"].is_array()) continue;
        for (const Json& target : field["referenceTo"].items())
            if (target == Json("OrderSummary")) return;
    }
    throw sdk::rejected("no_lookup", "the field " + name + " of Case is no lookup to OrderSummary");
}

}  // namespace

void check_organisation(const Settings& settings, salesforce::Client& client) {
    const Json object = described(client, "Case");
    const FieldNames& names = settings.fields;
    for (const std::string& name : {names.order_number, names.order_url, names.order_digest,
                                    names.order_total, names.link_key})
        check_field(object, name);
    check_lookup(object, names.order_summary);
    const std::string note = settings.notes_are_feed_items ? "FeedItem" : "CaseComment";
    if (!says(described(client, note), "createable"))
        throw sdk::rejected("no_permission", "the user may not make a " + note);
    client.query_all(trial_query(settings));
}

}  // namespace orderhub::service_cloud
