// Secrets of the store under other keys than they lie there.
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

namespace {

constexpr std::string_view kOfStates =
    "FROM connector_state WHERE value <> '' AND value NOT LIKE ?";
constexpr std::string_view kOfSubscriptions =
    "FROM subscriptions WHERE (secret <> '' AND secret NOT LIKE ?)"
    " OR (previous_secret <> '' AND previous_secret NOT LIKE ?)";

std::string sql(std::string_view what, std::string_view of, std::string_view rest = "") {
    return std::string(what).append(" ").append(of).append(rest);
}

}  // namespace

SecretsState SqlTransaction::secrets_state() {
    if (!sources_.keyring->has_key()) return {};
    const auto sealed = sources_.keyring->mark() + "%";
    SecretsState state;
    auto states = db_.query(sql("SELECT count(*)", kOfStates));
    if (states.bind(sealed).step()) state.left += static_cast<std::uint64_t>(states.integer(0));
    auto subscribed = db_.query(sql("SELECT count(*)", kOfSubscriptions));
    if (subscribed.bind(sealed, sealed).step())
        state.left += static_cast<std::uint64_t>(subscribed.integer(0));
    return state;
}

SecretsState SqlTransaction::seal_secrets(std::uint32_t at_most) {
    if (!sources_.keyring->has_key()) return {};
    const auto sealed = sources_.keyring->mark() + "%";
    std::vector<std::pair<std::string, std::string>> states;
    {
        auto query = db_.query(sql("SELECT connector, key", kOfStates, " LIMIT ?"));
        query.bind(sealed, std::int64_t{at_most});
        while (query.step())
            states.emplace_back(query.text(0), query.text(1));
    }
    std::uint64_t done = states.size();
    for (const auto& [connector, key] : states)
        set_connector_state(connector, key, connector_state(connector, key));
    std::vector<std::string> ids;
    {
        auto query = db_.query(sql("SELECT id", kOfSubscriptions, " LIMIT ?"));
        query.bind(sealed, sealed, std::int64_t{at_most} - static_cast<std::int64_t>(done));
        while (query.step())
            ids.push_back(query.text(0));
    }
    for (const auto& id : ids)
        if (const auto row = subscription(id)) save_subscription(*row);
    return {done + ids.size(), secrets_state().left};
}

std::vector<std::string> SqlTransaction::missing_secret_keys() {
    auto query = db_.query(
        "SELECT DISTINCT substr(value, 1, 26) FROM connector_state WHERE value LIKE 'sealed:1:%'"
        " UNION SELECT substr(secret, 1, 26) FROM subscriptions WHERE secret LIKE 'sealed:1:%'"
        " UNION SELECT substr(previous_secret, 1, 26) FROM subscriptions"
        " WHERE previous_secret LIKE 'sealed:1:%'");
    std::vector<std::string> missing;
    while (query.step())
        if (auto id = sources_.keyring->missing_key(query.text(0)))
            missing.push_back(std::move(*id));
    return missing;
}

}  // namespace orderhub::store
