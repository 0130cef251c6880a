#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Small text tools shared by the stand-ins: digests, encodings, instants.
namespace orderhub::sandbox {

/// HMAC-SHA256 of `data` under `key`, as 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view data);
std::string to_hex(std::string_view bytes);
std::string base64_encode(std::string_view bytes);
/// Decodes standard base64; characters outside the alphabet (line ends) are skipped.
std::string base64_decode(std::string_view text);

/// Wall clock in microseconds since 1970, strictly increasing within one process so that the
/// stand-ins can order what happened.
std::int64_t now_us();
/// "2026-11-22T18:41:00.932Z": milliseconds, truncated (what Vendure answers).
std::string iso_milliseconds(std::int64_t us);
/// "2026-11-22T18:36:21Z" (what Request Tracker answers).
std::string iso_seconds(std::int64_t us);
/// Reads "YYYY-MM-DD[T ]hh:mm:ss[.ffffff][Z]" as UTC; -1 when it is something else.
std::int64_t parse_instant(std::string_view text);

struct CivilTime {
    int year, month, day, hour, minute, second, microsecond;
};
CivilTime civil(std::int64_t us);
/// Midnight UTC of a calendar day.
std::int64_t day_start(int year, int month, int day);

/// `text` with %XX escapes for everything outside RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);
/// A random-looking identifier of `length` characters out of `alphabet`, different on every call.
std::string random_text(std::size_t length, std::string_view alphabet);

}  // namespace orderhub::sandbox
