#include "tools/benchmarks/batch_writer.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace orderhub::bench {

namespace {

constexpr int kRowsPerCommit = 64;

struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Db = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

void execute(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(fmt::format("{}: {}", sql, sqlite3_errmsg(db)));
}

Db open(const std::string& path) {
    sqlite3* raw = nullptr;
    const int outcome = sqlite3_open(path.c_str(), &raw);
    Db db(raw);
    if (outcome != SQLITE_OK) throw std::runtime_error("cannot open " + path);
    execute(raw,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE rows (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            " body BLOB NOT NULL)");
    return db;
}

void insert(sqlite3_stmt* statement, std::uint64_t number, const std::string& body) {
    const std::string id = fmt::format("{:064x}", number * 0x9E3779B97F4A7C15ULL);
    sqlite3_bind_text(statement, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error("a row was not taken");
    sqlite3_reset(statement);
}

}  // namespace

double batch_rows_per_second(const std::string& folder, const std::vector<std::string>& bodies,
                             std::chrono::milliseconds duration) {
    using Clock = std::chrono::steady_clock;
    const std::string path = folder + "/rows.db";
    std::uint64_t rows = 0;
    double seconds = 0;
    {
        const Db db = open(path);
        sqlite3_stmt* raw = nullptr;
        sqlite3_prepare_v2(db.get(), "INSERT INTO rows (id, body) VALUES (?, ?)", -1, &raw,
                           nullptr);
        const Statement statement(raw);
        const auto start = Clock::now();
        while (Clock::now() - start < duration) {
            execute(db.get(), "BEGIN IMMEDIATE");
            for (int i = 0; i < kRowsPerCommit; ++i, ++rows)
                insert(raw, rows, bodies[rows % bodies.size()]);
            execute(db.get(), "COMMIT");
        }
        seconds = std::chrono::duration<double>(Clock::now() - start).count();
    }
    for (const char* end : {"", "-wal", "-shm"})
        ::unlink((path + end).c_str());
    return static_cast<double>(rows) / seconds;
}

}  // namespace orderhub::bench
