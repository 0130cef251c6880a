// What a statement of the store's SQL needs to be PostgreSQL's: its parameters' places and values.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::store {

/// The parameters ?, ?1, ?2 as $1, $2: a bare one counts on from the highest so far, as in SQLite.
/// Texts in quotes are left alone.
std::string with_numbered_parameters(std::string_view sql);

/// As PostgreSQL can keep it in a text column: bytes that are not UTF-8, and NUL, are replaced by
/// U+FFFD. A search for what was replaced so is replaced alike.
std::string storable_text(std::string_view text);

/// Values in PostgreSQL's binary form, so that none of them ever stands in SQL. Types are told, so
/// that a statement may leave a parameter unused.
class Parameters {
public:
    void text(int parameter, std::string_view value);
    void bytes(int parameter, std::string_view value);
    void integer(int parameter, std::int64_t value);
    void clear() noexcept;
    std::size_t bytes() const;
    /// Hands the statement over; false if that failed.
    bool send(PGconn* connection, const std::string& sql) const;

private:
    void set(int parameter, Oid type, std::string value);

    std::vector<std::string> values_;
    std::vector<Oid> types_;
};

}  // namespace orderhub::store
