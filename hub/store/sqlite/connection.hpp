// One SQLite connection and its prepared statements.
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

namespace orderhub::store {

/// SQLite could not do it: disk full, I/O error, a broken constraint. `code` is SQLite's extended
/// result code.
class StoreFailure : public std::runtime_error {
public:
    StoreFailure(int code, const std::string& words) : std::runtime_error(words), code_(code) {}
    int code() const { return code_; }
    /// The storage itself is in trouble, not the unit of work.
    bool is_outage() const;

private:
    int code_;
};

/// One run of a prepared statement. Ends (and frees its cursor) with its scope. Columns and
/// parameters are in order.
class Query {
public:
    Query(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    template <class... Values>
    Query& bind(const Values&... values) {
        (put(values), ...);
        return *this;
    }

    /// True while there is a row.
    bool step();
    /// Runs a statement that gives no rows.
    void run() {
        while (step()) {
        }
    }

    /// Reads the current row's columns from the first on.
    template <class... Values>
    void read(Values&... values) {
        int column = 0;
        (get(column++, values), ...);
    }
    std::string text(int column) const;
    std::int64_t integer(int column) const;

private:
    void put(std::string_view value);
    void put_integer(std::int64_t value);
    template <std::integral Integer>
    void put(Integer value) {
        put_integer(static_cast<std::int64_t>(value));
    }
    void get(int column, std::string& value) const { value = text(column); }
    template <std::integral Integer>
    void get(int column, Integer& value) const {
        value = static_cast<Integer>(integer(column));
    }

    sqlite3* db_;
    sqlite3_stmt* statement_;
    int next_parameter_ = 1;
};

enum class OpenMode { read_write, read_only };

/// Used by one thread at a time. Statements are prepared once and kept by their text.
class Connection {
public:
    /// Throws StoreFailure. An empty `vfs` is the default.
    Connection(const std::string& path, OpenMode mode, const std::string& vfs);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// `sql` is one statement. Not to be used twice at once with the same text.
    Query query(std::string_view sql);
    /// One or more statements without parameters and rows.
    void execute(const std::string& sql);
    std::int64_t changes() const { return sqlite3_changes64(db_.get()); }
    bool in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
    sqlite3* raw() { return db_.get(); }

private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::unique_ptr<sqlite3, Close> db_;
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, TextHash,
                       std::equal_to<>>
        statements_;
};

}  // namespace orderhub::store
