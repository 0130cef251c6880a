#include "salesforce_rows.hpp"

#include <fmt/format.h>

#include "http_types.hpp"
#include "soql.hpp"
#include "text.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::size_t kLongestComment = 4000;

/// "2026-11-02T09:15:22.000+0000": whole seconds, as SystemModstamp has them.
std::string stamp() {
    return iso_seconds(now_us() / kSecond * kSecond).substr(0, 19) + ".000+0000";
}

bool fits(const Field& field, const json::value& value) {
    if (value.is_null()) return true;
    if (field.type == "bool") return value.is_bool();
    if (field.type == "number") return value.is_number();
    return value.is_string();
}

void check_reference(State& state, const Field& field, const json::value& value) {
    if (field.type != "ref" || value.is_null()) return;
    for (const std::string& target : field.targets)
        if (find_row(state, *find_object(target), std::string_view(value.as_string()))) return;
    throw Refusal(400, "INVALID_CROSS_REFERENCE_KEY",
                  fmt::format("invalid cross reference id: {}", field.name));
}

void put_fields(State& state, const Object& object, json::object& row, const json::object& fields,
                bool any) {
    for (const auto& [name, value] : fields) {
        if (name == "attributes") continue;
        const Field* field = object.field(std::string_view(name));
        if (field == nullptr)
            throw Refusal(400, "INVALID_FIELD",
                          fmt::format("No such column '{}' on sobject of type {}",
                                      std::string_view(name), object.name));
        if (!field->writable && !any)
            throw Refusal(
                400, "INVALID_FIELD_FOR_INSERT_UPDATE",
                fmt::format(
                    "Unable to create/update fields: {}. Please check the security settings of "
                    "this field and verify that it is read/write for your profile or permission "
                    "set.",
                    field->name));
        if (!fits(*field, value))
            throw Refusal(400, "JSON_PARSER_ERROR",
                          fmt::format("Cannot deserialize the value of {}", field->name));
        if (field->name == "CommentBody" && value.is_string() &&
            value.get_string().size() > kLongestComment)
            throw Refusal(400, "STRING_TOO_LONG",
                          "Comment Body: data value too large (max length=4000)");
        check_reference(state, *field, value);
        row[field->name] = value;
    }
}

/// What the platform fills in by itself.
void derive(State& state, const Object& object, json::object& row) {
    if (object.name == "Contact")
        row["Name"] = fmt::format("{} {}", text_of(row, "FirstName"), text_of(row, "LastName"));
    if (object.name != "Case") return;
    if (text_of(row, "Status").empty()) row["Status"] = "New";
    if (text_of(row, "OwnerId").empty()) row["OwnerId"] = kAgent;
    row["IsClosed"] = text_of(row, "Status") == "Closed";
    const json::object* contact =
        find_row(state, *find_object("Contact"), text_of(row, "ContactId"));
    row["ContactEmail"] = contact ? text_or_null(text_of(*contact, "Email")) : json::value{};
    row["ContactPhone"] = contact ? text_or_null(text_of(*contact, "Phone")) : json::value{};
}

/// What the administrator's trigger tells the hub: cases that others than the hub have changed.
void notify(World& world, const Object& object, const json::object& row, std::string_view user) {
    if (user == kHubUser) return;
    const bool is_case = object.name == "Case";
    if (!is_case && object.name != "CaseComment" && object.name != "EmailMessage") return;
    const std::string id = text_of(row, is_case ? "Id" : "ParentId");
    if (!id.empty())
        world.notices.push_back(
            {"salesforce", json::serialize(json::object{{"case_ids", json::array{id}}})});
}

void record(World& world, const Object& object, const json::object& row, const char* verb,
            std::string key) {
    world.record({"salesforce",
                  object.name + "." + verb,
                  object.name + "/" + text_of(row, "Id"),
                  {},
                  {},
                  std::move(key)});
}

}  // namespace

json::object& rows_of(State& state, const Object& object) {
    json::value& rows = state.rows[object.name];
    if (!rows.is_object()) rows = json::object{};
    return rows.get_object();
}

json::object* find_row(State& state, const Object& object, std::string_view id) {
    if (id.size() != 15 && id.size() != 18) return nullptr;
    json::value* found = rows_of(state, object).if_contains(std::string(id.substr(0, 15)) + "AAA");
    return found && (id.size() == 15 || id.ends_with("AAA")) ? &found->get_object() : nullptr;
}

std::string create_row(World& world, const Object& object, const json::object& fields,
                       std::string_view user) {
    State& state = world.salesforce;
    const std::int64_t number = int_of(state.last_ids, object.name) + 1;
    const std::string id = fmt::format("{}{:012}AAA", object.prefix, number);
    json::object row{{"Id", id}};
    for (const Field& field : object.fields)
        if (field.name != "Id")
            row[field.name] = field.type == "bool" ? json::value(false) : json::value{};
    put_fields(state, object, row, fields, user == "system");
    const std::string now = stamp();
    for (const char* name : {"CreatedDate", "LastModifiedDate", "SystemModstamp"})
        if (row.at(name).is_null()) row[name] = now;
    row["CreatedById"] = user == "system" ? kAgent : user;
    if (object.name == "Case") row["CaseNumber"] = fmt::format("{:08}", 1000 + number);
    derive(state, object, row);
    state.last_ids[object.name] = number;
    rows_of(state, object)[id] = row;
    record(world, object, row, "create",
           text_of(row, object.name == "FeedItem" ? "Body" : "CommentBody"));
    if (object.name == "FeedItem")  // the same post, as the case's feed shows it
        rows_of(state, *find_object("CaseFeed"))[id] = row;
    notify(world, object, row, user);
    return id;
}

void update_row(World& world, const Object& object, json::object& row, const json::object& fields,
                std::string_view user) {
    json::object changed = row;
    put_fields(world.salesforce, object, changed, fields, user == "system");
    derive(world.salesforce, object, changed);
    const std::string now = stamp();
    changed["LastModifiedDate"] = now;
    if (!fields.contains("SystemModstamp")) changed["SystemModstamp"] = now;
    row = std::move(changed);
    record(world, object, row, "update",
           text_of(fields, object.name == "Order" ? "OrderHubKey__c" : "OrderLinkKey__c"));
    notify(world, object, row, user);
}

}  // namespace orderhub::sandbox::salesforce
