// The calls of RT's REST 2.0 that this connector makes. One object lives for one connector call.
//
// Traps of the protocol that are dealt with here: a merged ticket answers under another id; lists
// carry ids as text and single reads as numbers; `next_page` is missing or wrong, so pages are
// counted; If-Modified-Since makes RT fail, so only ETags are used. That a change answers 200
// though nothing was done is dealt with in case_writer.
#pragma once

#include <cstdint>
#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace orderhub::request_tracker {

inline constexpr std::size_t kPageSize = 100;  ///< RT cuts longer pages silently

/// A ticket as one read showed it. `id` is the survivor's when the ticket that was asked for has
/// been merged.
struct TicketDocument {
    std::string id;
    std::string etag;  ///< with its quotes; empty if RT sent none that can go into a header
    json::object body;
    std::int64_t observed_at_ms;
};

/// What to make of a ticket that the token's user may not see (403).
enum class Hidden { as_missing, as_error };

/// The text of a scalar that RT sends as text in one place and as a number in another; empty if
/// absent.
std::string scalar_text(const json::object& from, std::string_view key);

class Client {
public:
    Client(const Settings& settings, sdk::Call& call) : settings_(settings), call_(call) {}

    json::object version() { return get("/rt"); }
    std::optional<TicketDocument> ticket(std::string_view id, Hidden hidden);

    /// Nothing if there is no such user, or it may not be read (that right is checked at start).
    std::optional<json::object> user(std::string_view name);
    std::optional<json::object> queue(std::string_view name);
    std::optional<json::object> transaction(std::string_view id);
    json::object attachment(std::string_view id);

    /// One page of a list, from page 1; empty behind the end.
    json::array oldest_history(std::string_view ticket);
    json::array newest_history(std::string_view ticket, int page);
    json::array attachments(std::string_view ticket, int page);
    json::array tickets(std::string_view query, int page);       ///< by LastUpdated, then id
    json::array transactions(std::string_view query, int page);  ///< by id
    json::array newest_transactions(std::string_view query);

    /// Changes fields if the ticket still has `etag` (empty: in any case). Any status is returned.
    sdk::HttpResponse change_ticket(std::string_view id, std::string_view etag,
                                    const json::object& changes);
    sdk::HttpResponse comment(std::string_view ticket, std::string_view text);

private:
    sdk::HttpRequest request(std::string_view method, std::string_view path) const;
    sdk::HttpResponse send_read(std::string_view path);
    json::object get(std::string_view path);
    std::optional<sdk::HttpResponse> find(std::string_view path, Hidden hidden);
    std::optional<json::object> find_object(std::string_view path);
    json::array items(std::string path, int page);

    const Settings& settings_;
    sdk::Call& call_;
};

/// RT's own words in an answer: its `message`, or the sentences of a change; at most 300 bytes.
std::string words_of(const sdk::HttpResponse& response);

}  // namespace orderhub::request_tracker
