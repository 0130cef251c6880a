// Whom a document is made out to.
#pragma once

#include <orderhub/connector.hpp>

#include "client.hpp"
#include "mapping.hpp"

namespace orderhub::tryton {

/// The party for a document as `config.party` says; `books.party` if the customer has no e-mail
/// address or there is no single party with it. May create a party. Throws Stop; never unknown,
/// because a party that was created unseen is found by its e-mail address the next time.
Party party_for(Client& client, sdk::Call& call, const Config& config, const Books& books,
                const Document& document);

/// The values for model.party.party.create. Pure. `country` is Tryton's id, 0 for none.
boost::json::object party_values(const Document& document, std::int64_t country);

}  // namespace orderhub::tryton
