// What the store's SQL runs on: one connection to a database, of either kind, and its statements.
#pragma once

#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace orderhub::store {

/// The database could not do it.
class StoreFailure : public std::runtime_error {
public:
    enum class Kind {
        refused,   ///< this statement: a broken constraint, a mistake in the SQL
        conflict,  ///< with another transaction that runs at the same time: to be tried again
        /// A row of this key is there: another transaction was faster, or it is the unit's mistake.
        duplicate,
        outage,    ///< the storage itself is in trouble: disk full, I/O error, connection lost
        in_doubt,  ///< the connection was lost while it committed: it may have, or not
    };
    StoreFailure(Kind kind, const std::string& words) : std::runtime_error(words), kind_(kind) {}
    /// The storage itself is in trouble, not the unit of work.
    bool is_outage() const { return kind_ == Kind::outage || kind_ == Kind::in_doubt; }
    /// The same work may succeed if it is done again.
    bool is_conflict() const { return kind_ == Kind::conflict || kind_ == Kind::duplicate; }
    Kind kind() const { return kind_; }
    bool is_in_doubt() const { return kind_ == Kind::in_doubt; }

private:
    Kind kind_;
};

/// A value that is kept byte for byte, whatever its bytes are.
struct Bytes {
    std::string_view value;
};

/// A prepared statement. Parameters count from 1, columns from 0. Storage failures are thrown as
/// StoreFailure.
class Statement {
public:
    virtual ~Statement() = default;
    virtual void put_text(int parameter, std::string_view value) = 0;
    virtual void put_bytes(int parameter, std::string_view value) = 0;
    virtual void put_integer(int parameter, std::int64_t value) = 0;
    /// Runs the statement, then goes to its next row: true while there is one.
    virtual bool step() = 0;
    /// Runs the statement, or the rest of it, for what it does: nobody wants its rows. It may be
    /// under way still when this returns; then what becomes of it is thrown by a later statement of
    /// the transaction, by changes(), or by whatever ends the transaction.
    virtual void run() {
        while (step()) {
        }
    }
    virtual std::string text(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    /// Forgets parameters and rows.
    virtual void reset() noexcept = 0;
};

/// One run of a prepared statement. Ends (and frees its cursor) with its scope. Columns and
/// parameters are in order.
class Query {
public:
    explicit Query(Statement& statement) : statement_(statement) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() { statement_.reset(); }

    template <class... Values>
    Query& bind(const Values&... values) {
        (put(values), ...);
        return *this;
    }

    /// True while there is a row.
    bool step() { return statement_.step(); }
    /// As Statement::run().
    void run() { statement_.run(); }

    /// Reads the current row's columns from the first on.
    template <class... Values>
    void read(Values&... values) {
        int column = 0;
        (get(column++, values), ...);
    }
    std::string text(int column) const { return statement_.text(column); }
    std::int64_t integer(int column) const { return statement_.integer(column); }

private:
    void put(std::string_view value) { statement_.put_text(next_parameter_++, value); }
    void put(Bytes bytes) { statement_.put_bytes(next_parameter_++, bytes.value); }
    template <std::integral Integer>
    void put(Integer value) {
        statement_.put_integer(next_parameter_++, static_cast<std::int64_t>(value));
    }
    void get(int column, std::string& value) const { value = text(column); }
    template <std::integral Integer>
    void get(int column, Integer& value) const {
        value = static_cast<Integer>(integer(column));
    }

    Statement& statement_;
    int next_parameter_ = 1;
};

/// Where the two kinds of database must be told the same in other words.
struct Dialect {
    std::string_view schema;       ///< before a table's name, where something else may have it
    std::string_view requester;    ///< a case's, to be compared with text in lower case
    std::string_view by_customer;  ///< after "orders AS o": walk a customer's orders by date
    std::string_view by_account;   ///< the same for a business account's
    /// After a SELECT of rows to take: leave out those that another transaction is taking.
    std::string_view skip_locked;
    /// After a SELECT of rows in order to change them: nobody else changes them meanwhile.
    std::string_view for_update;
    /// Statements that wait until no other hub's transaction does the same, up to the end of this
    /// one; empty where there is one hub. The line of a delivery is (?1 connector, ?2 order key).
    std::string_view lock_line;
    std::string_view lock_journal;
    /// Gives a row if this transaction may take over work of hubs that are no more: one at a time.
    std::string_view try_lock_hubs;
    /// Rows (key) of a list of whole numbers, ?1 in JSON.
    std::string_view each_key;
    std::string_view joined_ids;  ///< the ids of the rows "hit", with commas between
    /// Removes the hubs that have not shown themselves for ?1 milliseconds, but not hub ?2.
    std::string_view remove_hubs;
};

/// One connection. Used by one thread at a time.
class Database {
public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    /// `sql` is one statement with the parameters ?, ?1, ?2 and so on. Not to be used twice at once
    /// with the same text.
    Query query(std::string_view sql) { return Query(statement(sql)); }
    /// One or more statements without parameters and rows.
    virtual void execute(const std::string& sql) = 0;
    /// How many rows the last statement changed.
    virtual std::int64_t changes() = 0;
    virtual bool in_transaction() const = 0;
    virtual const Dialect& dialect() const = 0;

protected:
    /// The connection's own until it ends.
    virtual Statement& statement(std::string_view sql) = 0;
};

}  // namespace orderhub::store
