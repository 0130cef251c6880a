// The store's port over one connection to a database. Its functions are spread over the files
// beside this one by subject.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "hub/store/sql/sight.hpp"
#include "hub/store/sql/sources.hpp"
#include "hub/store/store.hpp"

// When the items that were under way as a hub went down are due again: all at once the first time.
// After that one by one, a tenth of a second apart, so that only the one that takes the hub down
// is counted a third time, and not those that were beside it.
#define ORDERHUB_ONE_BY_ONE "?1 + CASE WHEN crashes >= 1 THEN (sequence % 256) * 100 ELSE 0 END"

namespace orderhub::store {

/// Stays with its connection; the connection's owner begins and ends the SQL transactions around
/// it. The journal's entries are kept back until the end of such a transaction.
class SqlTransaction final : public Transaction {
public:
    /// What is read in order to write is locked against the other hubs.
    enum class Purpose { read, write };

    SqlTransaction(Database& db, const Sources& sources, Purpose purpose = Purpose::write)
        : db_(db), sources_(sources), purpose_(purpose) {}

    /// Under which token of the table hubs work is begun from now on.
    void act_as(std::int64_t token) { token_ = token; }
    /// recover() removes hubs that have been silent for so long; none if it is not given.
    void remove_silent_hubs(std::optional<std::chrono::milliseconds> after) { silence_ = after; }

    /// To be told by the connection's owner: a transaction begins; a unit of work in it begins, or
    /// is undone; the units are through and the transaction is about to be committed.
    void begin();
    void begin_unit();
    void undo_unit();
    void finish();

    /// The work that connectors got since the last call; the writer tells the watcher.
    std::set<routing::NewWork> take_queued() { return std::exchange(queued_, {}); }

    std::optional<servicing::OrderRow> order(std::string_view id) override;
    std::optional<servicing::OrderRow> order_by_source(std::string_view connector,
                                                       std::string_view external_id) override;
    std::vector<servicing::OrderRow> find_orders(const servicing::OrderQuery& query) override;
    void save_order(const servicing::OrderRow& row) override;

    std::optional<servicing::CaseRow> case_by_id(std::string_view id) override;
    std::optional<servicing::CaseRow> case_by_source(std::string_view connector,
                                                     std::string_view external_id) override;
    std::vector<servicing::CaseRow> find_cases(const servicing::CaseQuery& query) override;
    void save_case(const servicing::CaseRow& row) override;

    std::optional<servicing::CustomerRow> customer(std::string_view id) override;
    std::vector<servicing::CustomerRow> find_customers(
        const servicing::CustomerQuery& query) override;
    void save_customer(const servicing::CustomerRow& row) override;
    std::optional<servicing::IdentityRow> identity(std::string_view key) override;
    std::vector<servicing::IdentityRow> identities(std::string_view customer_id,
                                                   std::uint32_t limit) override;
    void add_identity(const servicing::IdentityRow& row) override;
    bool are_separated(std::string_view one, std::string_view other) override;
    void forget_separations(std::string_view one, std::string_view other) override;
    void append_history(const servicing::CustomerHistoryRow& row) override;
    std::vector<servicing::CustomerHistoryRow> customer_history(std::string_view customer_id,
                                                                std::uint32_t limit) override;
    std::optional<std::int64_t> next_refresh() override;
    void join_customers(std::string_view gone, std::string_view stays) override;
    void move_identity(std::string_view key, std::string_view from, std::string_view to) override;
    void separate(std::string_view key, std::string_view customer_id) override;
    servicing::CustomerCounts customer_counts(std::string_view customer_id) override;
    std::vector<servicing::CustomerRow> buyers(std::string_view account_id,
                                               std::uint32_t limit) override;
    std::vector<servicing::CustomerRow> accounts_of(std::string_view person_id,
                                                    std::uint32_t limit) override;

    std::vector<servicing::KeyHits> orders_by_keys(std::span<const std::int64_t> keys,
                                                   std::uint32_t limit) override;
    std::string order_document(std::string_view id) override;
    std::vector<std::string> newest_order_documents(std::uint32_t limit) override;
    std::vector<servicing::KeyHits> cases_by_keys(std::span<const std::int64_t> keys,
                                                  std::uint32_t limit) override;
    void add_alias(const servicing::AliasRow& row) override;
    void forget_aliases(std::string_view case_id, std::string_view customer_id) override;
    std::vector<std::string> customers_of_alias(std::string_view mailbox) override;
    void refresh_later(const servicing::RefreshRow& row) override;
    std::vector<servicing::RefreshRow> take_due_refreshes(std::int64_t now_ms,
                                                          std::uint32_t limit) override;

    void append(servicing::Event event) override;
    std::vector<servicing::Event> events(std::int64_t after, std::uint32_t limit,
                                         std::string_view order_id) override;
    std::int64_t next_number(std::string_view series) override;

    void send(const servicing::OutgoingCommand& command) override;
    std::vector<servicing::StepRow> steps(std::string_view order_id) override;

    std::optional<routing::InboxMessage> accept(routing::InboxMessage message) override;
    std::vector<routing::InboxMessage> due_messages(std::string_view connector,
                                                    routing::Instant now,
                                                    std::uint32_t limit) override;
    std::vector<routing::InboxMessage> begin_messages(std::string_view connector,
                                                      routing::Instant now,
                                                      std::uint32_t limit) override;
    std::optional<routing::InboxMessage> message(std::int64_t sequence) override;
    void update(const routing::InboxMessage& message) override;
    bool settle(const routing::InboxMessage& message) override;
    std::vector<routing::InboxMessage> parked_messages(std::uint32_t limit) override;

    std::vector<routing::Delivery> due_deliveries(std::string_view connector, routing::Instant now,
                                                  std::uint32_t limit) override;
    std::vector<routing::Delivery> begin_deliveries(std::string_view connector,
                                                    routing::Instant now, std::uint32_t limit,
                                                    std::string_view except) override;
    std::optional<routing::Delivery> delivery(std::string_view id) override;
    void update(const routing::Delivery& delivery) override;
    bool settle(const routing::Delivery& delivery) override;
    std::vector<routing::Delivery> find_deliveries(const routing::DeliveryQuery& query) override;
    std::uint32_t recover(routing::Instant now) override;
    bool hold_lease(std::string_view name) override;
    std::optional<routing::Instant> next_due(std::string_view connector) override;
    std::optional<routing::Instant> next_message_due(std::string_view connector) override;
    std::optional<routing::Instant> next_delivery_due(std::string_view connector) override;
    routing::Backlog backlog(std::string_view connector) override;

    std::string connector_state(std::string_view connector, std::string_view key) override;
    void set_connector_state(std::string_view connector, std::string_view key,
                             std::string_view value) override;
    std::string record_digest(std::string_view connector, std::string_view kind,
                              std::string_view external_id) override;
    void set_record_digest(std::string_view connector, std::string_view kind,
                           std::string_view external_id, std::string_view digest) override;

    std::vector<routing::InboxMessage> find_messages(const routing::MessageQuery& query) override;
    routing::LineBehind line_behind(const routing::Delivery& delivery,
                                    std::uint32_t limit) override;
    void replace_body(std::int64_t sequence, std::string_view body) override;
    std::uint32_t held_messages(std::string_view connector, std::uint32_t limit) override;
    std::uint32_t release_held(std::string_view connector, std::uint32_t limit,
                               routing::Instant now) override;
    void keep_original(std::string_view subject, const routing::Original& original) override;
    std::optional<routing::Original> original(std::string_view subject) override;

    void save(const routing::Replay& replay) override;
    std::optional<routing::Replay> replay(std::string_view id) override;
    std::optional<routing::Replay> running_replay() override;
    std::vector<routing::Replay> replays(std::uint32_t limit) override;
    std::int64_t newest_message() override;
    std::vector<routing::InboxMessage> take_for(routing::Replay& replay,
                                                std::uint32_t limit) override;

    std::vector<routing::Subscription> subscriptions() override;
    std::optional<routing::Subscription> subscription(std::string_view id) override;
    void save_subscription(const routing::Subscription& subscription) override;
    bool save_progress(const routing::Subscription& subscription) override;
    void remove_subscription(std::string_view id) override;
    std::vector<routing::JournalLine> journal(std::int64_t after, std::uint32_t limit) override;
    std::int64_t journal_end() override;

    std::int64_t keep_flow(std::string_view name, std::string_view text,
                           flows::Instant now) override;
    std::optional<flows::FlowText> flow_text(std::string_view name, std::int64_t version) override;
    std::vector<flows::FlowText> flow_versions(std::string_view name, std::uint32_t limit) override;
    std::optional<flows::Run> run(std::string_view id) override;
    std::vector<flows::Run> find_runs(const flows::RunQuery& query) override;
    void add_run(const flows::Run& run) override;
    bool save_run(flows::Run& run) override;
    std::vector<std::string> due_runs(flows::Instant now, std::uint32_t limit) override;
    std::optional<flows::Instant> next_run_due() override;
    std::vector<std::string> touched_runs(std::int64_t after, std::int64_t upto) override;
    void save_step(const flows::RunStep& step) override;
    std::vector<flows::RunStep> run_steps(std::string_view run_id) override;

    void save_token(const ApiToken& token) override;
    std::optional<ApiToken> token_by_hash(std::string_view hash) override;
    std::vector<ApiToken> tokens() override;
    bool delete_token(std::string_view id) override;
    void save_user(const User& user) override;
    std::optional<User> user(std::string_view id) override;
    std::optional<User> user_by_name(std::string_view name) override;
    std::optional<User> user_by_identity(std::string_view issuer,
                                         std::string_view subject) override;
    std::vector<User> users() override;
    void save_session(const UserSession& session) override;
    std::optional<UserSession> session_by_hash(std::string_view hash) override;
    void delete_session(std::string_view hash) override;
    void delete_sessions_of(std::string_view user_id) override;
    void delete_old_sessions(std::int64_t created_before_ms, std::int64_t seen_before_ms) override;
    RetentionStep delete_old_messages(std::int64_t after, std::int64_t before_ms,
                                      std::uint32_t at_most) override;
    RetentionStep delete_old_deliveries(std::int64_t after, std::int64_t before_ms,
                                        std::uint32_t at_most) override;
    void save_erasure(const servicing::ErasureRow& row) override;
    std::optional<servicing::ErasureRow> erasure(std::string_view id) override;
    std::vector<servicing::ErasureRow> erasures(std::uint32_t limit) override;
    std::optional<servicing::ErasureRow> next_erasure(std::int64_t waiting_since_before) override;
    bool any_erased() override;
    std::int64_t erased_at(std::string_view connector, std::string_view kind,
                           std::string_view external_id) override;
    void mark_erased(std::string_view connector, std::string_view kind,
                     std::string_view external_id, std::int64_t at) override;
    std::int64_t identity_erased_at(std::string_view key) override;
    void mark_identity_erased(std::string_view key, std::int64_t at) override;
    std::vector<std::string> mailboxes_of(std::string_view customer_id) override;
    void forget_order_keys(std::string_view order_id, std::span<const std::int64_t> keys) override;
    void forget_customer(std::string_view customer_id, bool whole) override;
    std::vector<servicing::SweptRow> sweep(servicing::SweptPlace place, std::string_view after,
                                           std::uint32_t limit) override;
    std::optional<servicing::SweptRow> swept(servicing::SweptPlace place,
                                             std::string_view key) override;
    std::string rewrite(servicing::SweptPlace place, const servicing::SweptRow& row) override;
    void erase_message(std::string_view connector, std::string_view message_id) override;

    SecretsState seal_secrets(std::uint32_t at_most) override;
    SecretsState secrets_state() override;
    std::vector<std::string> missing_secret_keys() override;

    std::optional<StoredAnswer> answer(std::string_view key) override;
    void save_answer(const StoredAnswer& answer) override;
    void forget_answers(std::int64_t created_before_ms) override;

    void narrow(const domain::Scope& scope) override { db_.narrow(scope); }

    AuditPage audit(const AuditQuery& query) override;
    std::optional<Seal> last_seal() override;
    std::vector<Seal> seals(std::int64_t after, std::uint32_t limit) override;
    void add_seal(const Seal& seal) override;

private:
    void fill_tracking(servicing::OrderRow& row);
    void save_tracking(const servicing::OrderRow& row);
    void save_order_keys(const servicing::OrderRow& row);
    void save_case_keys(const servicing::CaseRow& row);
    std::string_view for_update() const;
    void lock_line(std::string_view connector, std::string_view order_key);
    void lock_order(std::string_view id);
    void add_steps(servicing::SweptRow& row);
    void erase_content(std::int64_t sequence);
    std::string line_checksum(std::int64_t sequence);
    void keep_checksum(std::int64_t sequence);
    bool may_take_over();
    std::uint32_t take_over(const std::string& sql, routing::Instant now,
                            routing::Direction direction);
    void insert_events(std::span<const servicing::Event> events);
    std::uint32_t recover_messages(routing::Instant now);
    std::uint32_t recover_deliveries(routing::Instant now);
    void advance_line(std::string_view connector, std::string_view order_key);
    bool write_message(const routing::InboxMessage& message, std::int64_t owner);
    bool write_delivery(const routing::Delivery& delivery, std::int64_t owner);

    Sight db_;
    const Sources& sources_;
    const Purpose purpose_;
    std::int64_t token_ = 0;
    std::optional<std::chrono::milliseconds> silence_;
    std::set<routing::NewWork> queued_;
    std::vector<servicing::Event> events_;   ///< appended and not inserted yet
    std::size_t kept_events_ = 0;            ///< of those, from earlier units
    std::vector<servicing::Event> at_risk_;  ///< of earlier units, inserted during this one
};

}  // namespace orderhub::store
