#include "hub/store/sqlite/connection.hpp"

namespace orderhub::store {

namespace {

StoreFailure::Kind kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_NOMEM:
        case SQLITE_BUSY:
            return StoreFailure::Kind::outage;
        default:
            return StoreFailure::Kind::refused;
    }
}

[[noreturn]] void raise(sqlite3* db, const std::string& doing) {
    throw StoreFailure(kind_of(sqlite3_extended_errcode(db)), doing + ": " + sqlite3_errmsg(db));
}

}  // namespace

void SqliteStatement::reset() noexcept {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

bool SqliteStatement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    raise(db_, "store");
}

void SqliteStatement::put_text(int parameter, std::string_view value) {
    // A null pointer would be NULL, not an empty text.
    const char* data = value.data() == nullptr ? "" : value.data();
    if (sqlite3_bind_text64(statement_.get(), parameter, data, value.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8) != SQLITE_OK)
        raise(db_, "bind");
}

void SqliteStatement::put_integer(int parameter, std::int64_t value) {
    if (sqlite3_bind_int64(statement_.get(), parameter, value) != SQLITE_OK) raise(db_, "bind");
}

std::string SqliteStatement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return data == nullptr ? std::string{} : std::string(data, size);
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

Connection::Connection(const std::string& path, OpenMode mode, const std::string& vfs) {
    // Else SQLite counts each allocation under one lock for all threads; nobody reads the counts.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(uncounted);
    const int flags = (mode == OpenMode::read_only ? SQLITE_OPEN_READONLY
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
    db_.reset(db);
    if (code != SQLITE_OK)
        throw StoreFailure(kind_of(code), "open " + path + ": " + sqlite3_errstr(code));
    sqlite3_busy_timeout(db, kBusyTimeoutMs);
    // Small pieces of memory that statements take and give back all the time: most fit in here.
    if (mode == OpenMode::read_write)
        sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 1'200, 400);
}

const Dialect& Connection::dialect() const {
    // SQLite's own choice could be the dates of all orders, so it is told the index.
    static const Dialect sqlite{.schema = "main.",
                                .requester = "requester_email",
                                .by_customer = " INDEXED BY orders_customer",
                                .by_account = " INDEXED BY orders_account",
                                .skip_locked = "",
                                .for_update = "",
                                .lock_line = "",
                                .lock_journal = "",
                                .try_lock_hubs = "",
                                .each_key = "SELECT value AS key FROM json_each(?1)",
                                .joined_ids = "group_concat(hit.id, ',')",
                                .remove_hubs = ""};
    return sqlite;
}

Statement& Connection::statement(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) != SQLITE_OK)
            raise(db_.get(), "prepare");
        found = statements_
                    .emplace(std::piecewise_construct, std::forward_as_tuple(sql),
                             std::forward_as_tuple(db_.get(), prepared))
                    .first;
    }
    return found->second;
}

void Connection::execute(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        raise(db_.get(), "store");
}

}  // namespace orderhub::store
