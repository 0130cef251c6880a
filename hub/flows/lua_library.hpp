// Internal to the sandbox: the names that every script has.
#pragma once

#include <exception>
#include <lua.hpp>

#include "hub/flows/lua_money.hpp"
#include "hub/flows/sandbox.hpp"

namespace orderhub::flows {

/// What a state's functions work with. Its address stands in the state's extra space.
struct LuaWorld {
    const Scope& scope;
    std::uint64_t random = 0;
    LuaMoney currency = {};
    std::exception_ptr thrown = nullptr;  ///< by Scope::find
};

inline LuaWorld& world_of(lua_State* lua) {
    return **static_cast<LuaWorld**>(lua_getextraspace(lua));
}

/// Makes these names, and what Scope::find gives, the globals of a fresh state. In protected mode.
void open_library(lua_State* lua);

}  // namespace orderhub::flows
