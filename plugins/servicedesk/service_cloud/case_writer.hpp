// Carries out case.link and case.note, each effect once.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "mapping.hpp"

namespace orderhub::service_cloud {

/// One command in progress. Notes cannot carry a key in a field of their own, so it stands in a
/// line at their end, by which an earlier attempt is found. The fields of a link and its note are
/// one composite request, all or none: a note that is there proves the fields.
class CaseWriter {
public:
    CaseWriter(const Settings& settings, salesforce::Client& client, sdk::Call& call,
               const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// Both give the id of the note, a refresh leaves none; throw Stop.
    std::optional<std::string> link(const sdk::CaseLink& link);
    std::string note(const sdk::CaseNote& note);

private:
    Json fields_of(const sdk::CaseLink& link);
    std::string once(const std::string& case_id, const std::string& words, const Json& fields);
    std::string write(const std::string& case_id, const std::string& words, const Json& fields);
    std::optional<std::string> find_note(const std::string& case_id);
    std::optional<std::string> order_summary(const std::string& order_number);
    salesforce::Part note_part(const std::string& case_id, const std::string& text,
                               std::size_t number) const;

    const Settings& settings_;
    salesforce::Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
};

}  // namespace orderhub::service_cloud
