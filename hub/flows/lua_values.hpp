// Internal to the sandbox: values as JSON on this side, as Lua's on the other.
#pragma once

#include <boost/json/value.hpp>
#include <lua.hpp>

#include "hub/domain/result.hpp"
#include "hub/flows/lua_money.hpp"

namespace orderhub::flows {

/// Leaves the value on the stack; which texts become money is said at Scope. In protected mode.
void push_value(lua_State* lua, const boost::json::value& value, const LuaMoney& currency);

/// Reads what a script returned; money becomes {"amount","currency"}. Raises no error of Lua's: no
/// metamethods, no new strings. Error: Invalid "script_failed", without a place.
Result<boost::json::value> read_value(lua_State* lua, int index);

}  // namespace orderhub::flows
