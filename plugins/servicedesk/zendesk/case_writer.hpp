// Carries out case.link and case.note, each effect once.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "client.hpp"
#include "mapping.hpp"

namespace orderhub::zendesk {

/// One command in progress. Zendesk knows no key for changes, so it stands in a line at the end of
/// the comment, by which an earlier attempt is found. The fields of a link and its comment are one
/// change of the ticket: both or none.
class CaseWriter {
public:
    CaseWriter(const Settings& settings, Client& client, sdk::Call& call,
               const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// Both give the id of the comment, nothing for a refresh; throw Stop.
    std::optional<std::string> link(const sdk::CaseLink& link);
    std::string note(const sdk::CaseNote& note);

private:
    std::string comment_once(const std::string& ticket, std::string_view words, const Json& fields);
    std::optional<std::string> find_comment(const std::string& ticket);
    Json ticket(const std::string& id);
    Json change(const std::string& id, const Json& wanted);
    void show(const std::string& id, const Json& fields);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
    Json shown_;  ///< the ticket after the change; null where this attempt made none
};

}  // namespace orderhub::zendesk
