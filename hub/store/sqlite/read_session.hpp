// A reader's SQLite connection.
#pragma once

#include <string>

#include "hub/store/sql/session.hpp"
#include "hub/store/sqlite/connection.hpp"

namespace orderhub::store {

class SqliteReadSession final : public ReadSession {
public:
    SqliteReadSession(const std::string& path, const std::string& vfs, const Sources& sources)
        : db_(path, OpenMode::read_only, vfs),
          transaction_(db_, sources, SqlTransaction::Purpose::read) {
        db_.execute("PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -2048");
    }

    void begin() override { db_.execute("BEGIN"); }
    SqlTransaction& transaction() override { return transaction_; }
    void end() override { db_.execute("COMMIT"); }

private:
    Connection db_;
    SqlTransaction transaction_;
};

}  // namespace orderhub::store
