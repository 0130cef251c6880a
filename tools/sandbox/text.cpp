#include "text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <atomic>
#include <chrono>
#include <cstdio>

namespace orderhub::sandbox {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").find(c) != std::string_view::npos;
}

std::int64_t fraction_us(std::string_view digits) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        value = value * 10 +
                (i < digits.size() && digits[i] >= '0' && digits[i] <= '9' ? digits[i] - '0' : 0);
    }
    return value;
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view data) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(data.data()), data.size(), out, &length);
    return {reinterpret_cast<char*>(out), length};
}

std::string to_hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes)
        out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

std::string base64_encode(std::string_view bytes) {
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : bytes) {
        buffer = (buffer << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) {
            out += kBase64[(buffer >> static_cast<unsigned>(bits - 6)) & 63U];
        }
    }
    if (bits > 0) out += kBase64[(buffer << static_cast<unsigned>(6 - bits)) & 63U];
    while (out.size() % 4 != 0)
        out += '=';
    return out;
}

std::string base64_decode(std::string_view text) {
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : text) {
        const auto index = kBase64.find(c);
        if (index == std::string_view::npos) continue;
        buffer = (buffer << 6U) | static_cast<std::uint32_t>(index);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((buffer >> static_cast<unsigned>(bits)) & 255U);
        }
    }
    return out;
}

std::int64_t now_us() {
    static std::atomic<std::int64_t> last{0};
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    std::int64_t now = std::chrono::duration_cast<std::chrono::microseconds>(since).count();
    std::int64_t seen = last.load();
    do {
        if (now <= seen) now = seen + 1;
    } while (!last.compare_exchange_weak(seen, now));
    return now;
}

CivilTime civil(std::int64_t us) {
    using namespace std::chrono;
    const sys_time<microseconds> at{microseconds{us}};
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const hh_mm_ss<microseconds> clock{at - midnight};
    return {static_cast<int>(date.year()),
            static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day())),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count()),
            static_cast<int>(clock.subseconds().count())};
}

std::int64_t day_start(int year, int month, int day) {
    using namespace std::chrono;
    const auto date = std::chrono::year{year} / month / day;
    return duration_cast<microseconds>(sys_days{date}.time_since_epoch()).count();
}

std::string iso_seconds(std::int64_t us) {
    const CivilTime t = civil(us);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", t.year, t.month, t.day, t.hour,
                       t.minute, t.second);
}

std::string iso_milliseconds(std::int64_t us) {
    std::string text = iso_seconds(us);
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, civil(us).microsecond / 1000);
}

std::int64_t parse_instant(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int used = 0;
    const std::string copy(text);
    const int got = std::sscanf(copy.c_str(), "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%n", &year, &month,
                                &day, &hour, &minute, &second, &used);
    if (got < 3 || month < 1 || month > 12 || day < 1 || day > 31) return -1;
    const std::int64_t clock = std::int64_t{hour} * 3600 + minute * 60 + second;
    std::int64_t us = day_start(year, month, day) + clock * kSecond;
    if (used > 0 && static_cast<std::size_t>(used) < text.size() && text[used] == '.') {
        us += fraction_us(text.substr(static_cast<std::size_t>(used) + 1));
    }
    return us;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (unreserved(c)) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::string random_text(std::size_t length, std::string_view alphabet) {
    std::string out(length, '\0');
    RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(length));
    for (char& c : out)
        c = alphabet[static_cast<unsigned char>(c) % alphabet.size()];
    return out;
}

}  // namespace orderhub::sandbox
