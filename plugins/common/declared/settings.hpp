// The configuration of a generic connector, read and checked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <orderhub/http.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "declared/shape.hpp"
#include "declared/text_template.hpp"

namespace orderhub::declared {

/// What answers mean, where it differs from what statuses usually mean (sdk::stop_for_status).
struct Meanings {
    std::vector<int> done;  ///< empty: 200 to 299
    std::vector<int> retry;
    std::vector<int> rejected;
    std::vector<int> unknown;
    std::optional<Script> rejected_if;  ///< about `answer`, for systems that refuse with 200
    std::optional<Script> retry_if;
};

struct RequestRule {
    std::string place;
    std::string method;
    TextTemplate url;
    std::vector<std::pair<std::string, TextTemplate>> query;
    std::vector<std::pair<std::string, TextTemplate>> headers;
    std::optional<Rule> body;
    bool is_form = false;
    bool has_answer = true;  ///< false: what it says is not looked at
    Meanings meanings;
};

/// How an effect is looked for before it is asked for again.
struct LookRule {
    RequestRule request;
    Rule found;                  ///< gives something if the effect is there
    std::optional<Rule> result;  ///< of what was found; default: the command's
};

struct CommandRule {
    RequestRule request;
    std::optional<LookRule> look;
    std::optional<Rule> result;
    std::string idempotency_header;
};

enum class Paging { none, page, offset, cursor, link };

struct ListRule {
    RequestRule request;
    Reference items;
    Paging paging = Paging::none;
    std::optional<Reference>
        next;  ///< cursor: the next one; link: the next address, default the header Link
    std::optional<Reference> more;  ///< cursor: false on the last page
    std::int64_t first_page = 1;
    std::int64_t page_size = 0;
    bool keeps_cursor = false;    ///< the last cursor goes on in the next poll
    bool is_oldest_first = true;  ///< by the time of change
    std::optional<Rule> changed_at;
    std::string from_form = "rfc3339";
    std::int64_t overlap_ms = 60'000;
    std::int64_t start_ms = 0;  ///< 0: a day before the first poll
};

struct Settings {
    std::string base_url;
    sdk::Headers auth;
    std::vector<std::pair<std::string, TextTemplate>> headers;
    std::optional<Reference> error;  ///< their words in an answer that refuses
    Rule record;
    std::optional<Rule> id;  ///< of an item, to read it by
    std::optional<RequestRule> read;
    std::optional<Reference> read_object;
    std::optional<ListRule> list;
    bool has_messages = false;
    std::optional<Reference> message_items;
    std::optional<Rule> message_id;
    std::optional<Script> message_when;
    std::optional<RequestRule> check;
    std::map<std::string, CommandRule, std::less<>> commands;
};

/// The schemas of what a kind of connector reads and carries out; see schemas.hpp.
struct Kind {
    std::string_view record;                 ///< "order"
    std::vector<std::string_view> commands;  ///< of its manifest
};

/// Throws ConfigError.
Settings to_settings(const Json& config, const Kind& kind);

/// Internal: one request. Throws ConfigError.
RequestRule to_request(const Json& json, const std::string& place, std::string_view method);

}  // namespace orderhub::declared
