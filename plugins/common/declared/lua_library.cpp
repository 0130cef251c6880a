#include <array>
#include <cstring>

#include "declared/decimal.hpp"
#include "declared/lua_parts.hpp"

namespace orderhub::declared {
namespace {

constexpr std::size_t kMostSearch = 4U << 20;

Decimal decimal_at(lua_State* lua, int index) {
    std::size_t size = 0;
    if (lua_type(lua, index) == LUA_TNUMBER && lua_isinteger(lua, index) == 0)
        luaL_error(lua, "a number with a fraction is not exact: write it as a text, \"0.5\"");
    const char* text = luaL_checklstring(lua, index, &size);
    const auto value = to_decimal({text, size});
    if (!value) luaL_error(lua, "'%s' is not a decimal like 12.34", text);
    return *value;
}

/// A decimal's text without anything that needs a destructor while Lua may raise an error.
struct Shown {
    char text[32] = {};
    std::size_t size = 0;
    explicit Shown(const Decimal& value) noexcept {
        const std::string made = to_text(value);
        size = made.size() < sizeof text ? made.size() : sizeof text;
        std::memcpy(text, made.data(), size);
    }
};

int push(lua_State* lua, const std::optional<Decimal>& value) {
    if (!value) return luaL_error(lua, "the result is too large, or a division by zero");
    const Shown shown(*value);
    lua_pushlstring(lua, shown.text, shown.size);
    return 1;
}

template <auto operation>
int fold(lua_State* lua) {
    std::optional<Decimal> result = decimal_at(lua, 1);
    for (int i = 2; i <= lua_gettop(lua) && result; ++i)
        result = operation(*result, decimal_at(lua, i));
    return push(lua, result);
}

int lua_divide(lua_State* lua) {
    return push(lua, divide(decimal_at(lua, 1), decimal_at(lua, 2),
                            static_cast<int>(luaL_checkinteger(lua, 3))));
}

int lua_round(lua_State* lua) {
    return push(lua, round(decimal_at(lua, 1), static_cast<int>(luaL_checkinteger(lua, 2))));
}

int lua_compare(lua_State* lua) {
    lua_pushinteger(lua, compare(decimal_at(lua, 1), decimal_at(lua, 2)));
    return 1;
}

/// sum(list, name): the members of this name put together; "0" for an empty list.
int sum(lua_State* lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    luaL_checkstring(lua, 2);
    std::optional<Decimal> total = Decimal{};
    const auto length = static_cast<lua_Integer>(lua_rawlen(lua, 1));
    for (lua_Integer i = 1; i <= length && total; ++i) {
        if (lua_rawgeti(lua, 1, i) != LUA_TTABLE)
            return luaL_error(lua, "sum needs a list of tables");
        lua_pushvalue(lua, 2);
        lua_rawget(lua, -2);
        if (lua_isnil(lua, -1) == 0) total = add(*total, decimal_at(lua, lua_gettop(lua)));
        lua_settop(lua, 2);
    }
    return push(lua, total);
}

/// What both texts are; an error if looking for one in the other would take long.
std::array<std::string_view, 2> two_texts(lua_State* lua) {
    std::size_t length = 0, part_length = 0;
    const char* text = luaL_checklstring(lua, 1, &length);
    const char* part = luaL_checklstring(lua, 2, &part_length);
    if (part_length == 0 || length * part_length > kMostSearch)
        luaL_error(lua, "a text is empty or too long");
    return {std::string_view(text, length), std::string_view(part, part_length)};
}

int contains(lua_State* lua) {
    const auto [text, part] = two_texts(lua);
    lua_pushboolean(lua, text.find(part) != text.npos ? 1 : 0);
    return 1;
}

/// split(text, separator): a list of texts.
int split(lua_State* lua) {
    auto [text, separator] = two_texts(lua);
    lua_newtable(lua);
    for (lua_Integer at = 1;; ++at) {
        const std::size_t end = text.find(separator);
        const std::string_view part = text.substr(0, end);
        lua_pushlstring(lua, part.data(), part.size());
        lua_rawseti(lua, -2, at);
        if (end == text.npos) return 1;
        text.remove_prefix(end + separator.size());
    }
}

int replace(lua_State* lua) {
    auto [text, part] = two_texts(lua);
    std::size_t size = 0;
    const char* instead = luaL_checklstring(lua, 3, &size);
    luaL_Buffer buffer;
    luaL_buffinit(lua, &buffer);
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part)) {
        luaL_addlstring(&buffer, text.data(), at);
        luaL_addlstring(&buffer, instead, size);
        text.remove_prefix(at + part.size());
    }
    luaL_addlstring(&buffer, text.data(), text.size());
    luaL_pushresult(&buffer);
    return 1;
}

int trim(lua_State* lua) {
    std::size_t size = 0;
    const char* text = luaL_checklstring(lua, 1, &size);
    const char* const end = text + size;
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (text < end && is_space(*text))
        ++text, --size;
    while (size > 0 && is_space(text[size - 1]))
        --size;
    lua_pushlstring(lua, text, size);
    return 1;
}

// Only what can neither run long by itself nor reach outside: no patterns, no string.rep, no pcall,
// no load.
constexpr std::array kBase{"assert", "error", "ipairs",   "next",    "pairs",
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

void set_function(lua_State* lua, const char* name, lua_CFunction function) {
    lua_pushcfunction(lua, function);
    lua_setfield(lua, -2, name);
}

void push_texts(lua_State* lua) {
    luaL_requiref(lua, "string", luaopen_string, 0);
    keep_only(lua, kString);
    set_function(lua, "contains", contains);
    set_function(lua, "split", split);
    set_function(lua, "replace", replace);
    set_function(lua, "trim", trim);
    // Methods of texts ("a"):upper() come from these, and texts are no numbers.
    lua_pushliteral(lua, "");
    lua_createtable(lua, 0, 1);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
}

}  // namespace

void push_library(lua_State* lua) {
    luaL_requiref(lua, "_G", luaopen_base, 0);
    keep_only(lua, kBase);
    luaL_requiref(lua, "math", luaopen_math, 0);
    keep_only(lua, kMath);
    lua_setfield(lua, -2, "math");
    luaL_requiref(lua, "table", luaopen_table, 0);
    keep_only(lua, kTable);
    lua_setfield(lua, -2, "table");
    push_texts(lua);
    lua_setfield(lua, -2, "string");
    set_function(lua, "add", fold<add>);
    set_function(lua, "sub", fold<subtract>);
    set_function(lua, "mul", fold<multiply>);
    set_function(lua, "div", lua_divide);
    set_function(lua, "round", lua_round);
    set_function(lua, "compare", lua_compare);
    set_function(lua, "sum", sum);
}

}  // namespace orderhub::declared
