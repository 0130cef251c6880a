// Customers joined by rule, as orders and cases show them.
#include "hub/servicing/customers/customers.hpp"

#include <utility>

#include "hub/domain/customer.hpp"
#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"

namespace orderhub::servicing {

namespace {

using domain::CustomerKind;
using domain::Holder;
using domain::Identity;

/// One contact as one order or case shows it.
struct Sighting {
    const Work& work;
    CustomerKind kind;
    std::string_view connector;
    std::string on;  ///< "order os_..." or "case cs_..."
    std::string_view order_id;
    std::string_view case_id;
    std::string at;  ///< of the order or case itself: the newest one names the customer
    std::string name;
    std::vector<Identity> identities;  ///< strongest first
};

Holder holder_of(State& state, const Identity& identity) {
    const auto known = state.identity(domain::key_of(identity));
    if (!known) return {};
    const auto customer = state.customer(known->customer_id);
    return {known->customer_id, customer ? customer->created_at : std::string()};
}

std::string new_customer(const Sighting& seen) {
    CustomerRow row;
    row.id = seen.work.id("cu");
    row.kind = domain::to_text(seen.kind);
    row.name = seen.name;
    row.named_at = seen.at;
    row.created_at = to_rfc3339(seen.work.request.now_ms);
    seen.work.state.save_customer(row);
    return row.id;
}

void add_identity(const Sighting& seen, std::string_view customer_id, const Identity& identity,
                  const Identity* seen_with) {
    IdentityRow row;
    row.key = domain::key_of(identity);
    row.value = identity.external_id.empty() ? identity.email : identity.external_id;
    row.customer_id = customer_id;
    row.source = seen.connector;
    row.rule = seen_with == nullptr ? "first_seen" : domain::rule_of(*seen_with);
    row.reason = seen_with == nullptr ? seen.on + " showed it first"
                                      : seen.on + " showed it with " + domain::key_of(*seen_with);
    row.at = to_rfc3339(seen.work.request.now_ms);
    seen.work.state.add_identity(row);
    // Those that a customer begins with tell of themselves.
    if (seen_with == nullptr) return;
    remember(seen.work, customer_id, "identity_added", row.key + ": " + row.reason);
}

void join_by_rule(const Sighting& seen, const domain::Recognition& found) {
    const std::string why =
        seen.on + " shows identities of both: " + domain::key_of(seen.identities.front()) +
        " and " + domain::key_of(seen.identities.back());
    seen.work.state.join_customers(found.joins, found.customer);
    remember(seen.work, found.customer, "joined", why, found.joins);
    seen.work.journal("customer.joined", seen.order_id, seen.case_id,
                      {{"customer_id", found.customer},
                       {"other", found.joins},
                       {"rule", domain::rule_of(seen.identities.back())},
                       {"reason", seen.on + " shows identities of both"}});
}

void take_name(const Sighting& seen, const std::string& customer_id) {
    auto row = seen.work.state.customer(customer_id);
    if (!row || seen.name.empty() || row->named_at > seen.at) return;
    if (row->named_at == seen.at && row->name == seen.name) return;
    row->name = seen.name;
    row->named_at = seen.at;
    seen.work.state.save_customer(*row);
}

/// The customer that a sighting belongs to; empty if it shows no identity.
std::string settle(const Sighting& seen) {
    if (seen.identities.empty()) return {};
    State& state = seen.work.state;
    std::vector<Holder> holders;
    const Identity* known = nullptr;
    for (const Identity& each : seen.identities) {
        holders.push_back(holder_of(state, each));
        if (known == nullptr && !holders.back().id.empty()) known = &each;
    }
    const Holder& strongest = holders.front();
    const Holder& weakest = holders.back();
    const bool two = !strongest.id.empty() && !weakest.id.empty() && strongest.id != weakest.id;
    auto found = domain::recognise(holders, two && state.are_separated(strongest.id, weakest.id));
    const bool is_new = found.customer.empty();
    if (is_new) found.customer = new_customer(seen);
    if (!found.joins.empty()) join_by_rule(seen, found);
    for (std::size_t i = 0; i < holders.size(); ++i)
        if (holders[i].id.empty()) add_identity(seen, found.customer, seen.identities[i], known);
    if (!is_new) take_name(seen, found.customer);
    return found.customer;
}

}  // namespace

void remember(const Work& work, std::string_view customer_id, std::string what, std::string why,
              std::string_view other) {
    work.state.append_history({std::string(customer_id), to_rfc3339(work.request.now_ms),
                               work.request.actor, std::move(what), std::move(why),
                               std::string(other)});
}

OrderQuery about_customer(State& state, OrderQuery query) {
    if (query.customer_id.empty()) return query;
    const auto row = state.customer(query.customer_id);
    if (!row) return query;
    if (!row->joined_into.empty()) query.customer_id = row->joined_into;
    if (row->kind == "account") query.account_id = std::exchange(query.customer_id, {});
    return query;
}

CaseQuery about_customer(State& state, CaseQuery query) {
    if (query.customer_id.empty()) return query;
    const auto row = state.customer(query.customer_id);
    if (row && !row->joined_into.empty()) query.customer_id = row->joined_into;
    return query;
}

void assign_customer(const Work& work, const domain::Order& order, OrderRow& row) {
    Sighting seen{work,
                  CustomerKind::person,
                  order.connector,
                  "order " + order.id,
                  order.id,
                  {},
                  to_rfc3339(order.placed_at),
                  order.customer.name,
                  domain::identities(order.customer, order.connector,
                                     linking::normal_email(order.customer.email))};
    row.customer_id = settle(seen);
    row.customer_identity =
        seen.identities.empty() ? std::string() : domain::key_of(seen.identities.front());
    const auto account = domain::account_identity(order.customer, order.connector);
    if (!account) return;
    seen.kind = CustomerKind::account;
    seen.name = order.customer.account.name;
    seen.identities = {*account};
    row.account_id = settle(seen);
    row.account_identity = domain::key_of(*account);
}

void assign_customer(const Work& work, const domain::Case& support_case, CaseRow& row) {
    const Sighting seen{work,
                        CustomerKind::person,
                        support_case.connector,
                        "case " + support_case.id,
                        support_case.order_id,
                        support_case.id,
                        to_rfc3339(support_case.created_at),
                        support_case.requester.name,
                        domain::identities(support_case.requester, support_case.connector,
                                           linking::normal_email(support_case.requester.email))};
    row.customer_id = settle(seen);
    row.customer_identity =
        seen.identities.empty() ? std::string() : domain::key_of(seen.identities.front());
}

}  // namespace orderhub::servicing
