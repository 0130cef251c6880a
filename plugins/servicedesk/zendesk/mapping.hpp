// From Zendesk's tickets and comments to a case record, and from an order to a ticket's fields.
// Pure: what must be read is read by case_reader.
#pragma once

#include <map>
#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::zendesk {

/// Documents of people and groups by their ids, as they come beside tickets and comments.
using ById = std::map<std::string, Json>;

/// Adds the documents of a list with ids; anything else is passed over.
void add_by_id(ById& to, const Json& list);

/// One ticket as one read showed it.
struct CaseDocument {
    Json ticket;
    std::vector<Json> comments;  ///< any order, doubles allowed
    ById people;
    ById groups;
    std::string observed_at;
};

/// The line that marks a comment as the effect of the command with this key.
std::string marker(std::string_view key);

/// Whether it is a private comment whose text holds `words`, in any of its forms. Customers cannot
/// write private ones, so that a marker in them is no stranger's.
bool is_note_with(const Json& comment, std::string_view words);

/// The case record. Comments of this connector are left out.
sdk::Case to_case(const Settings& settings, const CaseDocument& document);

/// What a link writes into "custom_fields": a list of {"id", "value"}, empty without fields.
Json link_fields(const FieldIds& ids, const sdk::CaseLink& link, std::string_view key);

/// The ids of those of `wanted` (as link_fields gives them) that the ticket does not show; white
/// space does not count, because fields of one line lose it.
std::vector<std::string> fields_that_differ(const Json& ticket, const Json& wanted);

/// The words of the note that a link leaves.
std::string link_words(const sdk::CaseLink& link);

/// The id of the comment that the answer to a change says was made; nothing if it says none.
std::optional<std::string> made_comment(const Json& answer);

/// The ticket that a webhook's message is about: an event's, or `ticket_id` of a trigger's
/// template. Nothing for events of other things. Throws sdk::JsonError for what is neither.
std::optional<std::string> noticed_ticket(std::string_view body);

}  // namespace orderhub::zendesk
