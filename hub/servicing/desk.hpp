// Internal to servicing: loading and saving aggregates, the journal, and outgoing commands.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"
#include "hub/servicing/service.hpp"

namespace orderhub::servicing {

/// One unit of work as the use cases see it.
struct Work {
    State& state;
    const Request& request;
    const Settings& settings;

    std::string id(std::string_view prefix) const { return settings.make_id(prefix); }

    /// The company's rules, with the limits of the one who asks.
    domain::Policy policy() const;

    /// Error: NotFound.
    Result<domain::Order> order(std::string_view id) const;
    Result<domain::Case> support_case(std::string_view id) const;
    /// Gives new parts their ids, raises the version, saves document and search columns. Returns
    /// the keys by which cases find it.
    std::vector<std::int64_t> save(domain::Order& order) const;
    void save(domain::Case& support_case) const;

    void journal(std::string type, std::string_view order_id, std::string_view case_id,
                 const boost::json::object& data) const;
    /// Something that happened to an order, after it was saved: "order_version" tells which version
    /// it led to.
    void journal(std::string type, const domain::Order& order, boost::json::object data) const;
    void send(OutgoingCommand command, const boost::json::object& payload) const;
};

/// {"ex","tax","inc"} as decimal text.
boost::json::object amount_json(const domain::Amount& amount, const domain::Currency& currency);

/// A command for a case's desk, in order for that case; `prefix` is its key's.
OutgoingCommand case_command(const Work& work, std::string_view connector, std::string_view case_id,
                             std::string_view order_id, std::string kind, std::string_view prefix);
/// Sends the link of a case to its desk, and saves that it did.
void send_link(const Work& work, domain::Case& support_case);
/// Tries to find the order of a case that no person has decided; saves the case if the verdict is
/// news.
void link(const Work& work, domain::Case& support_case);
/// Tries again the cases that wait for an order with one of these keys: it has just come in.
void link_waiting_cases(const Work& work, std::span<const std::int64_t> keys);

/// A few lines for the desk: status, totals, lines, payments, shipments.
std::string digest(const domain::Order& order);
/// The beginning of a UTF-8 text.
std::string cut(std::string text, std::size_t most_bytes);

/// Announces an action on the order's cases once all its effects are done; only the first time.
/// `done_key`: of a command that was carried out just now. Marks it in the order, which the caller
/// saves.
void announce_if_done(const Work& work, domain::Order& order, std::string_view action_id,
                      std::string_view done_key = {});
/// The same for every action that is not announced yet.
void announce_all_done(const Work& work, domain::Order& order);

}  // namespace orderhub::servicing
