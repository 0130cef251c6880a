// Text as Request Tracker sends it: base64, HTML, instants, addresses. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::request_tracker {

/// Decodes base64; white space is skipped (RT ends each line with a newline). Nothing if it is not
/// base64.
std::optional<std::string> decode_base64(std::string_view text);

/// The words of an HTML mail: tags, styles and scripts removed, line breaks kept, common entities
/// decoded.
std::string html_to_text(std::string_view html);

/// Replaces what is not UTF-8 by U+FFFD and drops NUL, so that the text can stand in JSON.
std::string to_valid_utf8(std::string_view text);

/// At most `bytes` bytes, cut between characters.
std::string cut(std::string_view text, std::size_t bytes);

/// LF line ends, no white space at either end: the form in which a value is compared with what RT
/// stored.
std::string normalised(std::string_view text);

/// A decimal id as a number; 0 if the text is not one.
std::int64_t to_number(std::string_view digits);

/// Percent-encodes everything but unreserved characters (RFC 3986).
std::string url_encode(std::string_view text);

/// A TicketSQL string literal with its quotes.
std::string quoted(std::string_view text);

/// Milliseconds since 1970 as 2026-11-22T18:36:24.123Z.
std::string to_instant(std::int64_t ms);

/// Seconds since 1970 as 2026-11-22T18:36:24Z: the one form that TicketSQL reads as UTC whoever
/// asks.
std::string to_query_instant(std::int64_t seconds);

/// Seconds since 1970 of 2026-11-22T18:36:24Z; nothing for another form.
std::optional<std::int64_t> instant_seconds(std::string_view text);

}  // namespace orderhub::request_tracker
