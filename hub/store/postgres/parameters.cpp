#include "hub/store/postgres/parameters.hpp"

#include <algorithm>

#include "hub/domain/utf8.hpp"
#include "hub/store/postgres/libpq.hpp"

namespace orderhub::store {

namespace {

// As in PostgreSQL's catalogue pg_type; they never change.
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kText = 25;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
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
        const CodePoint next = first_code_point(text);
        if (next.is_valid && next.value != 0)
            storable += text.substr(0, next.bytes);
        else
            storable += "\xef\xbf\xbd";
        text.remove_prefix(next.bytes);
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

std::size_t Parameters::bytes() const {
    std::size_t sum = 0;
    for (const auto& value : values_)
        sum += value.size();
    return sum;
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
    return libpq().PQsendQueryParams(connection, sql.c_str(), static_cast<int>(values_.size()),
                                     types_.data(), values.data(), lengths.data(), binary.data(),
                                     1) == 1;
}

}  // namespace orderhub::store
