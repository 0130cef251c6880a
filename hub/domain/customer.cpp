#include "hub/domain/customer.hpp"

#include <tuple>

namespace orderhub::domain {

namespace {

constexpr std::string_view kEmail = "email:";

std::optional<Identity> numbered(CustomerKind kind, std::string_view rest) {
    const auto colon = rest.find(':');
    if (colon == 0 || colon == rest.npos || colon + 1 == rest.size()) return std::nullopt;
    return Identity{
        kind, std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1)), {}};
}

}  // namespace

std::string_view to_text(CustomerKind kind) {
    return kind == CustomerKind::account ? "account" : "person";
}

std::string key_of(const Identity& identity) {
    if (identity.external_id.empty()) return std::string(kEmail) + identity.email;
    return std::string(to_text(identity.kind)) + ":" + identity.connector + ":" +
           identity.external_id;
}

std::optional<Identity> identity_of(std::string_view key) {
    if (key.starts_with(kEmail) && key.size() > kEmail.size())
        return Identity{CustomerKind::person, {}, {}, std::string(key.substr(kEmail.size()))};
    for (const CustomerKind kind : {CustomerKind::person, CustomerKind::account}) {
        const std::string_view word = to_text(kind);
        if (key.starts_with(word) && key.substr(word.size()).starts_with(':'))
            return numbered(kind, key.substr(word.size() + 1));
    }
    return std::nullopt;
}

std::vector<Identity> identities(const Customer& contact, std::string_view connector,
                                 std::string_view email) {
    std::vector<Identity> found;
    if (!contact.external_id.empty())
        found.push_back({CustomerKind::person, std::string(connector), contact.external_id, {}});
    if (email.find('@') != email.npos)
        found.push_back({CustomerKind::person, {}, {}, std::string(email)});
    return found;
}

std::optional<Identity> account_identity(const Customer& contact, std::string_view connector) {
    if (contact.account.external_id.empty()) return std::nullopt;
    return Identity{CustomerKind::account, std::string(connector), contact.account.external_id, {}};
}

std::string_view rule_of(const Identity& identity) {
    return identity.external_id.empty() ? "same_email" : "same_external_id";
}

const Holder& elder(const Holder& one, const Holder& other) {
    return std::tie(one.created_at, one.id) <= std::tie(other.created_at, other.id) ? one : other;
}

Recognition recognise(const std::vector<Holder>& holders, bool separated) {
    const Holder* first = nullptr;
    for (const Holder& each : holders) {
        if (each.id.empty()) continue;
        if (first == nullptr) {
            first = &each;
            continue;
        }
        if (each.id == first->id) continue;
        if (separated) return {first->id, {}, true};
        const Holder& stays = elder(*first, each);
        return {stays.id, stays.id == first->id ? each.id : first->id, false};
    }
    return {first == nullptr ? std::string() : first->id, {}, false};
}

}  // namespace orderhub::domain
