// What lua_money.cpp says about destructors holds here too.
#include "hub/flows/lua_values.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxValues = 20'000;
/// Members of orders, plans and cases that are amounts in the order's currency.
constexpr std::array<std::string_view, 11> kMoneyNames{"ex",
                                                       "tax",
                                                       "inc",
                                                       "amount",
                                                       "captured",
                                                       "refunded",
                                                       "authorized",
                                                       "excess",
                                                       "balance_due",
                                                       "available_to_refund",
                                                       "available_to_capture"};

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() < 24 && text.find_first_not_of("0123456789.") == text.npos;
}

bool parse_amount(const json::string& text, const char* code, LuaMoney& money) noexcept {
    try {
        auto currency = currency_of(money);
        if (code != nullptr) currency = domain::currency(code).value();
        if (currency.code.empty()) return false;
        const auto amount = domain::parse_decimal(text, currency);
        if (amount) money = in_lua(*amount, currency);
        return amount.has_value();
    } catch (const std::exception&) {
        return false;
    }
}

bool amount_of(const json::object& object, LuaMoney& money) noexcept {
    const auto* amount = object.if_contains("amount");
    const auto* code = object.if_contains("currency");
    if (object.size() != 2 || amount == nullptr || code == nullptr) return false;
    if (!amount->is_string() || !code->is_string()) return false;
    return parse_amount(amount->get_string(), code->get_string().c_str(), money);
}

void push(lua_State* lua, const json::value& value, std::string_view name, LuaMoney currency);

void push_object(lua_State* lua, const json::object& object, LuaMoney currency) {
    LuaMoney money = currency;
    if (amount_of(object, money)) return push_money(lua, money);
    // What an order, a plan or a line says is in the order's own currency.
    lua_createtable(lua, 0, static_cast<int>(object.size()));
    for (const auto& member : object) {
        lua_pushlstring(lua, member.key().data(), member.key().size());
        push(lua, member.value(), {member.key().data(), member.key().size()}, currency);
        lua_rawset(lua, -3);
    }
}

void push(lua_State* lua, const json::value& value, std::string_view name, LuaMoney currency) {
    luaL_checkstack(lua, 8, "nested too deeply");
    switch (value.kind()) {
        case json::kind::bool_:
            lua_pushboolean(lua, value.get_bool() ? 1 : 0);
            return;
        case json::kind::int64:
            lua_pushinteger(lua, value.get_int64());
            return;
        case json::kind::uint64:
            lua_pushinteger(lua, static_cast<lua_Integer>(value.get_uint64()));
            return;
        case json::kind::double_:
            lua_pushnumber(lua, value.get_double());
            return;
        case json::kind::string: {
            const auto& text = value.get_string();
            LuaMoney money = currency;
            if (std::ranges::find(kMoneyNames, name) != kMoneyNames.end() && is_decimal(text) &&
                parse_amount(text, nullptr, money))
                return push_money(lua, money);
            lua_pushlstring(lua, text.data(), text.size());
            return;
        }
        case json::kind::array: {
            const auto& array = value.get_array();
            lua_createtable(lua, static_cast<int>(array.size()), 0);
            for (std::size_t i = 0; i < array.size(); ++i) {
                push(lua, array[i], name, currency);
                lua_rawseti(lua, -2, static_cast<lua_Integer>(i + 1));
            }
            return;
        }
        case json::kind::object:
            return push_object(lua, value.get_object(), currency);
        default:
            lua_pushnil(lua);
    }
}

/// Reads what a script returned; nothing here raises an error: no metamethods, no new strings.
class Returned {
public:
    explicit Returned(lua_State* lua) : lua_(lua) {}

    Result<json::value> read(int index, int depth = 0) {
        if (depth > kMaxDepth || ++values_ > kMaxValues || lua_checkstack(lua_, 8) == 0)
            return refused("it returns too much");
        switch (lua_type(lua_, index)) {
            case LUA_TNIL:
                return json::value(nullptr);
            case LUA_TBOOLEAN:
                return json::value(lua_toboolean(lua_, index) != 0);
            case LUA_TNUMBER:
                return number(index);
            case LUA_TSTRING: {
                std::size_t length = 0;
                const char* text = lua_tolstring(lua_, index, &length);
                return json::value(json::string(text, length));
            }
            case LUA_TTABLE:
                return table(lua_absindex(lua_, index), depth);
            default:
                return money(index);
        }
    }

private:
    static std::unexpected<Error> refused(std::string why) {
        return fail(ErrorKind::Invalid, "script_failed", std::move(why));
    }

    Result<json::value> number(int index) {
        if (lua_isinteger(lua_, index) != 0)
            return json::value(static_cast<std::int64_t>(lua_tointeger(lua_, index)));
        return json::value(lua_tonumber(lua_, index));
    }

    Result<json::value> money(int index) {
        const LuaMoney* found = to_money(lua_, index);
        if (found == nullptr) return refused("it returns a function or the like");
        return json::value{
            {"amount", domain::to_decimal(domain::Minor{found->count}, currency_of(*found))},
            {"currency", found->code}};
    }

    Result<json::value> table(int index, int depth) {
        const auto length = static_cast<lua_Integer>(lua_rawlen(lua_, index));
        if (length > 0) return list(index, length, depth);
        json::object object;
        lua_pushnil(lua_);
        while (lua_next(lua_, index) != 0) {
            if (lua_type(lua_, -2) != LUA_TSTRING) {
                lua_pop(lua_, 2);
                return refused("it returns a table with keys that are no text");
            }
            auto value = read(-1, depth + 1);
            if (!value) return value;
            std::size_t key_length = 0;
            const char* key = lua_tolstring(lua_, -2, &key_length);
            object[json::string_view(key, key_length)] = *std::move(value);
            lua_pop(lua_, 1);
        }
        return json::value(std::move(object));
    }

    Result<json::value> list(int index, lua_Integer length, int depth) {
        json::array array;
        for (lua_Integer i = 1; i <= length; ++i) {
            lua_rawgeti(lua_, index, i);
            auto value = read(-1, depth + 1);
            if (!value) return value;
            array.push_back(*std::move(value));
            lua_pop(lua_, 1);
        }
        return json::value(std::move(array));
    }

    lua_State* lua_;
    std::size_t values_ = 0;
};

}  // namespace

void push_value(lua_State* lua, const json::value& value, const LuaMoney& currency) {
    push(lua, value, {}, currency);
}

Result<json::value> read_value(lua_State* lua, int index) {
    return Returned(lua).read(index);
}

}  // namespace orderhub::flows
