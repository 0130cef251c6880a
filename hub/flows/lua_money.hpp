// Internal to the sandbox: the money type as Lua sees it.
#pragma once

#include <lua.hpp>

#include "hub/domain/money.hpp"

namespace orderhub::flows {

/// Plain, because Lua frees it without asking.
struct LuaMoney {
    std::int64_t count = 0;
    int exponent = 2;
    char code[4] = {};
};

/// Makes the type known to a state; money(text [, code]) with `currency` for texts without a code.
/// Called in protected mode.
void open_money(lua_State* lua, const LuaMoney& currency);
void push_money(lua_State* lua, const LuaMoney& money);
/// Null if the value at `index` is no money.
const LuaMoney* to_money(lua_State* lua, int index);

LuaMoney in_lua(domain::Minor amount, const domain::Currency& currency);
inline domain::Currency currency_of(const LuaMoney& money) {
    return {money.code, money.exponent};
}

}  // namespace orderhub::flows
