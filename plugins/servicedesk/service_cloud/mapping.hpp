// From the platform's rows to a case record, and from an order to the fields of a case. Pure: what
// must be read is read by case_reader.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::service_cloud {

/// One case as one read showed it.
struct CaseDocument {
    Json row;                    ///< of Case
    std::vector<Json> mails;     ///< rows of EmailMessage, any order
    std::vector<Json> comments;  ///< rows of CaseComment, or of CaseFeed where notes are feed items
    std::string observed_at;
};

/// The line that marks a note as the effect of the command with this key.
std::string marker(std::string_view key);
bool has_marker(std::string_view text);

/// The text of a comment or feed item.
std::string note_text(const Json& row);

/// The case record. Notes that carry a marker, and drafts of mails, are left out.
sdk::Case to_case(const Settings& settings, const CaseDocument& document);

/// The fields of Case that a link writes, without the lookup.
Json link_fields(const FieldNames& names, const sdk::CaseLink& link, std::string_view key);

/// The words of the note that a link leaves.
std::string link_words(const sdk::CaseLink& link);

/// A note as the texts that are written, each with the marker and none longer than `most_bytes`.
std::vector<std::string> note_texts(std::string_view words, std::string_view key,
                                    std::size_t most_bytes);

}  // namespace orderhub::service_cloud
