// The way of one document: look, create, post, read back.
#pragma once

#include <functional>
#include <optional>
#include <orderhub/connector.hpp>

#include "client.hpp"
#include "mapping.hpp"

namespace orderhub::tryton {

/// Brings `document` to a posted invoice of that reference, from wherever an earlier attempt left
/// it, and returns what Tryton then has. `values` gives the new invoice's values and is called only
/// if there is none yet. Throws Stop: unknown only if it cannot be told whether Tryton did its
/// part.
Invoice post_document(Client& client, sdk::Call& call, const Config& config,
                      const Document& document, const std::function<boost::json::object()>& values);

}  // namespace orderhub::tryton
