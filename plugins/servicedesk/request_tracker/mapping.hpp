// From RT's documents to a case record. Pure: what must be read is read by case_reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client.hpp"
#include "settings.hpp"

namespace orderhub::request_tracker {

/// One line of a ticket's history. Its text is kept apart, in attachments.
struct Entry {
    std::string id;
    std::string type;     ///< Create, Correspond, Comment, Status, CustomField, EmailRecord ...
    std::string creator;  ///< user name
    std::string created;  ///< RFC 3339 UTC
};

/// One part of a mail as a ticket's list of attachments shows it.
struct Part {
    std::string id;
    std::string transaction;
    std::string content_type;
    std::string filename;
    std::int64_t length;  ///< bytes when decoded
};

struct Person {
    std::string name;       ///< what RT knows the user by; an address only for users made from mail
    std::string real_name;  ///< may be empty
    std::string email;      ///< may be empty
    bool privileged;        ///< staff
};

/// A history entry with its words.
struct CaseMessage {
    Entry entry;
    std::string direction;  ///< inbound, outbound, internal
    std::string text;
};

Entry to_entry(const json::object& item);
Part to_part(const json::object& item);
Person to_person(const json::object& user);

/// True for the types that carry somebody's words: Create, Correspond, Comment.
bool is_message(const Entry& entry);

/// True for what this connector wrote itself, and for RT's records of sent mail: no news for the
/// hub. The connector only comments and sets custom fields, so whatever else its user does comes
/// from somebody who uses the same account.
bool is_echo(const Entry& entry, std::string_view hub_user);

/// The first message and the newest ones, `most` in all, oldest first.
std::vector<Entry> choose_messages(const std::vector<Entry>& history, std::size_t most);

/// The part that holds the words of a message: plain text before HTML, never a file. Null if there
/// is none.
const Part* choose_part(const std::vector<Part>& parts);

/// The text of an attachment document, as UTF-8, HTML reduced to its words.
std::string attachment_text(const json::object& attachment);

std::vector<std::string> requestor_names(const json::object& ticket);

/// A comment is internal. What opens a ticket is the requester's matter even if somebody else typed
/// it in; an answer is the customer's unless staff wrote it. `author` is null if the user cannot be
/// read: taken for staff.
std::string_view direction(const Entry& entry, const std::vector<std::string>& requestors,
                           const Person* author);

/// The first value of a custom field; empty if unset; nothing if the ticket has no such field.
std::optional<std::string> field_value(const json::object& ticket, std::string_view name);

std::string queue_name(const json::object& ticket);

/// The line that marks a comment as the effect of the command with this key.
std::string marker(std::string_view key);

/// True if the text carries the marker of any command.
bool has_marker(std::string_view text);

/// The case record (sdk/schemas/records/case.schema.json). Comments that carry a marker are left
/// out.
json::object to_case(const Settings& settings, const TicketDocument& ticket,
                     const std::optional<Person>& requester,
                     const std::vector<CaseMessage>& messages);

}  // namespace orderhub::request_tracker
