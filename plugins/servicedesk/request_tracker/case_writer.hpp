// Carries out case.link and case.note, each effect once.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "case_reader.hpp"
#include "client.hpp"

namespace orderhub::request_tracker {

/// One command in progress. RT has no idempotency key: the fields are compared before they are
/// written and read back afterwards (RT answers 200 to a change that it did not make), and the
/// comment carries the command's key in a line of its own, by which an earlier attempt is found in
/// the ticket's history.
class CaseWriter {
public:
    CaseWriter(const Settings& settings, Client& client, CaseReader& reader,
               const sdk::Command& command)
        : settings_(settings), client_(client), reader_(reader), command_(command) {}

    /// Writes the order into the ticket's fields, then comments. Gives the result object; throws
    /// Stop.
    json::object link();

    /// Comments. Gives the result object; throws Stop.
    json::object note();

    /// True once a change was sent. A Stop that says "surely did not happen" is then no longer true
    /// of the whole.
    bool has_written() const { return wrote_; }

private:
    TicketDocument ticket();
    void write_fields(TicketDocument ticket);
    json::object wanted_fields(const TicketDocument& ticket) const;
    std::string change(const TicketDocument& ticket, const json::object& fields, bool& stale);
    void check_written(const json::object& fields, std::string_view words);
    json::object comment(std::string_view ticket, std::string_view text);
    std::optional<std::string> made_comment(const sdk::HttpResponse& response);
    std::optional<std::string> find_comment(std::string_view ticket);

    const Settings& settings_;
    Client& client_;
    CaseReader& reader_;
    const sdk::Command& command_;
    std::optional<sdk::Stop> doubt_;  ///< why it is not known whether the last change was made
    bool wrote_ = false;
};

}  // namespace orderhub::request_tracker
