// The calls of Zendesk's Support API that this connector makes. One object lives for one connector
// call.
#pragma once

#include <functional>
#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace orderhub::zendesk {

/// What the account's answers said of its requests a minute. Lives as long as the instance.
class Usage {
public:
    void take(const sdk::HttpResponse& response, std::int64_t now_ms);

    /// Throws retry while less than `percent` of the minute's requests is left, so that agents and
    /// commands get through.
    void must_leave_room(int percent, std::int64_t now_ms) const;

private:
    std::int64_t most_ = 0;
    std::int64_t left_ = 0;
    std::int64_t told_ms_ = 0;
};

/// Failures are thrown as Stop.
class Client {
public:
    Client(const Settings& settings, Usage& usage, sdk::Call& call)
        : settings_(settings), usage_(usage), call_(call) {}

    /// GET of a path that follows /api/v2.
    Json get(std::string_view path, const sdk::Fields& query = {});

    /// The same; nothing where Zendesk says that there is no such record.
    std::optional<Json> find(std::string_view path, const sdk::Fields& query = {});

    /// A ticket with the people and the group that it names; nothing if it is not there (deleted).
    std::optional<Json> ticket(std::string_view id);

    /// Each page of a ticket's comments ({"comments", "users"}), none if there is no such ticket;
    /// `take` returns false to stop.
    using Take = std::function<bool(const Json& page)>;
    void newest_comments(std::string_view ticket, const Take& take);
    Json first_comment(std::string_view ticket);

    /// Changes a ticket: gives {"ticket", "audit"}; nothing for 409, which says that somebody else
    /// changed it since `updated_stamp`, or is about to.
    std::optional<Json> change_ticket(std::string_view id, const Json& ticket);

private:
    sdk::HttpResponse send(sdk::HttpRequest request);

    const Settings& settings_;
    Usage& usage_;
    sdk::Call& call_;
};

/// The id of a ticket as it stands in an address; throws rejected if it is none.
std::string checked_id(std::string_view id);

/// Zendesk's own words in an answer, whichever of its forms they have; at most 300 bytes.
std::string words_of(const sdk::HttpResponse& response);

}  // namespace orderhub::zendesk
