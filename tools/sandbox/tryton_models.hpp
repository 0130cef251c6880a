#pragma once

#include <boost/json.hpp>
#include <exception>
#include <string>

#include "tryton_store.hpp"
#include "world.hpp"

namespace orderhub::sandbox::tryton {

/// A method that does not exist or is not offered: HTTP 403.
struct NotCallable : std::exception {};

/// Runs "model.<name>.<method>"; throws RpcError or NotCallable.
json::value call_model(World& world, const std::string& method, const json::array& params);

/// [["create",[{...}]]], [["add",[1]]] ...: the records to create, or the ids to add.
json::array created_in(const json::value& commands);
json::array added_in(const json::value& commands);

/// Makes invoices with their lines; all or none.
json::array create_invoices(World& world, const json::array& values);
/// Numbers, taxes and books drafts; a posted invoice is left as it is. All or none.
void post_invoices(World& world, const json::array& ids);
void delete_invoices(World& world, const json::array& ids);
void write_invoices(World& world, const json::array& ids, const json::object& values);

}  // namespace orderhub::sandbox::tryton
