#include <algorithm>
#include <cstring>

#include "declared/decimal.hpp"
#include "declared/lua_parts.hpp"

namespace orderhub::declared {
namespace {

constexpr int kMostDepth = 32;
constexpr lua_Integer kMostItems = 50'000;

/// Written without an exponent, and without anything that needs a destructor while Lua may raise an
/// error; the digits as they are if they are too many.
struct Plain {
    char text[32] = {};
    std::size_t size = 0;
    bool is_whole = false;
    lua_Integer whole = 0;

    explicit Plain(const std::string& digits) noexcept {
        const auto value = number_to_decimal(digits);
        if (!value) return;
        is_whole = value->places == 0;
        whole = value->digits;
        const std::string made = to_text(*value);
        size = std::min(made.size(), sizeof text);
        std::memcpy(text, made.data(), size);
    }
};

void push_number(lua_State* lua, const std::string& digits) {
    const Plain plain(digits);
    if (plain.is_whole)
        lua_pushinteger(lua, plain.whole);
    else if (plain.size > 0)
        lua_pushlstring(lua, plain.text, plain.size);
    else
        lua_pushlstring(lua, digits.data(), digits.size());
}

void push_members(lua_State* lua, const Json& value) {
    lua_createtable(lua, 0, static_cast<int>(value.members().size()));
    for (const auto& [key, member] : value.members()) {
        lua_pushlstring(lua, key.data(), key.size());
        push_value(lua, member);
        lua_rawset(lua, -3);
    }
}

void push_items(lua_State* lua, const Json& value) {
    lua_createtable(lua, static_cast<int>(value.items().size()), 0);
    lua_Integer at = 0;
    for (const Json& item : value.items()) {
        push_value(lua, item);
        lua_rawseti(lua, -2, ++at);
    }
}

Json read_number(lua_State* lua, int index) {
    int is_whole = 0;
    const lua_Integer whole = lua_tointegerx(lua, index, &is_whole);
    if (is_whole == 0)
        throw ScriptError(
            "it gives a number with a fraction, which is not exact: use add, sub, mul, div and "
            "round");
    return Json(static_cast<std::int64_t>(whole));
}

Json read_list(lua_State* lua, int index, lua_Integer length, int depth) {
    Json list = Json::array();
    for (lua_Integer at = 1; at <= length; ++at) {
        lua_rawgeti(lua, index, at);
        list.push(read_value(lua, -1, depth + 1));
        lua_pop(lua, 1);
    }
    return list;
}

Json read_table(lua_State* lua, int index, int depth) {
    const auto length = static_cast<lua_Integer>(lua_rawlen(lua, index));
    if (depth > kMostDepth || length > kMostItems || lua_checkstack(lua, 8) == 0)
        throw ScriptError("it gives too much");
    if (length > 0) return read_list(lua, index, length, depth);
    Json object = Json::object();
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        if (lua_type(lua, -2) != LUA_TSTRING)
            throw ScriptError("it gives a table whose keys are not texts");
        std::size_t size = 0;
        const char* key = lua_tolstring(lua, -2, &size);
        object.set(std::string_view(key, size), read_value(lua, -1, depth + 1));
        lua_pop(lua, 1);
    }
    return object;
}

}  // namespace

void push_value(lua_State* lua, const Json& value) {
    luaL_checkstack(lua, 8, "the document is too deep");
    if (value.is_object()) return push_members(lua, value);
    if (value.is_array()) return push_items(lua, value);
    if (value.is_number()) return push_number(lua, value.text_or_digits());
    if (value.is_bool()) return lua_pushboolean(lua, value.boolean() ? 1 : 0);
    if (!value.is_text()) return lua_pushnil(lua);
    const std::string& text = value.text();
    lua_pushlstring(lua, text.data(), text.size());
}

Json read_value(lua_State* lua, int index, int depth) {
    switch (lua_type(lua, index)) {
        case LUA_TNIL:
            return nullptr;
        case LUA_TBOOLEAN:
            return lua_toboolean(lua, index) != 0;
        case LUA_TNUMBER:
            return read_number(lua, index);
        case LUA_TTABLE:
            return read_table(lua, lua_absindex(lua, index), depth);
        case LUA_TSTRING:
            break;
        default:
            throw ScriptError("it gives a function or the like");
    }
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, index, &size);
    if (!sdk::is_utf8({text, size})) throw ScriptError("it gives a text that is not UTF-8");
    return std::string(text, size);
}

}  // namespace orderhub::declared
