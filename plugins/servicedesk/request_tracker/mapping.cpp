#include "mapping.hpp"

#include <algorithm>

#include "text.hpp"

namespace orderhub::request_tracker {
namespace {

constexpr std::string_view kMarkerStart = "[orderhub:";
constexpr std::size_t kLongestSubject = 1000;
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestId = 128;

const json::object* object_at(const json::object& from, std::string_view key) {
    const json::value* found = from.if_contains(key);
    return found ? found->if_object() : nullptr;
}

const json::array* array_at(const json::object& from, std::string_view key) {
    const json::value* found = from.if_contains(key);
    return found ? found->if_array() : nullptr;
}

std::string linked_id(const json::object& from, std::string_view key) {
    const json::object* found = object_at(from, key);
    return found ? scalar_text(*found, "id") : std::string{};
}

bool is_file(const Part& part) {
    return !part.filename.empty();
}

void put_text(json::object& record, std::string_view key, std::string_view text, std::size_t most) {
    if (!text.empty()) record[key] = cut(to_valid_utf8(text), most);
}

/// RT writes 1970-01-01T00:00:00Z for a date that is not set.
void put_instant(json::object& record, std::string_view key, std::string_view text) {
    const auto seconds = instant_seconds(text);
    if (seconds && *seconds > 0) record[key] = text;
}

bool is_closed(std::string_view status) {
    return status == "resolved" || status == "rejected" || status == "deleted";
}

json::object to_requester(const Person& person) {
    json::object requester;
    if (person.name.size() <= kLongestId)
        put_text(requester, "external_id", person.name, kLongestId);
    put_text(requester, "name", person.real_name, kLongestName);
    put_text(requester, "email", person.email, kLongestName);
    return requester;
}

json::object to_message(const CaseMessage& message, std::size_t most_bytes) {
    json::object record{{"external_id", message.entry.id}, {"direction", message.direction}};
    put_text(record, "author", message.entry.creator, kLongestName);
    put_instant(record, "at", message.entry.created);
    record["text"] = cut(to_valid_utf8(message.text), most_bytes);
    return record;
}

json::object to_source(const TicketDocument& ticket) {
    json::object source{{"external_id", ticket.id}};
    if (ticket.etag.size() > 2)
        source["external_version"] = ticket.etag.substr(1, ticket.etag.size() - 2);
    put_instant(source, "updated_at", scalar_text(ticket.body, "LastUpdated"));
    source["observed_at"] = to_instant(ticket.observed_at_ms);
    return source;
}

}  // namespace

Entry to_entry(const json::object& item) {
    return {scalar_text(item, "id"), scalar_text(item, "Type"), linked_id(item, "Creator"),
            scalar_text(item, "Created")};
}

Part to_part(const json::object& item) {
    std::string transaction = scalar_text(item, "TransactionId");
    if (transaction.empty()) transaction = linked_id(item, "TransactionId");
    return {scalar_text(item, "id"), std::move(transaction), scalar_text(item, "ContentType"),
            scalar_text(item, "Filename"), to_number(scalar_text(item, "ContentLength"))};
}

Person to_person(const json::object& user) {
    return {scalar_text(user, "Name"), scalar_text(user, "RealName"),
            scalar_text(user, "EmailAddress"), scalar_text(user, "Privileged") == "1"};
}

bool is_message(const Entry& entry) {
    return entry.type == "Create" || entry.type == "Correspond" || entry.type == "Comment";
}

bool is_echo(const Entry& entry, std::string_view hub_user) {
    if (entry.type == "EmailRecord" || entry.type == "CommentEmailRecord") return true;
    return entry.creator == hub_user && (entry.type == "Comment" || entry.type == "CustomField");
}

std::vector<Entry> choose_messages(const std::vector<Entry>& history, std::size_t most) {
    std::vector<Entry> chosen;
    std::ranges::copy_if(history, std::back_inserter(chosen), is_message);
    if (chosen.size() > most) {
        const auto surplus = static_cast<std::ptrdiff_t>(chosen.size() - most);
        chosen.erase(chosen.begin() + 1, chosen.begin() + 1 + surplus);
    }
    return chosen;
}

const Part* choose_part(const std::vector<Part>& parts) {
    for (const std::string_view wanted : {"text/plain", "text/html"})
        for (const Part& part : parts)
            if (part.content_type == wanted && !is_file(part)) return &part;
    return nullptr;
}

std::string attachment_text(const json::object& attachment) {
    const auto bytes = decode_base64(scalar_text(attachment, "Content"));
    const std::string text = to_valid_utf8(bytes.value_or(""));
    return scalar_text(attachment, "ContentType") == "text/html" ? html_to_text(text)
                                                                 : normalised(text);
}

std::vector<std::string> requestor_names(const json::object& ticket) {
    std::vector<std::string> names;
    if (const json::array* requestors = array_at(ticket, "Requestor"))
        for (const json::value& each : *requestors)
            if (const json::object* user = each.if_object())
                names.push_back(scalar_text(*user, "id"));
    return names;
}

std::string_view direction(const Entry& entry, const std::vector<std::string>& requestors,
                           const Person* author) {
    if (entry.type == "Comment") return "internal";
    if (entry.type == "Create") return "inbound";
    if (std::ranges::find(requestors, entry.creator) != requestors.end()) return "inbound";
    return author && !author->privileged ? "inbound" : "outbound";
}

std::optional<std::string> field_value(const json::object& ticket, std::string_view name) {
    const json::array* fields = array_at(ticket, "CustomFields");
    if (!fields) return std::nullopt;
    for (const json::value& each : *fields) {
        const json::object* field = each.if_object();
        if (!field || scalar_text(*field, "name") != name) continue;
        const json::array* values = array_at(*field, "values");
        if (!values || values->empty() || !values->front().is_string()) return std::string{};
        return std::string(values->front().get_string());
    }
    return std::nullopt;
}

std::string queue_name(const json::object& ticket) {
    const json::object* queue = object_at(ticket, "Queue");
    return queue ? scalar_text(*queue, "Name") : std::string{};
}

std::string marker(std::string_view key) {
    return std::string(kMarkerStart).append(key) + "]";
}

bool has_marker(std::string_view text) {
    return text.find(kMarkerStart) != std::string_view::npos;
}

json::object to_case(const Settings& settings, const TicketDocument& ticket,
                     const std::optional<Person>& requester,
                     const std::vector<CaseMessage>& messages) {
    const std::string status = scalar_text(ticket.body, "Status");
    json::object record;
    record["source"] = to_source(ticket);
    record["subject"] = cut(to_valid_utf8(scalar_text(ticket.body, "Subject")), kLongestSubject);
    record["state"] = is_closed(status) ? "closed" : "open";
    put_text(record, "desk_state", status, 64);
    put_text(record, "queue", queue_name(ticket.body), kLongestId);
    record["url"] = settings.web_url + "/Ticket/Display.html?id=" + ticket.id;
    record["created_at"] = scalar_text(ticket.body, "Created");
    put_instant(record, "updated_at", scalar_text(ticket.body, "LastUpdated"));
    if (requester) record["requester"] = to_requester(*requester);
    put_text(record, "order_number",
             normalised(field_value(ticket.body, settings.fields.order_number).value_or("")),
             kLongestId);
    json::array list;
    for (const CaseMessage& message : messages)
        if (message.direction != "internal" || !has_marker(message.text))
            list.push_back(to_message(message, settings.max_message_bytes));
    record["messages"] = std::move(list);
    return record;
}

}  // namespace orderhub::request_tracker
