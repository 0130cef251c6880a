// What lua_money.cpp says about destructors holds here too: everything between lua_pcall and the
// functions that it calls is plain.
#include "hub/flows/sandbox.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <memory>
#include <new>

#include "hub/flows/lua_library.hpp"
#include "hub/flows/lua_values.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr int kHookEvery = 200;
// Work that no instruction counts: copying and comparing long texts.
constexpr std::size_t kMaxBlock = 4U << 20;
constexpr std::size_t kMaxTraffic = 256U << 20;
constexpr std::int64_t kMaxMicroseconds = 500'000;

std::int64_t used_microseconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1'000'000 + used.tv_nsec / 1'000;
}

struct Box : LuaWorld {
    const ScriptLimits& limits;
    const Script& script;
    std::size_t bytes = 0;
    std::size_t traffic = 0;
    std::uint32_t instructions = 0;
    std::int64_t began = used_microseconds();
    bool too_long = false;

    Box(const Script& of, const Scope& seen, const ScriptLimits& within)
        : LuaWorld{seen}, limits(within), script(of) {}
};

Box& box_of(lua_State* lua) {
    return static_cast<Box&>(world_of(lua));
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
    // Where the running function is, not the one that called it: luaL_error would say the latter.
    luaL_where(lua, 0);
    lua_pushfstring(lua, "it does too much: only %d instructions are allowed",
                    static_cast<int>(box.limits.instructions));
    lua_concat(lua, 2);
    lua_error(lua);
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
        expression = before + "return " + script.text;
        chunk = before + script.text;
        name = "@" + script.file;
    }
};

/// Leaves a function or a message.
int load(lua_State* lua, const Source& source) {
    const auto load_text = [&](const std::string& text) {
        return luaL_loadbufferx(lua, text.data(), text.size(), source.name.c_str(), "t");
    };
    if (load_text(source.expression) == LUA_OK) return LUA_OK;
    const int status = load_text(source.chunk);
    // Of two complaints that one counts which is about what it was meant to be.
    if (status == LUA_OK || source.has_return)
        lua_remove(lua, -2);
    else
        lua_pop(lua, 1);
    return status;
}

int run_protected(lua_State* lua) {
    const auto& source = *static_cast<const Source*>(lua_touserdata(lua, 1));
    lua_settop(lua, 0);
    open_library(lua);
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

Error error_of(lua_State* lua, const Box& box, int status) {
    const std::string place = box.script.file + ":" + std::to_string(box.script.line) + ": ";
    const char* raised = lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1) : nullptr;
    std::string message = raised == nullptr ? place + "it fails without a message" : raised;
    if (box.too_long) return {ErrorKind::Invalid, "script_too_long", std::move(message), {}};
    if (status == LUA_ERRMEM)
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
    *static_cast<LuaWorld**>(lua_getextraspace(lua.get())) = &box;
    lua_pushcfunction(lua.get(), function);
    lua_pushlightuserdata(lua.get(), &source);
    status = lua_pcall(lua.get(), 1, results, 0);
    return lua;
}

}  // namespace

Result<json::value> run_script(const Script& script, const Scope& scope,
                               const ScriptLimits& limits) {
    Box box(script, scope, limits);
    box.random = scope.seed;
    box.currency = in_lua(domain::Minor{}, scope.currency);
    Source source(script);
    int status = LUA_OK;
    const auto lua = call(run_protected, source, box, 1, status);
    if (box.thrown) std::rethrow_exception(box.thrown);
    if (status != LUA_OK) return std::unexpected(error_of(lua.get(), box, status));
    auto value = read_value(lua.get(), -1);
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
    Box box(script, scope, limits);
    Source source(script);
    int status = LUA_OK;
    const auto lua = call(compile_protected, source, box, 0, status);
    if (status != LUA_OK) return std::unexpected(error_of(lua.get(), box, status));
    return {};
}

}  // namespace orderhub::flows
