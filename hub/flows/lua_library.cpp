// What lua_money.cpp says about destructors holds here too.
#include "hub/flows/lua_library.hpp"

#include <array>
#include <string_view>

#include "hub/flows/lua_values.hpp"
#include "hub/servicing/codec/codec.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxSearch = 16U << 20;

const json::value* look_up(LuaWorld& world, const char* name) noexcept {
    try {
        return world.scope.find ? world.scope.find(name) : nullptr;
    } catch (...) {
        world.thrown = std::current_exception();
        return nullptr;
    }
}

/// A global name that is not there yet.
int find_global(lua_State* lua) {
    LuaWorld& world = world_of(lua);
    const json::value* found = look_up(world, luaL_checkstring(lua, 2));
    if (world.thrown) return luaL_error(lua, "a value could not be read");
    if (found == nullptr) return 0;
    push_value(lua, *found, world.currency);
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 1);
    return 1;
}

int now(lua_State* lua) {
    lua_pushinteger(lua, world_of(lua).scope.now_ms / 1000);
    return 1;
}

bool parse_instant(const char* text, std::int64_t& milliseconds) noexcept {
    try {
        const auto parsed = servicing::from_rfc3339(text);
        if (parsed) milliseconds = *parsed;
        return parsed.has_value();
    } catch (const std::exception&) {
        return false;
    }
}

/// instant(text): seconds since 1970 of an instant as the documents have it.
int instant(lua_State* lua) {
    std::int64_t milliseconds = 0;
    if (!parse_instant(luaL_checkstring(lua, 1), milliseconds))
        return luaL_error(lua, "not an instant like \"2026-01-31T10:00:00Z\"");
    lua_pushinteger(lua, milliseconds / 1000);
    return 1;
}

/// random(n): a whole number from 1 to n, the same ones whenever the step is made again.
int random_number(lua_State* lua) {
    const lua_Integer most = luaL_checkinteger(lua, 1);
    if (most < 1) return luaL_error(lua, "random(n) needs a whole number above 0");
    std::uint64_t& state = world_of(lua).random;
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    mixed ^= mixed >> 31U;
    lua_pushinteger(lua, static_cast<lua_Integer>(mixed % static_cast<std::uint64_t>(most)) + 1);
    return 1;
}

/// sum(list, name): the members of this name put together; no money for an empty list.
int sum(lua_State* lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    luaL_checkstring(lua, 2);
    const lua_Integer length = static_cast<lua_Integer>(lua_rawlen(lua, 1));
    LuaMoney none = world_of(lua).currency;
    none.count = 0;
    push_money(lua, none);
    for (lua_Integer i = 1; i <= length; ++i) {
        if (lua_rawgeti(lua, 1, i) != LUA_TTABLE)
            return luaL_error(lua, "sum needs a list of tables");
        lua_pushvalue(lua, 2);
        lua_rawget(lua, -2);
        lua_remove(lua, -2);
        lua_arith(lua, LUA_OPADD);
    }
    return 1;
}

int contains(lua_State* lua) {
    std::size_t length = 0, part_length = 0;
    const char* text = luaL_checklstring(lua, 1, &length);
    const char* part = luaL_checklstring(lua, 2, &part_length);
    if (length * part_length > kMaxSearch) return luaL_error(lua, "the texts are too long");
    const bool found =
        std::string_view(text, length).find({part, part_length}) != std::string_view::npos;
    lua_pushboolean(lua, found ? 1 : 0);
    return 1;
}

/// Only what can neither run long by itself nor reach outside. Patterns can run for ever in one
/// call, string.rep and table.move are large by nature, and whoever catches errors could go on
/// after the limit; so these are not there.
constexpr std::array kFunctions{"assert", "error", "ipairs",   "next",    "pairs",
                                "select", "type",  "tonumber", "tostring"};
constexpr std::array kMath{"abs", "ceil", "floor", "max", "min", "tointeger", "type"};
constexpr std::array kString{"sub", "lower", "upper", "len"};
constexpr std::array kTable{"concat", "insert", "remove", "sort", "unpack"};

/// Copies the named members of the table on top into a new one, which takes its place.
template <class Names>
void keep_only(lua_State* lua, const Names& names) {
    lua_createtable(lua, 0, static_cast<int>(names.size()));
    for (const char* name : names) {
        lua_getfield(lua, -2, name);
        lua_setfield(lua, -2, name);
    }
    lua_remove(lua, -2);
}

}  // namespace

void open_library(lua_State* lua) {
    luaL_requiref(lua, "_G", luaopen_base, 0);
    keep_only(lua, kFunctions);
    const int base = lua_gettop(lua);
    luaL_requiref(lua, "math", luaopen_math, 0);
    keep_only(lua, kMath);
    lua_setfield(lua, base, "math");
    luaL_requiref(lua, "table", luaopen_table, 0);
    keep_only(lua, kTable);
    lua_setfield(lua, base, "table");
    luaL_requiref(lua, "string", luaopen_string, 0);
    keep_only(lua, kString);
    lua_pushcfunction(lua, contains);
    lua_setfield(lua, -2, "contains");
    // Methods of texts ("a"):upper() come from the same few functions, and texts are no numbers.
    lua_pushliteral(lua, "");
    lua_createtable(lua, 0, 1);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
    lua_setfield(lua, base, "string");
    lua_pushcfunction(lua, now);
    lua_setfield(lua, base, "now");
    lua_pushcfunction(lua, instant);
    lua_setfield(lua, base, "instant");
    lua_pushcfunction(lua, random_number);
    lua_setfield(lua, base, "random");
    lua_pushcfunction(lua, sum);
    lua_setfield(lua, base, "sum");
    lua_createtable(lua, 0, 1);
    lua_pushcfunction(lua, find_global);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    // The environment becomes the state's table of globals, in the place of the full one.
    lua_pushvalue(lua, base);
    lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    open_money(lua, world_of(lua).currency);
    lua_pop(lua, 1);
}

}  // namespace orderhub::flows
