// One PostgreSQL connection.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/store/postgres/exchange.hpp"
#include "hub/store/postgres/parameters.hpp"
#include "hub/store/sql/database.hpp"

namespace orderhub::store {

class PostgresConnection;

/// A text with parameters; nothing of it is kept on the server. All rows are fetched at once, so a
/// statement is to have a limit. One that is run() waits for the next whose answer is needed, so
/// that both cost one round trip.
class PostgresStatement final : public Statement {
public:
    PostgresStatement(PostgresConnection& db, std::string_view sql)
        : db_(db), sql_(with_numbered_parameters(sql)) {}

    void put_text(int parameter, std::string_view value) override {
        parameters_.text(parameter, value);
    }
    void put_bytes(int parameter, std::string_view value) override {
        parameters_.bytes(parameter, value);
    }
    void put_integer(int parameter, std::int64_t value) override {
        parameters_.integer(parameter, value);
    }
    bool step() override;
    void run() override;
    std::string text(int column) const override;
    std::int64_t integer(int column) const override;
    void reset() noexcept override;

private:
    PostgresConnection& db_;
    const std::string sql_;
    Parameters parameters_;
    PostgresResult result_;
    int row_ = 0;
};

/// Used by one thread at a time. Connects when it is told to, and again after a loss.
class PostgresConnection final : public Database {
public:
    /// Below the time of a lease, and the patience of those who send messages.
    static constexpr std::chrono::milliseconds kAnswerLimit{5'000};
    /// When a statement whose answer nobody needs goes to the server: `together` with the next
    /// whose answer is needed, for who has many of them.
    enum class Run { at_once, together };

    /// `url` is what libpq takes: postgresql://... or key=value pairs; it wins over this class's
    /// own settings (deadlines, target_session_attrs=read-write). A server that does not answer a
    /// statement within `limit` counts as lost.
    explicit PostgresConnection(std::string url, std::chrono::milliseconds limit = kAnswerLimit,
                                Run run = Run::at_once)
        : url_(std::move(url)), limit_(limit), run_(run) {}

    /// Begins a transaction by these statements; connects first if need be, and once more if the
    /// connection turns out to be lost.
    void begin(const std::string& sql);
    /// Ends it. A failure after which it may be committed is in doubt, and ends the connection.
    void commit();
    /// Undoes the transaction if there is one; ends the connection if that fails.
    void roll_back() noexcept;

    void execute(const std::string& sql) override;
    std::int64_t changes() override {
        run_waiting();
        return changes_;
    }
    bool in_transaction() const override;
    const Dialect& dialect() const override;

    bool is_connected() const {
        return connection_ && libpq().PQstatus(connection_.get()) == CONNECTION_OK;
    }
    /// A statement failed; only undoing its savepoint or transaction helps.
    bool is_spoiled() {
        run_waiting();
        return libpq().PQtransactionStatus(connection_.get()) == PQTRANS_INERROR;
    }
    /// All rows changed since this object was made.
    std::int64_t total_changes() {
        run_waiting();
        return total_changes_;
    }
    /// Runs one statement, behind those that wait. Throws StoreFailure.
    PostgresResult run(const std::string& sql, Parameters parameters);
    /// A statement whose answer nobody needs: when it goes to the server is said by Run, and
    /// outside of a transaction it goes at once. `sql` is to live as long as this object.
    void run_later(const std::string& sql, Parameters parameters);
    /// Runs the statements that wait; the last one's answer. Throws what the first that failed
    /// says.
    PostgresResult run_waiting();
    /// Drops them: what they belong to is undone.
    void forget_waiting() noexcept;

protected:
    Statement& statement(std::string_view sql) override;

private:
    struct Close {
        void operator()(PGconn* connection) const { libpq().PQfinish(connection); }
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    struct Waiting {
        const std::string* sql;
        Parameters parameters;
    };

    void connect();
    /// The answer to what was sent, if it was; throws StoreFailure if there is none.
    PostgresResult answer(bool sent);
    PostgresResult ask(const char* sql);
    [[noreturn]] void give_up(const std::string& words);
    /// One round trip; fewer answers than statements if the connection was lost.
    std::vector<PostgresResult> exchange(const std::vector<Waiting>& waiting);
    void check(const PGresult* result) const;
    void count_changes(PGresult* result);

    const std::string url_;
    const std::chrono::milliseconds limit_;
    const Run run_;
    std::unique_ptr<PGconn, Close> connection_;
    std::unordered_map<std::string, PostgresStatement, TextHash, std::equal_to<>> statements_;
    std::vector<Waiting> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::int64_t changes_ = 0;
    std::int64_t total_changes_ = 0;
};

}  // namespace orderhub::store
