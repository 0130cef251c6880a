// Finds what the configuration and a document name in Tryton. Reads only, except for a new party.
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <orderhub/connector.hpp>
#include <string_view>

#include "client.hpp"
#include "mapping.hpp"

namespace orderhub::tryton {

/// The first `limit` records of `model` that match `domain`, with `fields`. Throws Stop.
boost::json::array search(Client& client, sdk::Call& call, std::string_view model,
                          boost::json::array domain, boost::json::array fields, int limit = 2);

/// Ids of everything that `config` names. Throws Stop (rejected) with the configuration's key and
/// value if something is not there, is closed or is there twice.
Books find_books(Client& client, sdk::Call& call, const Config& config);

/// Id of the currency. Throws Stop (rejected) if Tryton does not have it or rounds it coarser than
/// the document does.
std::int64_t find_currency(Client& client, sdk::Call& call, const std::string& code);

/// Tryton's day, or the hub's in UTC where Tryton does not tell.
std::string find_today(Client& client, sdk::Call& call);

}  // namespace orderhub::tryton
