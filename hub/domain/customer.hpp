// Who a customer is: which of the names that storefronts and desks show belong to one person or to
// one business account.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/order.hpp"

namespace orderhub::domain {

/// account: a business; its buyers are persons.
enum class CustomerKind { person, account };
std::string_view to_text(CustomerKind kind);

/// One name that an outside system has for a customer: a number at a connector, or an e-mail
/// address. A phone number or a person's name is none: families and offices share them.
struct Identity {
    CustomerKind kind = CustomerKind::person;
    std::string connector;    ///< that gave external_id; empty for an e-mail address
    std::string external_id;  ///< the customer's number there
    std::string email;        ///< lower case, trimmed; empty if there is a number

    bool operator==(const Identity&) const = default;
};

/// The identity as one text, unique over all: "person:shop:77", "account:shop:9",
/// "email:a@b.example".
std::string key_of(const Identity& identity);
/// What key_of() wrote. Nothing if it is something else.
std::optional<Identity> identity_of(std::string_view key);

/// The identities of a contact's person, strongest rule first: the number at the connector, then
/// the e-mail address (`email`: lower case, trimmed; what has no @ counts as none).
std::vector<Identity> identities(const Customer& contact, std::string_view connector,
                                 std::string_view email);
/// The business account that a contact buys for, if the connector numbers it.
std::optional<Identity> account_identity(const Customer& contact, std::string_view connector);

/// The rule by which an identity tells that two sightings are one customer.
std::string_view rule_of(const Identity& identity);  ///< same_external_id | same_email

/// The customer that holds an identity already; `id` is empty if none does.
struct Holder {
    std::string id;
    std::string created_at;  ///< RFC 3339, UTC
};

struct Recognition {
    std::string customer;     ///< empty: a new one
    std::string joins;        ///< the other customer, who turns out to be the same; empty if none
    bool kept_apart = false;  ///< would have been joined, but a person has split them
};

/// Which customer one sighting belongs to. `holders` are those of its identities, strongest first,
/// at most two. Two holders are one customer, and the older stays, unless `separated`: a person has
/// split identities of theirs; then the strongest identity decides.
Recognition recognise(const std::vector<Holder>& holders, bool separated);

/// The one of two that stays when they are joined: the older; of the same age, the lesser id.
const Holder& elder(const Holder& one, const Holder& other);

}  // namespace orderhub::domain
