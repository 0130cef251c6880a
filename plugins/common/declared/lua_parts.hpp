// Internal to the sandbox. Lua leaves a function by longjmp when it raises an error, so no object
// with a destructor may be alive in a frame that can raise one.
#pragma once

#include <lua.hpp>

#include "declared/lua.hpp"

namespace orderhub::declared {

/// Leaves a table with the functions that expressions have on the stack. In protected mode.
void push_library(lua_State* lua);

/// Leaves the value on the stack. In protected mode.
void push_value(lua_State* lua, const Json& value);

/// Reads what an expression gave; raises no error of Lua's. Throws ScriptError without a place.
Json read_value(lua_State* lua, int index, int depth = 0);

}  // namespace orderhub::declared
