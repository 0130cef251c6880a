// Customers joined and split by a person.
#include <algorithm>

#include "hub/domain/customer.hpp"
#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/customers/customers.hpp"
#include "hub/servicing/views/customer.hpp"

namespace orderhub::servicing {

namespace {

constexpr std::uint32_t kMostMoved = 50;

/// The customer of an id; of one that was joined into another, that other.
Result<CustomerRow> current(State& state, std::string_view id, const std::string& field = {}) {
    auto row = state.customer(id);
    if (row && !row->joined_into.empty()) row = state.customer(row->joined_into);
    if (row) return *std::move(row);
    const std::string sentence = "there is no customer " + std::string(id);
    if (field.empty()) return fail(ErrorKind::NotFound, "no_such_customer", sentence);
    return fail(ErrorKind::Invalid, "no_such_customer", sentence, field);
}

Result<void> check_reason(std::string_view reason) {
    if (reason.find_first_not_of(" \t\r\n") != reason.npos) return {};
    return fail(ErrorKind::Invalid, "no_reason", "say why", "/reason");
}

/// The keys to move, each once. Errors point at the identity that is not the customer's.
Result<std::vector<std::string>> moved_keys(State& state, const CustomerRow& from,
                                            const std::vector<domain::Identity>& identities) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        domain::Identity identity = identities[i];
        identity.email = linking::normal_email(identity.email);
        if (from.kind == "account") identity.kind = domain::CustomerKind::account;
        std::string key = domain::key_of(identity);
        const auto known = state.identity(key);
        if (!known || known->customer_id != from.id)
            return fail(ErrorKind::Invalid, "not_its_identity",
                        "this is no identity of the customer", "/identities/" + std::to_string(i));
        if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
    }
    const auto count = static_cast<std::uint32_t>(keys.size());
    if (count == 0 || count > kMostMoved)
        return fail(ErrorKind::Invalid, "bad_count", "name 1 to 50 identities", "/identities");
    if (state.identities(from.id, count + 1).size() <= count)
        return fail(ErrorKind::Invalid, "nothing_left",
                    "one identity must stay, or there is nothing to split", "/identities");
    return keys;
}

/// After a split the name is that of the newest order that is left.
void name_after_orders(State& state, CustomerRow& row) {
    if (row.kind == "account") return;
    const auto newest = state.find_orders({.limit = 1, .customer_id = row.id});
    if (newest.empty() || newest.front().customer_name.empty()) return;
    row.name = newest.front().customer_name;
    row.named_at = newest.front().placed_at;
    state.save_customer(row);
}

CustomerRow split_off(const Work& work, CustomerRow from, const std::vector<std::string>& keys) {
    CustomerRow made = from;
    made.id = work.id("cu");
    made.created_at = to_rfc3339(work.request.now_ms);
    work.state.save_customer(made);
    for (const std::string& key : keys)
        work.state.move_identity(key, from.id, made.id);
    for (const std::string& key : keys)
        work.state.separate(key, from.id);
    name_after_orders(work.state, from);
    name_after_orders(work.state, made);
    return made;
}

}  // namespace

boost::json::object Service::customers(State& state, const CustomerQuery& query) const {
    const auto rows = state.find_customers(query);
    boost::json::array items;
    for (const CustomerRow& row : rows)
        items.push_back(customer_summary(row));
    boost::json::value next = nullptr;
    if (!rows.empty() && rows.size() >= query.limit) next = rows.back().id;
    return {{"items", std::move(items)}, {"next", std::move(next)}};
}

Result<boost::json::object> Service::customer(State& state, std::string_view customer_id) const {
    const auto row = current(state, customer_id);
    if (!row) return std::unexpected(row.error());
    return customer_page(state, *row);
}

Result<boost::json::object> Service::join_customers(State& state, const Request& request,
                                                    std::string_view customer_id,
                                                    std::string_view other,
                                                    const std::string& reason) const {
    const Work work{state, request, settings_};
    ORDERHUB_TRY(check_reason(reason));
    const auto one = current(state, customer_id);
    if (!one) return std::unexpected(one.error());
    const auto two = current(state, other, "/other");
    if (!two) return std::unexpected(two.error());
    if (one->id == two->id)
        return fail(ErrorKind::Conflict, "already_joined", "they are one customer already");
    if (one->kind != two->kind)
        return fail(ErrorKind::Invalid, "different_kinds",
                    "a person and a business account cannot be one customer", "/other");
    const bool first_stays =
        domain::elder({one->id, one->created_at}, {two->id, two->created_at}).id == one->id;
    CustomerRow stays = first_stays ? *one : *two;
    const CustomerRow& gone = first_stays ? *two : *one;
    state.forget_separations(stays.id, gone.id);
    state.join_customers(gone.id, stays.id);
    if (!gone.name.empty() && (stays.name.empty() || gone.named_at > stays.named_at)) {
        stays.name = gone.name;
        stays.named_at = gone.named_at;
        state.save_customer(stays);
    }
    remember(work, stays.id, "joined", reason, gone.id);
    work.journal(
        "customer.joined", {}, {},
        {{"customer_id", stays.id}, {"other", gone.id}, {"rule", "by_hand"}, {"reason", reason}});
    return customer_page(state, stays);
}

Result<boost::json::object> Service::split_customer(State& state, const Request& request,
                                                    std::string_view customer_id,
                                                    const std::vector<domain::Identity>& identities,
                                                    const std::string& reason) const {
    const Work work{state, request, settings_};
    ORDERHUB_TRY(check_reason(reason));
    const auto from = current(state, customer_id);
    if (!from) return std::unexpected(from.error());
    const auto keys = moved_keys(state, *from, identities);
    if (!keys) return std::unexpected(keys.error());
    const CustomerRow made = split_off(work, *from, *keys);
    remember(work, from->id, "split", reason, made.id);
    remember(work, made.id, "split", reason, from->id);
    work.journal("customer.split", {}, {},
                 {{"customer_id", from->id},
                  {"other", made.id},
                  {"identities", keys->size()},
                  {"reason", reason}});
    return customer(state, made.id);
}

}  // namespace orderhub::servicing
