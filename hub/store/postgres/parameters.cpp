#include "hub/store/postgres/parameters.hpp"

#include <algorithm>

namespace orderhub::store {

namespace {

// As in PostgreSQL's catalogue pg_type; they never change.
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kText = 25;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xc0U) == 0x80;
}

/// How many bytes the character at the beginning of `text` has; 0 if there is none that may stand
/// in a text.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    const unsigned char second = byte(1);
    const bool is_too_long = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool is_no_character =
        (first == 0xed && second > 0x9f) || (first == 0xf4 && second > 0x8f);
    if (is_too_long || is_no_character) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!is_continuation(byte(i))) return 0;
    return length;
}

}  // namespace

std::string with_numbered_parameters(std::string_view sql) {
    std::string numbered;
    int highest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'') quoted = !quoted;
        if (sql[i] != '?' || quoted) {
            numbered += sql[i];
            continue;
        }
        int number = 0;
        while (i + 1 < sql.size() && is_digit(sql[i + 1]))
            number = number * 10 + (sql[++i] - '0');
        if (number == 0) number = highest + 1;
        highest = std::max(highest, number);
        numbered += "$" + std::to_string(number);
    }
    return numbered;
}

std::string storable_text(std::string_view text) {
    std::string storable;
    storable.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0)
            storable += "\xef\xbf\xbd";
        else
            storable += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return storable;
}

void Parameters::set(int parameter, Oid type, std::string value) {
    const auto count = static_cast<std::size_t>(parameter);
    if (values_.size() < count) {
        values_.resize(count);
        types_.resize(count);
    }
    values_[count - 1] = std::move(value);
    types_[count - 1] = type;
}

void Parameters::text(int parameter, std::string_view value) {
    set(parameter, kText, storable_text(value));
}

void Parameters::bytes(int parameter, std::string_view value) {
    set(parameter, kBytea, std::string(value));
}

void Parameters::integer(int parameter, std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    std::string big_endian;
    for (int shift = 56; shift >= 0; shift -= 8)
        big_endian += static_cast<char>(bits >> shift & 0xffU);
    set(parameter, kInt8, std::move(big_endian));
}

void Parameters::clear() noexcept {
    values_.clear();
    types_.clear();
}

bool Parameters::send(PGconn* connection, const std::string& sql) const {
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const auto& value : values_) {
        values.push_back(value.data());
        lengths.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> binary(values_.size(), 1);
    // Without a name and so without a statement kept on the server: behind a pooler the next
    // transaction may be on another server connection.
    return PQsendQueryParams(connection, sql.c_str(), static_cast<int>(values_.size()),
                             types_.data(), values.data(), lengths.data(), binary.data(), 1) == 1;
}

}  // namespace orderhub::store
