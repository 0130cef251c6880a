#include <fmt/format.h>

#include <algorithm>

#include "shopper.hpp"
#include "text.hpp"
#include "zendesk.hpp"

// Tickets and their comments: read, changed, and opened by customers.
namespace orderhub::sandbox::zendesk {
namespace {

json::object& ticket_at(State& state, const std::string& id) {
    json::value* found = state.tickets.if_contains(id);
    if (found == nullptr || found->at("status") == "deleted")
        throw refusal(404, "RecordNotFound", "Not found");
    return found->as_object();
}

void touch(json::object& ticket) {
    const std::int64_t now = now_us();
    ticket["updated_at"] = iso_seconds(now);
    ticket["generated_us"] = now;
}

/// As an event subscription sends it: ids are texts, enums in capitals.
void notify(World& world, const json::object& ticket, const std::string& what, json::object event) {
    const std::string id = scalar_text(ticket.at("id"));
    std::string status = text_of(ticket, "status");
    std::ranges::transform(status, status.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const json::object body{
        {"type", "zen:event-type:ticket." + what},
        {"account_id", 88'888'888},
        {"id", random_text(26, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")},
        {"time", iso_milliseconds(now_us())},
        {"zendesk_event_version", "2022-11-06"},
        {"subject", "zen:ticket:" + id},
        {"detail", json::object{{"id", id},
                                {"status", status},
                                {"subject", ticket.at("subject")},
                                {"requester_id", scalar_text(ticket.at("requester_id"))},
                                {"updated_at", ticket.at("updated_at")}}},
        {"event", std::move(event)}};
    world.notices.push_back({"zendesk", json::serialize(body)});
}

/// What makes a document of an id; the words are what the customer or agent wrote.
std::int64_t add_comment(World& world, const json::object& ticket, std::int64_t author,
                         const json::object& wanted) {
    State& state = world.zendesk;
    const std::string words = text_of(wanted, "body", text_of(wanted, "html_body"));
    if (words.find_first_not_of(" \r\n\t") == std::string::npos)
        throw invalid("Comment: cannot be blank");
    const bool is_public = bool_of(wanted, "public", true);
    const std::int64_t id = ++state.last_id;
    json::value& list = state.comments[scalar_text(ticket.at("id"))];
    if (!list.is_array()) list = json::array();
    list.get_array().push_back(json::object{{"id", id},
                                            {"type", "Comment"},
                                            {"author_id", author},
                                            {"body", words},
                                            {"plain_body", words},
                                            {"public", is_public},
                                            {"attachments", json::array()},
                                            {"audit_id", ++state.last_id},
                                            {"via", json::object{{"channel", "api"}}},
                                            {"created_at", iso_seconds(now_us())},
                                            {"metadata", json::object()}});
    world.record({"zendesk",
                  is_public ? "ticket.reply" : "ticket.note",
                  "ticket/" + scalar_text(ticket.at("id")),
                  {},
                  {},
                  words});
    return id;
}

/// The list of all fields with the wanted values in it; a field that the user may not set keeps its
/// value, and nothing is said.
json::array with_values(const State& state, const json::array& old, const json::array& wanted) {
    json::array values = old;
    for (auto& field : values)
        for (const auto& change : wanted)
            if (change.is_object() && change.get_object().contains("id") &&
                scalar_text(change.at("id")) == scalar_text(field.at("id")) &&
                int_of(field.as_object(), "id") != int_of(state.switches, "drop_field"))
                field.as_object()["value"] =
                    change.at("value") == "" ? json::value() : change.at("value");
    return values;
}

/// Somebody else was faster.
void check_stamp(const json::object& ticket, const json::object& wanted) {
    if (!bool_of(wanted, "safe_update")) return;
    if (!wanted.contains("updated_stamp")) throw invalid("updated_stamp: is needed by safe_update");
    if (text_of(wanted, "updated_stamp") != text_of(ticket, "updated_at"))
        throw refusal(409, "UpdateConflict",
                      "Safe Update prevented the update due to outdated ticket data.");
}

json::array empty_fields(const State& state) {
    json::array values;
    for (const auto& field : state.fields)
        values.push_back(json::object{{"id", field.at("id")}, {"value", nullptr}});
    return values;
}

std::int64_t user_for(State& state, const std::string& email) {
    for (const auto& user : state.users)
        if (scalar_text(user.at("email")) == email) return user.at("id").to_number<std::int64_t>();
    const std::int64_t id = ++state.last_id;
    state.users.push_back(json::object{{"id", id},
                                       {"name", email.substr(0, email.find('@'))},
                                       {"email", email},
                                       {"phone", nullptr},
                                       {"role", "end-user"},
                                       {"active", true}});
    return id;
}

json::value open_ticket(World& world, const json::object& wanted) {
    State& state = world.zendesk;
    const std::int64_t requester = user_for(state, text_of(wanted, "from", "ada@example.test"));
    const std::int64_t id = ++state.last_id;
    json::object ticket{{"id", id},
                        {"url", fmt::format("/api/v2/tickets/{}.json", id)},
                        {"external_id", nullptr},
                        {"subject", text_of(wanted, "subject")},
                        {"raw_subject", text_of(wanted, "subject")},
                        {"description", text_of(wanted, "body")},
                        {"status", "new"},
                        {"priority", nullptr},
                        {"requester_id", requester},
                        {"group_id", kGroup},
                        {"tags", json::array()},
                        {"custom_fields", empty_fields(state)},
                        {"created_at", iso_seconds(now_us())},
                        {"is_public", true}};
    touch(ticket);
    add_comment(world, ticket, requester, wanted);
    notify(world, ticket, "created", {});
    state.tickets[std::to_string(id)] = std::move(ticket);
    return json::object{{"id", std::to_string(id)}};
}

}  // namespace

json::object shown(const json::object& ticket) {
    json::object out = ticket;
    out["generated_timestamp"] = int_of(ticket, "generated_us") / 1'000'000;
    out.erase("generated_us");
    out["fields"] = out.at("custom_fields");
    return out;
}

json::array users_of(const State& state, const std::vector<std::int64_t>& ids) {
    json::array found;
    for (const auto& user : state.users)
        if (std::ranges::find(ids, user.at("id").to_number<std::int64_t>()) != ids.end())
            found.push_back(user);
    return found;
}

json::object read_ticket(const State& state, const std::string& id) {
    const json::object& ticket = ticket_at(const_cast<State&>(state), id);
    return {{"ticket", shown(ticket)},
            {"users", users_of(state, {int_of(ticket, "requester_id")})},
            {"groups", json::array{json::object{{"id", kGroup}, {"name", "Support"}}}}};
}

json::object read_comments(const State& state, const std::string& id, const HttpRequest& request) {
    ticket_at(const_cast<State&>(state), id);
    json::array all = array_of(state.comments, id);
    if (request.param("sort_order") == "desc") std::ranges::reverse(all);
    const std::string size = request.param("page[size]");
    const std::string after = request.param("page[after]");
    const std::size_t most = size.empty() ? 100 : std::stoul(size);
    if (most < 1 || most > 100) throw refusal(400, "InvalidPaginationParameter", "page[size]");
    const std::size_t from = after.empty() ? 0 : std::stoul(after);
    const std::size_t to = std::min(from + most, all.size());
    json::array page;
    std::vector<std::int64_t> authors;
    for (std::size_t at = from; at < to; ++at) {
        authors.push_back(int_of(all[at].as_object(), "author_id"));
        page.push_back(all[at]);
    }
    return {{"comments", page},
            {"users", users_of(state, authors)},
            {"meta",
             json::object{{"has_more", to < all.size()}, {"after_cursor", std::to_string(to)}}}};
}

json::object change_ticket(World& world, const std::string& id, const json::object& wanted,
                           std::int64_t author) {
    State& state = world.zendesk;
    json::object& ticket = ticket_at(state, id);
    if (text_of(ticket, "status") == "closed")
        throw invalid("Status: closed prevents ticket update");
    check_stamp(ticket, wanted);
    json::array events;
    if (wanted.contains("comment")) {
        const std::int64_t made = add_comment(world, ticket, author, object_of(wanted, "comment"));
        events.push_back(json::object{{"id", made}, {"type", "Comment"}});
    }
    if (wanted.contains("custom_fields")) {
        ticket["custom_fields"] = with_values(state, ticket.at("custom_fields").as_array(),
                                              array_of(wanted, "custom_fields"));
        events.push_back(json::object{{"id", ++state.last_id}, {"type", "Change"}});
        world.record({"zendesk", "ticket.fields", "ticket/" + id, {}, {}, {}});
    }
    if (wanted.contains("status")) ticket["status"] = text_of(wanted, "status");
    touch(ticket);
    notify(world, ticket, wanted.contains("comment") ? "comment_added" : "custom_field_changed",
           {});
    return {{"ticket", shown(ticket)},
            {"audit",
             json::object{
                 {"id", ++state.last_id}, {"ticket_id", ticket.at("id")}, {"events", events}}}};
}

json::value put_ticket(World& world, const json::object& wanted) {
    if (!wanted.contains("ticket")) return open_ticket(world, wanted);
    const std::string id = text_of(wanted, "ticket");
    const std::string from = text_of(wanted, "from");
    json::object change;
    if (wanted.contains("body"))
        change["comment"] = json::object{{"body", text_of(wanted, "body")},
                                         {"public", bool_of(wanted, "public", true)}};
    if (wanted.contains("status")) change["status"] = wanted.at("status");
    try {
        change_ticket(world, id, change, from.empty() ? kAgent : user_for(world.zendesk, from));
    } catch (const Refusal&) {
        throw BadControl("there is no such ticket, or it is closed");
    }
    return json::object{{"id", id}};
}

}  // namespace orderhub::sandbox::zendesk
