// What lua_money.cpp says about destructors holds here too: everything between lua_pcall and the
// functions that it calls is plain.
#include "hub/flows/sandbox.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <memory>

#include "hub/flows/lua_money.hpp"
#include "hub/servicing/codec/codec.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr int kHookEvery = 200;
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxValues = 20'000;
// Work that no instruction counts: copying and comparing long texts.
constexpr std::size_t kMaxBlock = 4U << 20;
constexpr std::size_t kMaxTraffic = 256U << 20;
constexpr std::size_t kMaxSearch = 16U << 20;
constexpr std::int64_t kMaxMicroseconds = 500'000;
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

std::int64_t used_microseconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1'000'000 + used.tv_nsec / 1'000;
}

struct Box {
    const Scope& scope;
    const ScriptLimits& limits;
    const Script& script;
    std::size_t bytes = 0;
    std::size_t traffic = 0;
    std::uint32_t instructions = 0;
    std::int64_t began = used_microseconds();
    bool too_long = false;
    bool too_large = false;
    std::uint64_t random = 0;
    LuaMoney currency = {};
    std::exception_ptr thrown = nullptr;
};

Box& box_of(lua_State* lua) {
    return **static_cast<Box**>(lua_getextraspace(lua));
}

void* allocate(void* data, void* block, std::size_t old_size, std::size_t new_size) {
    auto& box = *static_cast<Box*>(data);
    const std::size_t before = block == nullptr ? 0 : old_size;  // else it is a kind of object
    if (new_size == 0) {
        std::free(block);
        box.bytes -= before;
        return nullptr;
    }
    const bool grows = new_size > before;
    box.traffic += new_size;
    if (grows && (box.bytes + (new_size - before) > box.limits.bytes || new_size > kMaxBlock ||
                  box.traffic > kMaxTraffic)) {
        box.too_large = true;
        return nullptr;
    }
    void* moved = std::realloc(block, new_size);
    if (moved != nullptr) box.bytes = box.bytes + new_size - before;
    return moved;
}

void count(lua_State* lua, lua_Debug*) {
    Box& box = box_of(lua);
    box.instructions += kHookEvery;
    if (box.instructions < box.limits.instructions &&
        used_microseconds() - box.began < kMaxMicroseconds)
        return;
    box.too_long = true;
    luaL_error(lua, "it does too much: only %d instructions are allowed",
               static_cast<int>(box.limits.instructions));
}

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

const json::value* look_up(Box& box, const char* name) noexcept {
    try {
        return box.scope.find ? box.scope.find(name) : nullptr;
    } catch (...) {
        box.thrown = std::current_exception();
        return nullptr;
    }
}

/// A global name that is not there yet.
int find_global(lua_State* lua) {
    Box& box = box_of(lua);
    const json::value* found = look_up(box, luaL_checkstring(lua, 2));
    if (box.thrown) return luaL_error(lua, "a value could not be read");
    if (found == nullptr) return 0;
    push(lua, *found, {}, box.currency);
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 1);
    return 1;
}

int now(lua_State* lua) {
    lua_pushinteger(lua, box_of(lua).scope.now_ms / 1000);
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
    std::uint64_t& state = box_of(lua).random;
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
    LuaMoney none = box_of(lua).currency;
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

/// To be called with an environment table on top of the stack; fills it.
void open_libraries(lua_State* lua) {
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
    open_money(lua, box_of(lua).currency);
    lua_pop(lua, 1);
}

/// The text as a chunk: an expression if it is one. Line breaks before it bring its lines to where
/// they stand in the file.
struct Source {
    std::string expression;
    std::string chunk;
    std::string name;
    bool has_return = false;

    explicit Source(const Script& script) : has_return(script.text.contains("return")) {
        const std::string before(static_cast<std::size_t>(std::max(script.line, 1) - 1), '\n');
        expression = before + "return " + script.text + "\n";
        chunk = before + script.text;
        name = "@" + script.file;
    }
};

/// Leaves a function or a message.
int load(lua_State* lua, const Source& source) {
    const auto load_text = [&](const std::string& text) {
        return luaL_loadbufferx(lua, text.data(), text.size(), source.name.c_str(), "t");
    };
    const int status = load_text(source.expression);
    if (status == LUA_OK || !source.has_return) return status;
    lua_pop(lua, 1);
    return load_text(source.chunk);
}

int run_protected(lua_State* lua) {
    const auto& source = *static_cast<const Source*>(lua_touserdata(lua, 1));
    lua_settop(lua, 0);
    open_libraries(lua);
    if (load(lua, source) != LUA_OK) return lua_error(lua);
    lua_sethook(lua, count, LUA_MASKCOUNT, kHookEvery);
    lua_call(lua, 0, 1);
    lua_sethook(lua, nullptr, 0, 0);
    return 1;
}

int compile_protected(lua_State* lua) {
    const auto& source = *static_cast<const Source*>(lua_touserdata(lua, 1));
    return load(lua, source) == LUA_OK ? 0 : lua_error(lua);
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

Error error_of(lua_State* lua, const Box& box) {
    const std::string place = box.script.file + ":" + std::to_string(box.script.line) + ": ";
    const char* raised = lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1) : nullptr;
    std::string message = raised == nullptr ? place + "it fails without a message" : raised;
    if (box.too_long) return {ErrorKind::Invalid, "script_too_long", std::move(message), {}};
    if (box.too_large)
        return {ErrorKind::Invalid, "script_too_large", place + "it needs too much memory", {}};
    return {ErrorKind::Invalid, "script_failed", std::move(message), {}};
}

struct Close {
    void operator()(lua_State* lua) const { lua_close(lua); }
};

/// Calls `function` in a fresh state; the result is on its stack.
std::unique_ptr<lua_State, Close> call(lua_CFunction function, Source& source, Box& box,
                                       int results, int& status) {
    std::unique_ptr<lua_State, Close> lua(lua_newstate(allocate, &box));
    if (!lua) throw std::bad_alloc();
    *static_cast<Box**>(lua_getextraspace(lua.get())) = &box;
    lua_pushcfunction(lua.get(), function);
    lua_pushlightuserdata(lua.get(), &source);
    status = lua_pcall(lua.get(), 1, results, 0);
    return lua;
}

}  // namespace

Result<json::value> run_script(const Script& script, const Scope& scope,
                               const ScriptLimits& limits) {
    Box box{scope, limits, script};
    box.random = scope.seed;
    box.currency = in_lua(domain::Minor{}, scope.currency);
    Source source(script);
    int status = LUA_OK;
    const auto lua = call(run_protected, source, box, 1, status);
    if (box.thrown) std::rethrow_exception(box.thrown);
    if (status != LUA_OK) return std::unexpected(error_of(lua.get(), box));
    auto value = Returned(lua.get()).read(-1);
    if (!value) {
        Error error = value.error();
        error.message = script.file + ":" + std::to_string(script.line) + ": " + error.message;
        return std::unexpected(std::move(error));
    }
    return value;
}

Result<void> compile_script(const Script& script) {
    const Scope scope;
    const ScriptLimits limits;
    Box box{scope, limits, script};
    Source source(script);
    int status = LUA_OK;
    const auto lua = call(compile_protected, source, box, 0, status);
    if (status != LUA_OK) return std::unexpected(error_of(lua.get(), box));
    return {};
}

}  // namespace orderhub::flows
