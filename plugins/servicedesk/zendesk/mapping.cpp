#include "mapping.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace orderhub::zendesk {
namespace {

constexpr std::string_view kMarkerStart = "[orderhub:";
constexpr std::size_t kLongestSubject = 1000;
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestPhone = 64;
constexpr std::size_t kLongestNumber = 128;
constexpr std::size_t kLongestState = 64;

/// Text as it is, a number's digits, empty for anything else.
std::string text_at(const Json& from, std::string_view key) {
    const Json& value = from[key];
    return value.is_text() || value.is_number() ? value.text_or_digits() : std::string();
}

std::optional<std::string> some(const std::string& text, std::size_t most) {
    if (text.empty()) return std::nullopt;
    return std::string(sdk::cut_utf8(text, most));
}

std::optional<std::string> instant_at(const Json& from, std::string_view key) {
    const auto instant = sdk::from_rfc3339(text_at(from, key));
    return instant ? std::optional(sdk::to_rfc3339(*instant)) : std::nullopt;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// With one space for any white space.
std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!is_space) out += c;
        if (is_space && !out.ends_with(' ')) out += ' ';
    }
    return out;
}

/// plain_body still has this one entity.
std::string without_entity(std::string text) {
    constexpr std::string_view kSpace = "&nbsp;";
    for (std::size_t at = text.find(kSpace); at != text.npos; at = text.find(kSpace, at))
        text.replace(at, kSpace.size(), " ");
    return text;
}

std::string comment_text(const Json& comment) {
    const std::string plain = trimmed(without_entity(text_at(comment, "plain_body")));
    return plain.empty() ? trimmed(text_at(comment, "body")) : plain;
}

const Json& of(const ById& documents, const std::string& id) {
    static const Json kNone;
    const auto found = documents.find(id);
    return found == documents.end() ? kNone : found->second;
}

sdk::CaseMessageDirection direction(const Json& comment, const Json& author,
                                    const std::string& requester) {
    using enum sdk::CaseMessageDirection;
    if (!(comment["public"] == Json(true))) return internal;
    const bool is_customer =
        text_at(comment, "author_id") == requester || text_at(author, "role") == "end-user";
    return is_customer ? inbound : outbound;
}

sdk::CaseMessage to_message(const CaseDocument& document, const Json& comment) {
    const Json& author = of(document.people, text_at(comment, "author_id"));
    sdk::CaseMessage message;
    message.external_id = sdk::cut_utf8(text_at(comment, "id"), kLongestNumber);
    message.direction = direction(comment, author, text_at(document.ticket, "requester_id"));
    message.author = some(text_at(author, "name"), kLongestName);
    message.at = instant_at(comment, "created_at");
    message.text = comment_text(comment);
    return message;
}

/// In order; a longer id is a later one.
std::vector<sdk::CaseMessage> messages_of(const Settings& settings, const CaseDocument& document) {
    std::vector<sdk::CaseMessage> messages;
    for (const Json& comment : document.comments)
        if (!is_note_with(comment, kMarkerStart) && !text_at(comment, "id").empty())
            messages.push_back(to_message(document, comment));
    std::ranges::sort(messages, {}, [](const sdk::CaseMessage& each) {
        return std::tuple(each.at.value_or(""), each.external_id.size(), each.external_id);
    });
    const auto doubles = std::ranges::unique(messages, {}, &sdk::CaseMessage::external_id);
    messages.erase(doubles.begin(), doubles.end());
    std::erase_if(messages, [](const sdk::CaseMessage& each) { return each.text.empty(); });
    if (messages.size() > settings.max_messages) {
        const auto surplus = static_cast<std::ptrdiff_t>(messages.size() - settings.max_messages);
        messages.erase(messages.begin() + 1, messages.begin() + 1 + surplus);
    }
    for (sdk::CaseMessage& each : messages)
        each.text = sdk::cut_utf8(each.text, settings.max_message_bytes);
    return messages;
}

std::optional<sdk::CaseRequester> to_requester(const CaseDocument& document) {
    sdk::CaseRequester person;
    person.external_id = some(text_at(document.ticket, "requester_id"), kLongestNumber);
    if (!person.external_id) return std::nullopt;
    const Json& user = of(document.people, *person.external_id);
    person.name = some(text_at(user, "name"), kLongestName);
    person.email = some(text_at(user, "email"), kLongestName);
    person.phone = some(text_at(user, "phone"), kLongestPhone);
    return person;
}

/// The value of a ticket field; empty if it has none, or is no text.
std::string field_value(const Json& ticket, const std::string& id) {
    if (!ticket["custom_fields"].is_array()) return {};
    for (const Json& field : ticket["custom_fields"].items())
        if (text_at(field, "id") == id) return text_at(field, "value");
    return {};
}

/// Without an order number for the id 0, which no field has.
std::optional<std::string> order_number(const Json& ticket, std::int64_t id) {
    return some(trimmed(field_value(ticket, std::to_string(id))), kLongestNumber);
}

bool is_closed(const std::string& status) {
    return status == "solved" || status == "closed" || status == "deleted";
}

/// Numbers in answers, texts in webhooks.
std::string ticket_id(const Json& value) {
    const std::string& text = value.text_or_digits();
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error == std::errc{} && end == text.data() + text.size() && id > 0) return text;
    throw sdk::JsonError("the id of a ticket is a number");
}

}  // namespace

void add_by_id(ById& to, const Json& list) {
    if (!list.is_array()) return;
    for (const Json& each : list.items())
        if (const std::string id = text_at(each, "id"); !id.empty()) to.insert_or_assign(id, each);
}

std::string marker(std::string_view key) {
    return std::string(kMarkerStart).append(key) + "]";
}

bool is_note_with(const Json& comment, std::string_view words) {
    return comment["public"] == Json(false) &&
           (text_at(comment, "body").find(words) != std::string::npos ||
            text_at(comment, "plain_body").find(words) != std::string::npos);
}

sdk::Case to_case(const Settings& settings, const CaseDocument& document) {
    const Json& ticket = document.ticket;
    const std::string id = ticket_id(ticket.at("id"));
    const std::string status = text_at(ticket, "status");
    sdk::Case record;
    record.source.external_id = id;
    record.source.external_version = some(text_at(ticket, "updated_at"), kLongestNumber);
    record.source.updated_at = instant_at(ticket, "updated_at");
    record.source.observed_at = document.observed_at;
    record.subject = sdk::cut_utf8(text_at(ticket, "subject"), kLongestSubject);
    record.state = is_closed(status) ? sdk::CaseState::closed : sdk::CaseState::open;
    record.desk_state = some(status, kLongestState);
    record.queue =
        some(text_at(of(document.groups, text_at(ticket, "group_id")), "name"), kLongestNumber);
    record.url = settings.base_url + "/agent/tickets/" + id;
    record.created_at = instant_at(ticket, "created_at").value_or(document.observed_at);
    record.updated_at = instant_at(ticket, "updated_at");
    record.requester = to_requester(document);
    record.order_number = order_number(ticket, settings.fields.order_number);
    record.messages = messages_of(settings, document);
    return record;
}

Json link_fields(const FieldIds& ids, const sdk::CaseLink& link, std::string_view key) {
    Json fields = Json::array();
    const auto put = [&](std::int64_t id, std::string_view text) {
        if (id != 0) fields.push(Json::object({{"id", id}, {"value", text}}));
    };
    put(ids.order_number, link.order.number);
    put(ids.order_url, link.order.url);
    put(ids.order_digest, link.order.digest);
    if (link.order.total) put(ids.order_total, *link.order.total);
    put(ids.link_key, key);
    return fields;
}

std::vector<std::string> fields_that_differ(const Json& ticket, const Json& wanted) {
    std::vector<std::string> ids;
    for (const Json& field : wanted.items()) {
        const std::string id = text_at(field, "id");
        if (collapsed(field_value(ticket, id)) != collapsed(text_at(field, "value")))
            ids.push_back(id);
    }
    return ids;
}

std::string link_words(const sdk::CaseLink& link) {
    std::string words = "Order " + link.order.number + "\n" + link.order.digest;
    if (!link.order.url.empty()) words += "\n" + link.order.url;
    return words;
}

std::optional<std::string> made_comment(const Json& answer) {
    if (!answer["audit"]["events"].is_array()) return std::nullopt;
    for (const Json& event : answer["audit"]["events"].items())
        if (text_at(event, "type") == "Comment") return some(text_at(event, "id"), kLongestNumber);
    return std::nullopt;
}

std::optional<std::string> noticed_ticket(std::string_view body) {
    constexpr std::string_view kTicketEvent = "zen:event-type:ticket.";
    const Json notice = Json::parse(body);
    const Json& type = notice["type"];
    if (type.is_text() && !type.text().starts_with(kTicketEvent)) return std::nullopt;
    const Json& named = type.is_text() ? notice.at("detail").at("id") : notice.at("ticket_id");
    return ticket_id(named);
}

}  // namespace orderhub::zendesk
