// A database seen through a scope.
#pragma once

#include <string>
#include <string_view>

#include "hub/domain/scope.hpp"
#include "hub/store/sql/database.hpp"

namespace orderhub::store {

/// What a transaction's statements run on. While it is narrowed, every SELECT finds in place of the
/// tables of orders, cases and what hangs on them only the rows that the scope has: whatever a
/// statement asks for, it cannot find more. Statements that write are not touched.
class Sight {
public:
    explicit Sight(Database& db) : db_(db) {}

    /// From now on; a scope that is not limited shows everything again.
    void narrow(const domain::Scope& scope);
    bool is_narrow() const { return !prefix_.empty(); }

    Query query(std::string_view sql) {
        if (prefix_.empty() || !sql.starts_with("SELECT")) return db_.query(sql);
        return db_.query(prefix_ + std::string(sql));
    }
    std::int64_t changes() { return db_.changes(); }
    /// An index can be named of a table only, not of what stands in its place.
    const Dialect& dialect() const { return is_narrow() ? narrow_dialect_ : db_.dialect(); }
    /// Without the scope: for what is no one's.
    Database& whole() { return db_; }

private:
    Database& db_;
    std::string prefix_;
    Dialect narrow_dialect_;
};

}  // namespace orderhub::store
