#include "hub/store/postgres/connection.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace orderhub::store {

namespace {

using Kind = StoreFailure::Kind;

/// libpq's words in one line.
std::string one_line(std::string words) {
    while (!words.empty() && words.back() == '\n')
        words.pop_back();
    std::ranges::replace(words, '\n', ' ');
    return words;
}

constexpr std::string_view kLockLine =
    "SELECT pg_advisory_xact_lock(hashtextextended(?1 || chr(1) || ?2, 0))";
constexpr std::string_view kTryLockHubs = "SELECT 1 WHERE pg_try_advisory_xact_lock(731059385, 2)";
// Its last mark stays for a day: a hub that wakes with a commit in doubt asks for it.
constexpr std::string_view kRemoveHubs =
    "WITH silent AS MATERIALIZED (SELECT token FROM hubs WHERE token <> ?2"
    " AND renewed_at < clock_timestamp() - ?1 * interval '1 ms' FOR UPDATE SKIP LOCKED),"
    " gone AS (DELETE FROM hubs WHERE token IN (SELECT token FROM silent) RETURNING token, mark),"
    " forgotten AS (DELETE FROM ended_hubs WHERE ended_at < now() - interval '1 day')"
    " INSERT INTO ended_hubs (token, mark, ended_at) SELECT token, mark, now() FROM gone";

constexpr std::string_view kDuplicate = "23505";

// More are not gathered before they are sent.
constexpr std::size_t kMostWaiting = 256;
constexpr std::size_t kMostWaitingBytes = std::size_t{1} << 20U;

/// Undone for another transaction's sake, or not let through by one in time, or stopped for so long
/// that the others could not wait.
bool is_conflict(std::string_view state) {
    return state == "40001" || state == "40P01" || state == "55P03" || state == "25P03";
}

/// Whether this SQLSTATE says that the server or its disk is in trouble, and not the statement.
bool is_trouble(std::string_view state) {
    // Connection, resources, an operator who stops it, the system, a server that became a standby,
    // a transaction undone for another's sake, damage.
    static constexpr std::array<std::string_view, 7> kTroubles{"08", "53",    "57P", "58",
                                                               "40", "25006", "XX"};
    return std::ranges::any_of(kTroubles,
                               [&](std::string_view begin) { return state.starts_with(begin); });
}

}  // namespace

bool PostgresStatement::step() {
    if (result_)
        ++row_;
    else
        result_ = db_.run(sql_, std::move(parameters_));
    return row_ < libpq().PQntuples(result_.get());
}

void PostgresStatement::run() {
    if (!result_) return db_.run_later(sql_, std::move(parameters_));
    row_ = libpq().PQntuples(result_.get());
}

std::string PostgresStatement::text(int column) const {
    return {libpq().PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(libpq().PQgetlength(result_.get(), row_, column))};
}

std::int64_t PostgresStatement::integer(int column) const {
    const auto* bytes =
        reinterpret_cast<const unsigned char*>(libpq().PQgetvalue(result_.get(), row_, column));
    const int length = libpq().PQgetlength(result_.get(), row_, column);
    if (length == 0) return 0;
    // Two, four or eight bytes, the sign in the first.
    std::uint64_t bits = bytes[0] >= 0x80 ? ~std::uint64_t{0} : 0;
    for (int i = 0; i < length; ++i)
        bits = bits << 8U | bytes[i];
    return static_cast<std::int64_t>(bits);
}

void PostgresStatement::reset() noexcept {
    result_.reset();
    parameters_.clear();
    row_ = 0;
}

void PostgresConnection::connect() {
    // Later ones win, and the url stands last. Without the deadlines a server that is gone from the
    // network would be waited for as long as the kernel likes.
    static constexpr std::array kKeys{
        "connect_timeout",     "tcp_user_timeout", "keepalives_idle",
        "keepalives_interval", "client_encoding",  "target_session_attrs",
        "application_name",    "dbname",           static_cast<const char*>(nullptr)};
    const std::array values{"5",        "10000",      "10",
                            "3",        "UTF8",       "read-write",
                            "orderhub", url_.c_str(), static_cast<const char*>(nullptr)};
    connection_.reset(libpq().PQconnectdbParams(kKeys.data(), values.data(), 1));
    if (!is_connected()) {
        const auto words = one_line(libpq().PQerrorMessage(connection_.get()));
        connection_.reset();
        throw StoreFailure(Kind::outage, "no connection to PostgreSQL: " + words);
    }
    libpq().PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
    libpq().PQsetnonblocking(connection_.get(), 1);
}

PostgresResult PostgresConnection::answer(bool sent) {
    auto result = sent ? await_answer(connection_.get(), limit_) : PostgresResult();
    if (result) return result;
    give_up(sent ? "no answer in time" : one_line(libpq().PQerrorMessage(connection_.get())));
}

void PostgresConnection::give_up(const std::string& words) {
    connection_.reset();
    throw StoreFailure(Kind::outage, "PostgreSQL: " + words);
}

PostgresResult PostgresConnection::ask(const char* sql) {
    return answer(libpq().PQsendQuery(connection_.get(), sql) == 1);
}

void PostgresConnection::begin(const std::string& sql) {
    forget_waiting();
    if (is_connected()) {
        try {
            return execute(sql);
        } catch (const StoreFailure& failure) {
            if (is_connected() && !failure.is_outage()) throw;
        }
    }
    connect();
    execute(sql);
}

void PostgresConnection::commit() {
    run_waiting();
    PostgresResult result;
    try {
        result = ask("COMMIT");
    } catch (const StoreFailure& failure) {
        throw StoreFailure(Kind::in_doubt, failure.what());
    }
    if (libpq().PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
        // A transaction in which something failed is ended by COMMIT too, but undone.
        if (std::string_view(libpq().PQcmdStatus(result.get())) != "COMMIT")
            throw StoreFailure(Kind::outage, "the transaction was undone");
        return;
    }
    if (is_connected() && libpq().PQtransactionStatus(connection_.get()) == PQTRANS_IDLE)
        check(result.get());
    const auto words = one_line(libpq().PQerrorMessage(connection_.get()));
    connection_.reset();
    throw StoreFailure(Kind::in_doubt, "PostgreSQL was lost during a commit: " + words);
}

void PostgresConnection::roll_back() noexcept {
    forget_waiting();
    if (is_connected() && !in_transaction()) return;
    if (is_connected()) {
        try {
            if (libpq().PQresultStatus(ask("ROLLBACK").get()) == PGRES_COMMAND_OK) return;
        } catch (const StoreFailure&) {
            connection_.reset();
        }
    }
    connection_.reset();
}

void PostgresConnection::execute(const std::string& sql) {
    run_waiting();
    check(ask(sql.c_str()).get());
}

PostgresResult PostgresConnection::run(const std::string& sql, Parameters parameters) {
    waiting_.push_back({&sql, std::move(parameters)});
    return run_waiting();
}

void PostgresConnection::run_later(const std::string& sql, Parameters parameters) {
    waiting_bytes_ += parameters.bytes();
    waiting_.push_back({&sql, std::move(parameters)});
    if (run_ == Run::at_once || !in_transaction() || waiting_.size() >= kMostWaiting ||
        waiting_bytes_ >= kMostWaitingBytes)
        run_waiting();
}

PostgresResult PostgresConnection::run_waiting() {
    if (waiting_.empty()) return {};
    const auto waiting = std::exchange(waiting_, {});
    forget_waiting();
    auto results = exchange(waiting);
    // Behind one that failed the others were not run.
    for (const auto& result : results) {
        check(result.get());
        count_changes(result.get());
    }
    if (results.size() < waiting.size())
        give_up(one_line(libpq().PQerrorMessage(connection_.get())));
    return std::move(results.back());
}

std::vector<PostgresResult> PostgresConnection::exchange(const std::vector<Waiting>& waiting) {
    PGconn* const connection = connection_.get();
    std::vector<PostgresResult> results;
    if (waiting.size() == 1) {
        results.push_back(
            answer(waiting.front().parameters.send(connection, *waiting.front().sql)));
        return results;
    }
    const bool sent = libpq().PQenterPipelineMode(connection) == 1 &&
                      std::ranges::all_of(waiting,
                                          [&](const Waiting& each) {
                                              return each.parameters.send(connection, *each.sql);
                                          }) &&
                      libpq().PQpipelineSync(connection) == 1;
    if (sent) results = await_answers(connection, waiting.size(), limit_);
    if (results.size() < waiting.size() && libpq().PQstatus(connection) == CONNECTION_OK)
        give_up("no answer in time");
    return results;
}

void PostgresConnection::forget_waiting() noexcept {
    waiting_.clear();
    waiting_bytes_ = 0;
}

void PostgresConnection::check(const PGresult* result) const {
    const auto status = libpq().PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
    const char* state = libpq().PQresultErrorField(result, PG_DIAG_SQLSTATE);
    // The server's detail is left out: it can hold the row's values.
    const char* words = libpq().PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const bool is_lost = state == nullptr || !is_connected() || is_trouble(state);
    if (is_lost && (state == nullptr || !is_conflict(state)))
        throw StoreFailure(
            Kind::outage,
            "PostgreSQL: " +
                one_line(words != nullptr ? words : libpq().PQerrorMessage(connection_.get())));
    const Kind kind = is_conflict(state)    ? Kind::conflict
                      : kDuplicate == state ? Kind::duplicate
                                            : Kind::refused;
    throw StoreFailure(kind, "PostgreSQL: " + one_line(words != nullptr ? words : state));
}

void PostgresConnection::count_changes(PGresult* result) {
    changes_ = 0;
    if (std::string_view(libpq().PQcmdStatus(result)).starts_with("SELECT")) return;
    const std::string_view count = libpq().PQcmdTuples(result);
    std::from_chars(count.data(), count.data() + count.size(), changes_);
    total_changes_ += changes_;
}

bool PostgresConnection::in_transaction() const {
    const auto status = libpq().PQtransactionStatus(connection_.get());
    return is_connected() && (status == PQTRANS_INTRANS || status == PQTRANS_INERROR);
}

const Dialect& PostgresConnection::dialect() const {
    static const Dialect postgres{.schema = "",
                                  .requester = "lower(requester_email)",
                                  .by_customer = "",
                                  .by_account = "",
                                  .skip_locked = " FOR UPDATE SKIP LOCKED",
                                  .for_update = " FOR UPDATE",
                                  .lock_line = kLockLine,
                                  .lock_journal = "SELECT pg_advisory_xact_lock(731059385, 1)",
                                  .try_lock_hubs = kTryLockHubs,
                                  .each_key =
                                      "SELECT CAST(value AS bigint) AS key"
                                      " FROM json_array_elements_text(CAST(?1 AS json))",
                                  .joined_ids = "string_agg(hit.id, ',')",
                                  .remove_hubs = kRemoveHubs};
    return postgres;
}

Statement& PostgresConnection::statement(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end())
        found = statements_
                    .emplace(std::piecewise_construct, std::forward_as_tuple(sql),
                             std::forward_as_tuple(*this, sql))
                    .first;
    return found->second;
}

}  // namespace orderhub::store
