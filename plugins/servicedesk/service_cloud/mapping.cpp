#include "mapping.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "documents/members.hpp"
#include "html.hpp"

namespace orderhub::service_cloud {
namespace {

using documents::first_of;
using documents::flag_at;
using documents::instant_at;
using documents::text_at;

constexpr std::string_view kMarkerStart = "[orderhub:";
constexpr std::string_view kDraft = "5";  ///< EmailMessage.Status of a mail that is being written
constexpr std::string_view kGroupPrefix = "00G";  ///< ids of queues
constexpr std::size_t kLongestSubject = 1000;
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestPhone = 64;
constexpr std::size_t kLongestNumber = 128;
constexpr std::size_t kLongestState = 64;

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string mail_text(const Json& mail) {
    const std::string plain = trimmed(text_at(mail, "TextBody"));
    return plain.empty() ? html_to_text(text_at(mail, "HtmlBody")) : plain;
}

sdk::CaseMessage to_message(const Json& mail) {
    const bool incoming = flag_at(mail, "Incoming");
    sdk::CaseMessage message;
    message.external_id = mail.at("Id").text();
    message.direction =
        incoming ? sdk::CaseMessageDirection::inbound : sdk::CaseMessageDirection::outbound;
    message.author =
        first_of({text_at(mail, "FromName"), text_at(mail, "FromAddress")}, kLongestName);
    message.at = instant_at(mail, "MessageDate");
    if (!message.at) message.at = instant_at(mail, "CreatedDate");
    message.text = mail_text(mail);
    return message;
}

/// A comment is internal unless the customer may see it; then it is taken for ours.
sdk::CaseMessage to_comment(const Json& row) {
    const bool is_public =
        (flag_at(row, "IsPublished")) || text_at(row, "Visibility") == "AllUsers";
    sdk::CaseMessage message;
    message.external_id = row.at("Id").text();
    message.direction =
        is_public ? sdk::CaseMessageDirection::outbound : sdk::CaseMessageDirection::internal;
    message.author = first_of({text_at(row["CreatedBy"], "Name")}, kLongestName);
    message.at = instant_at(row, "CreatedDate");
    message.text = note_text(row);
    return message;
}

/// What the case was opened with, unless it is the first mail's text over again.
std::optional<sdk::CaseMessage> opening(const Json& row,
                                        const std::vector<sdk::CaseMessage>& mails) {
    const std::string text = trimmed(text_at(row, "Description"));
    if (text.empty()) return std::nullopt;
    for (const sdk::CaseMessage& mail : mails)
        if (mail.direction == sdk::CaseMessageDirection::inbound &&
            trimmed(mail.text).starts_with(text))
            return std::nullopt;
    sdk::CaseMessage message;
    message.external_id = row.at("Id").text();
    message.direction = sdk::CaseMessageDirection::inbound;
    message.at = instant_at(row, "CreatedDate");
    message.text = text;
    return message;
}

std::vector<sdk::CaseMessage> messages_of(const Settings& settings, const CaseDocument& document) {
    std::vector<sdk::CaseMessage> messages;
    for (const Json& mail : document.mails)
        if (mail["Status"].text_or_empty() != kDraft) messages.push_back(to_message(mail));
    const auto first = opening(document.row, messages);
    for (const Json& row : document.comments)
        if (const std::string text = note_text(row); !text.empty() && !has_marker(text))
            messages.push_back(to_comment(row));
    std::ranges::sort(messages, {},
                      [](const auto& each) { return std::tie(each.at, each.external_id); });
    if (first) messages.insert(messages.begin(), *first);
    if (messages.size() > settings.max_messages) {
        const auto surplus = static_cast<std::ptrdiff_t>(messages.size() - settings.max_messages);
        messages.erase(messages.begin() + 1, messages.begin() + 1 + surplus);
    }
    for (sdk::CaseMessage& each : messages)
        each.text = sdk::cut_utf8(each.text, settings.max_message_bytes);
    return messages;
}

std::optional<sdk::CaseRequester> to_requester(const Json& row) {
    sdk::CaseRequester person;
    person.external_id = first_of({text_at(row, "ContactId")}, kLongestNumber);
    person.name =
        first_of({text_at(row["Contact"], "Name"), text_at(row, "SuppliedName")}, kLongestName);
    person.email =
        first_of({text_at(row, "ContactEmail"), text_at(row, "SuppliedEmail")}, kLongestName);
    person.phone =
        first_of({text_at(row, "ContactPhone"), text_at(row, "SuppliedPhone")}, kLongestPhone);
    const bool known = person.external_id || person.name || person.email || person.phone;
    return known ? std::optional(person) : std::nullopt;
}

std::string url_of(const Settings& settings, const std::string& id) {
    return settings.has_lightning ? settings.web_url + "/lightning/r/Case/" + id + "/view"
                                  : settings.web_url + "/" + id;
}

}  // namespace

std::string marker(std::string_view key) {
    return std::string(kMarkerStart).append(key) + "]";
}

bool has_marker(std::string_view text) {
    return text.find(kMarkerStart) != std::string_view::npos;
}

std::string note_text(const Json& row) {
    const std::string body = text_at(row, "CommentBody");
    if (!body.empty()) return trimmed(body);
    return html_to_text(text_at(row, "Body"));
}

sdk::Case to_case(const Settings& settings, const CaseDocument& document) {
    const Json& row = document.row;
    const std::string id = row.at("Id").text();
    const bool is_closed = flag_at(row, "IsClosed");
    sdk::Case record;
    record.source.external_id = id;
    record.source.external_version = first_of({text_at(row, "SystemModstamp")}, kLongestNumber);
    record.source.updated_at = instant_at(row, "SystemModstamp");
    record.source.observed_at = document.observed_at;
    record.subject = sdk::cut_utf8(text_at(row, "Subject"), kLongestSubject);
    record.state = is_closed ? sdk::CaseState::closed : sdk::CaseState::open;
    record.desk_state = first_of({text_at(row, "Status")}, kLongestState);
    if (text_at(row, "OwnerId").starts_with(kGroupPrefix))
        record.queue = first_of({text_at(row["Owner"], "Name")}, kLongestNumber);
    record.url = url_of(settings, id);
    record.created_at = instant_at(row, "CreatedDate").value_or(document.observed_at);
    record.updated_at = instant_at(row, "LastModifiedDate");
    record.requester = to_requester(row);
    const FieldNames& names = settings.fields;
    record.order_number = first_of({trimmed(text_at(row, names.order_number)),
                                    trimmed(text_at(row[names.summary_relation()], "OrderNumber"))},
                                   kLongestNumber);
    record.messages = messages_of(settings, document);
    return record;
}

Json link_fields(const FieldNames& names, const sdk::CaseLink& link, std::string_view key) {
    Json fields = Json::object();
    const auto put = [&](const std::string& name, std::string_view text) {
        if (!name.empty()) fields.set(name, text.empty() ? Json() : Json(text));
    };
    put(names.order_number, link.order.number);
    put(names.order_url, link.order.url);
    put(names.order_digest, link.order.digest);
    if (link.order.total) put(names.order_total, *link.order.total);
    put(names.link_key, key);
    return fields;
}

std::string link_words(const sdk::CaseLink& link) {
    std::string words = "Order " + link.order.number + "\n" + link.order.digest;
    if (!link.order.url.empty()) words += "\n" + link.order.url;
    return words;
}

std::vector<std::string> note_texts(std::string_view words, std::string_view key,
                                    std::size_t most_bytes) {
    const std::string end = "\n\n" + marker(key);
    std::string rest = trimmed(words);
    std::vector<std::string> texts;
    do {
        const std::string part(sdk::cut_utf8(rest, most_bytes - end.size()));
        texts.push_back(part + end);
        rest.erase(0, part.size());
    } while (!rest.empty());
    return texts;
}

}  // namespace orderhub::service_cloud
