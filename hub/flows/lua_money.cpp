// Lua leaves a function by longjmp when it raises an error, so no object with a destructor may be
// alive in a frame that can raise one: work that needs such objects is done in noexcept helpers.
#include "hub/flows/lua_money.hpp"

#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace orderhub::flows {

namespace {

constexpr const char* kType = "orderhub.money";
constexpr std::int64_t kWhole = 10'000;

/// A text that may be handed to Lua after everything else is gone.
struct Words {
    char text[160] = {};
};

void say(Words& words, const std::string& text) noexcept {
    const std::size_t length = std::min(text.size(), sizeof words.text - 1);
    std::memcpy(words.text, text.data(), length);
    words.text[length] = 0;
}

LuaMoney* check(lua_State* lua, int index) {
    return static_cast<LuaMoney*>(luaL_checkudata(lua, index, kType));
}

void check_same(lua_State* lua, const LuaMoney& a, const LuaMoney& b) {
    if (std::strcmp(a.code, b.code) != 0)
        luaL_error(lua, "%s and %s cannot be put together", a.code, b.code);
}

enum class Sum { plus, minus };

bool add_up(LuaMoney& result, const LuaMoney& other, Sum sum) noexcept {
    const bool overflow = sum == Sum::plus
                              ? __builtin_add_overflow(result.count, other.count, &result.count)
                              : __builtin_sub_overflow(result.count, other.count, &result.count);
    return !overflow;
}

int sum_of(lua_State* lua, Sum sum) {
    if (to_money(lua, 1) == nullptr || to_money(lua, 2) == nullptr)
        return luaL_error(lua,
                          "money goes only with money here: write money(\"1.00\"), not a number");
    LuaMoney result = *check(lua, 1);
    const LuaMoney& other = *check(lua, 2);
    check_same(lua, result, other);
    if (!add_up(result, other, sum)) return luaL_error(lua, "the amount is too large");
    push_money(lua, result);
    return 1;
}

int add(lua_State* lua) {
    return sum_of(lua, Sum::plus);
}
int subtract(lua_State* lua) {
    return sum_of(lua, Sum::minus);
}

int negate(lua_State* lua) {
    LuaMoney result = *check(lua, 1);
    if (__builtin_sub_overflow(std::int64_t{0}, result.count, &result.count))
        return luaL_error(lua, "the amount is too large");
    push_money(lua, result);
    return 1;
}

/// "12.5" or "12.5%" in hundredths of a percent, 0 to 100; -1 for anything else.
std::int64_t percent_of_text(const char* text) noexcept {
    std::int64_t value = 0;
    int decimals = -1;
    bool any = false;
    for (; *text != 0 && !(text[0] == '%' && text[1] == 0); ++text) {
        if (*text == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || decimals == 2 || value > kWhole) return -1;
        any = true;
        value = value * 10 + (*text - '0');
        if (decimals >= 0) ++decimals;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; ++i)
        value *= 10;
    return any && value <= kWhole ? value : -1;
}

bool take_percent(LuaMoney& money, std::int64_t hundredths) noexcept {
    try {
        money.count = domain::share(domain::Minor{money.count}, hundredths, kWhole).count();
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

int percent(lua_State* lua, const LuaMoney& money, int index) {
    LuaMoney result = money;
    const std::int64_t hundredths =
        lua_type(lua, index) == LUA_TSTRING ? percent_of_text(lua_tostring(lua, index)) : -1;
    if (hundredths < 0)
        return luaL_error(lua,
                          "a percentage is text from \"0\" to \"100\" with at most two decimals");
    if (!take_percent(result, hundredths)) return luaL_error(lua, "the amount is too large");
    push_money(lua, result);
    return 1;
}

/// Times a whole number, or times a text like "12.5%".
int multiply(lua_State* lua) {
    const int factor = to_money(lua, 1) != nullptr ? 2 : 1;
    LuaMoney result = *check(lua, factor == 2 ? 1 : 2);
    if (lua_type(lua, factor) == LUA_TSTRING) return percent(lua, result, factor);
    if (lua_isinteger(lua, factor) == 0)
        return luaL_error(lua,
                          "money can be multiplied by a whole number or a text like \"12.5%%\"");
    if (__builtin_mul_overflow(result.count, lua_tointeger(lua, factor), &result.count))
        return luaL_error(lua, "the amount is too large");
    push_money(lua, result);
    return 1;
}

int method_percent(lua_State* lua) {
    return percent(lua, *check(lua, 1), 2);
}

/// Both must be money: a comparison with a number would compare units with who knows what.
int compare(lua_State* lua, bool (*holds)(std::int64_t, std::int64_t)) {
    const LuaMoney* a = to_money(lua, 1);
    const LuaMoney* b = to_money(lua, 2);
    if (a == nullptr || b == nullptr)
        return luaL_error(lua, "money can only be compared with money");
    check_same(lua, *a, *b);
    lua_pushboolean(lua, holds(a->count, b->count) ? 1 : 0);
    return 1;
}

int equal(lua_State* lua) {
    return compare(lua, [](std::int64_t a, std::int64_t b) { return a == b; });
}
int less(lua_State* lua) {
    return compare(lua, [](std::int64_t a, std::int64_t b) { return a < b; });
}
int less_or_equal(lua_State* lua) {
    return compare(lua, [](std::int64_t a, std::int64_t b) { return a <= b; });
}

int refuse_arithmetic(lua_State* lua) {
    return luaL_error(lua, "money cannot be divided: take a percentage, amount * \"50%%\"");
}

void describe(Words& words, const LuaMoney& money, bool with_code) noexcept {
    try {
        const auto currency = currency_of(money);
        std::string text = domain::to_decimal(domain::Minor{money.count}, currency);
        if (with_code) text += " " + currency.code;
        say(words, text);
    } catch (const std::exception&) {
        say(words, "?");
    }
}

int to_text(lua_State* lua, bool with_code) {
    Words words;
    describe(words, *check(lua, 1), with_code);
    lua_pushstring(lua, words.text);
    return 1;
}

int with_code(lua_State* lua) {
    return to_text(lua, true);
}
int decimal(lua_State* lua) {
    return to_text(lua, false);
}
int currency_code(lua_State* lua) {
    lua_pushstring(lua, check(lua, 1)->code);
    return 1;
}
int is_zero(lua_State* lua) {
    lua_pushboolean(lua, check(lua, 1)->count == 0 ? 1 : 0);
    return 1;
}

bool parse(LuaMoney& money, const char* text, const char* code, Words& why) noexcept {
    try {
        auto currency = currency_of(money);
        if (code != nullptr) {
            const auto named = domain::currency(code);
            if (!named) return say(why, named.error().message), false;
            currency = *named;
        }
        if (currency.code.empty()) return say(why, "money needs a currency here"), false;
        const auto amount = domain::parse_decimal(text, currency);
        if (!amount) return say(why, "not an amount: " + amount.error().message), false;
        money = in_lua(*amount, currency);
        return true;
    } catch (const std::exception& error) {
        return say(why, error.what()), false;
    }
}

/// money("12.50") in the order's currency, money("12.50", "EUR") in another.
int make(lua_State* lua) {
    if (lua_type(lua, 1) != LUA_TSTRING)
        return luaL_error(lua, "an amount is written as text: money(\"12.50\")");
    LuaMoney money = *static_cast<const LuaMoney*>(lua_touserdata(lua, lua_upvalueindex(1)));
    const char* code = lua_isnoneornil(lua, 2) ? nullptr : luaL_checkstring(lua, 2);
    Words why;
    if (!parse(money, lua_tostring(lua, 1), code, why)) return luaL_error(lua, "%s", why.text);
    push_money(lua, money);
    return 1;
}

constexpr luaL_Reg kOperators[] = {{"__add", add},
                                   {"__sub", subtract},
                                   {"__unm", negate},
                                   {"__mul", multiply},
                                   {"__div", refuse_arithmetic},
                                   {"__idiv", refuse_arithmetic},
                                   {"__mod", refuse_arithmetic},
                                   {"__pow", refuse_arithmetic},
                                   {"__eq", equal},
                                   {"__lt", less},
                                   {"__le", less_or_equal},
                                   {"__tostring", with_code},
                                   {nullptr, nullptr}};
constexpr luaL_Reg kMethods[] = {{"percent", method_percent},
                                 {"decimal", decimal},
                                 {"currency", currency_code},
                                 {"is_zero", is_zero},
                                 {nullptr, nullptr}};

}  // namespace

void open_money(lua_State* lua, const LuaMoney& currency) {
    luaL_newmetatable(lua, kType);
    luaL_setfuncs(lua, kOperators, 0);
    lua_newtable(lua);
    luaL_setfuncs(lua, kMethods, 0);
    lua_setfield(lua, -2, "__index");
    lua_pop(lua, 1);
    auto* own = static_cast<LuaMoney*>(lua_newuserdatauv(lua, sizeof(LuaMoney), 0));
    *own = currency;
    lua_pushcclosure(lua, make, 1);
    lua_setglobal(lua, "money");
}

void push_money(lua_State* lua, const LuaMoney& money) {
    auto* made = static_cast<LuaMoney*>(lua_newuserdatauv(lua, sizeof(LuaMoney), 0));
    *made = money;
    luaL_setmetatable(lua, kType);
}

const LuaMoney* to_money(lua_State* lua, int index) {
    return static_cast<const LuaMoney*>(luaL_testudata(lua, index, kType));
}

LuaMoney in_lua(domain::Minor amount, const domain::Currency& currency) {
    LuaMoney money{amount.count(), currency.exponent, {}};
    currency.code.copy(money.code, sizeof money.code - 1);
    return money;
}

}  // namespace orderhub::flows
