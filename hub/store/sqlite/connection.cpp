#include "hub/store/sqlite/connection.hpp"

namespace orderhub::store {

namespace {

[[noreturn]] void raise(sqlite3* db, const std::string& doing) {
    throw StoreFailure(sqlite3_extended_errcode(db), doing + ": " + sqlite3_errmsg(db));
}

}  // namespace

bool StoreFailure::is_outage() const {
    switch (code_ & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_NOMEM:
        case SQLITE_BUSY:
            return true;
        default:
            return false;
    }
}

Query::~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Query::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    raise(db_, "store");
}

void Query::put(std::string_view value) {
    // A null pointer would be NULL, not an empty text.
    const char* data = value.data() == nullptr ? "" : value.data();
    if (sqlite3_bind_text64(statement_, next_parameter_++, data, value.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8) != SQLITE_OK)
        raise(db_, "bind");
}

void Query::put_integer(std::int64_t value) {
    if (sqlite3_bind_int64(statement_, next_parameter_++, value) != SQLITE_OK) raise(db_, "bind");
}

std::string Query::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? std::string{} : std::string(data, size);
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

Connection::Connection(const std::string& path, OpenMode mode, const std::string& vfs) {
    const int flags = (mode == OpenMode::read_only ? SQLITE_OPEN_READONLY
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
    db_.reset(db);
    if (code != SQLITE_OK) throw StoreFailure(code, "open " + path + ": " + sqlite3_errstr(code));
    sqlite3_busy_timeout(db, 5'000);
}

Query Connection::query(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            raise(db_.get(), "prepare");
        found = statements_.emplace(std::string(sql), statement).first;
    }
    return Query(db_.get(), found->second.get());
}

void Connection::execute(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        raise(db_.get(), "store");
}

}  // namespace orderhub::store
