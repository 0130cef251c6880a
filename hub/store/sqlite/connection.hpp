// One SQLite connection and its prepared statements.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/store/sql/database.hpp"

namespace orderhub::store {

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}

    void put_text(int parameter, std::string_view value) override;
    void put_bytes(int parameter, std::string_view value) override { put_text(parameter, value); }
    void put_integer(int parameter, std::int64_t value) override;
    bool step() override;
    std::string text(int column) const override;
    std::int64_t integer(int column) const override;
    void reset() noexcept override;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    sqlite3* db_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// How long a statement waits for another connection's lock.
constexpr int kBusyTimeoutMs = 5'000;

enum class OpenMode { read_write, read_only };

/// Used by one thread at a time. Statements are prepared once and kept by their text.
class Connection final : public Database {
public:
    /// Throws StoreFailure. An empty `vfs` is the default.
    Connection(const std::string& path, OpenMode mode, const std::string& vfs);

    void execute(const std::string& sql) override;
    std::int64_t changes() override { return sqlite3_changes64(db_.get()); }
    bool in_transaction() const override { return sqlite3_get_autocommit(db_.get()) == 0; }
    const Dialect& dialect() const override;
    sqlite3* raw() { return db_.get(); }

protected:
    Statement& statement(std::string_view sql) override;

private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::unique_ptr<sqlite3, Close> db_;
    std::unordered_map<std::string, SqliteStatement, TextHash, std::equal_to<>> statements_;
};

}  // namespace orderhub::store
