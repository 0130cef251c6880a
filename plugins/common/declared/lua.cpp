#include "declared/lua.hpp"

#include <cstdlib>
#include <ctime>
#include <exception>
#include <new>

#include "declared/lua_parts.hpp"

namespace orderhub::declared {
namespace {

constexpr int kHookEvery = 200;
constexpr int kMostInstructions = 200'000;
constexpr std::int64_t kMostMicroseconds = 200'000;
constexpr std::size_t kMostBytes = 48U << 20;
// Work that no instruction counts: copying long texts.
constexpr std::size_t kMostBlock = 8U << 20;

std::int64_t used_microseconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1'000'000 + used.tv_nsec / 1'000;
}

}  // namespace

struct Lua::World {
    Find find;                      ///< names of the state's whole life
    const Find* passing = nullptr;  ///< names of one evaluation
    std::size_t bytes = 0;
    int instructions = 0;
    std::int64_t began = 0;
    bool too_long = false;
    const Script* script = nullptr;

    static World& of(lua_State* lua) { return **static_cast<World**>(lua_getextraspace(lua)); }

    const Json* look_up(const char* name, bool passing_only) noexcept {
        try {
            return passing_only ? (*passing)(name) : find(name);
        } catch (...) {
            return nullptr;
        }
    }

    static void* allocate(void* data, void* block, std::size_t old_size, std::size_t new_size) {
        auto& world = *static_cast<World*>(data);
        const std::size_t before = block == nullptr ? 0 : old_size;  // else it is a kind of object
        if (new_size == 0) {
            std::free(block);
            world.bytes -= before;
            return nullptr;
        }
        if (new_size > before &&
            (world.bytes + (new_size - before) > kMostBytes || new_size > kMostBlock))
            return nullptr;
        void* moved = std::realloc(block, new_size);
        if (moved != nullptr) world.bytes = world.bytes + new_size - before;
        return moved;
    }

    static void count(lua_State* lua, lua_Debug*) {
        World& world = of(lua);
        world.instructions += kHookEvery;
        if (world.instructions < kMostInstructions &&
            used_microseconds() - world.began < kMostMicroseconds)
            return;
        world.too_long = true;
        luaL_error(lua, "it does too much");
    }

    /// The environment's __index: a name of one evaluation, else a function or a name of the
    /// state's life.
    static int index(lua_State* lua) {
        World& world = of(lua);
        const char* name = luaL_checkstring(lua, 2);
        const Json* found = world.look_up(name, true);
        int keeper = 1;  // the environment of this evaluation
        if (found == nullptr) {
            lua_pushvalue(lua, 2);
            if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL) return 1;
            keeper = lua_upvalueindex(1);
            found = world.look_up(name, false);
        }
        if (found == nullptr) return 0;
        lua_pushvalue(lua, 2);
        push_value(lua, *found);
        lua_pushvalue(lua, -1);
        lua_insert(lua, -3);
        lua_rawset(lua, keeper);
        return 1;
    }

    static int refuse_new(lua_State* lua) {
        return luaL_error(lua, "'%s' is not local", luaL_tolstring(lua, 2, nullptr));
    }

    /// Leaves the metatable of environments in the registry, at this struct's address.
    static int prepare(lua_State* lua) {
        lua_createtable(lua, 0, 2);
        push_library(lua);
        lua_pushcclosure(lua, index, 1);
        lua_setfield(lua, -2, "__index");
        lua_pushcfunction(lua, refuse_new);
        lua_setfield(lua, -2, "__newindex");
        lua_rawsetp(lua, LUA_REGISTRYINDEX, &of(lua));
        return 0;
    }

    /// Leaves a function; an expression if it is one.
    static void load(lua_State* lua, const Script& script) {
        lua_pushliteral(lua, "return ");
        lua_pushlstring(lua, script.text.data(), script.text.size());
        lua_concat(lua, 2);
        std::size_t size = 0;
        const char* text = lua_tolstring(lua, -1, &size);
        if (luaL_loadbufferx(lua, text, size, "=line", "t") == LUA_OK) return;
        if (luaL_loadbufferx(lua, script.text.data(), script.text.size(), "=line", "t") == LUA_OK)
            return;
        lua_error(lua);
    }

    static int run(lua_State* lua) {
        World& world = of(lua);
        lua_pushfstring(lua, "compiled %s", world.script->text.c_str());
        lua_pushvalue(lua, -1);
        if (lua_rawget(lua, LUA_REGISTRYINDEX) == LUA_TNIL) {
            load(lua, *world.script);
            lua_pushvalue(lua, 1);
            lua_pushvalue(lua, -2);
            lua_rawset(lua, LUA_REGISTRYINDEX);
        }
        lua_newtable(lua);
        lua_rawgetp(lua, LUA_REGISTRYINDEX, &world);
        lua_setmetatable(lua, -2);
        lua_setupvalue(lua, -2, 1);
        lua_sethook(lua, count, LUA_MASKCOUNT, kHookEvery);
        lua_call(lua, 0, 1);
        lua_sethook(lua, nullptr, 0, 0);
        return 1;
    }

    static int compile(lua_State* lua) {
        load(lua, *of(lua).script);
        return 0;
    }

    /// What is on top after a failure.
    std::string failure(lua_State* lua, int status) const {
        if (too_long) return "it does too much";
        if (status == LUA_ERRMEM) return "it needs too much memory";
        return lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1)
                                                : "it fails without a message";
    }
};

Lua::Lua(Find find) : world_(std::make_unique<World>()) {
    world_->find = std::move(find);
    state_ = lua_newstate(&World::allocate, world_.get());
    if (state_ == nullptr) throw std::bad_alloc();
    *static_cast<World**>(lua_getextraspace(state_)) = world_.get();
    lua_pushcfunction(state_, &World::prepare);
    if (lua_pcall(state_, 0, 0, 0) != LUA_OK) {
        lua_close(state_);
        throw std::bad_alloc();
    }
}

Lua::~Lua() {
    lua_close(state_);
}

Json Lua::evaluate(const Script& script, const Find& passing) {
    world_->script = &script;
    world_->passing = &passing;
    world_->instructions = 0;
    world_->too_long = false;
    world_->began = used_microseconds();
    lua_settop(state_, 0);
    lua_pushcfunction(state_, &World::run);
    const int status = lua_pcall(state_, 0, 1, 0);
    if (status != LUA_OK) {
        lua_sethook(state_, nullptr, 0, 0);
        throw ScriptError(script.place + ": " + world_->failure(state_, status));
    }
    try {
        return read_value(state_, -1);
    } catch (const ScriptError& wrong) {
        throw ScriptError(script.place + ": " + wrong.what());
    }
}

void Lua::check(const Script& script) {
    Lua lua([](std::string_view) { return nullptr; });
    lua.world_->script = &script;
    lua_pushcfunction(lua.state_, &World::compile);
    const int status = lua_pcall(lua.state_, 0, 0, 0);
    if (status != LUA_OK)
        throw ScriptError(script.place + ": " + lua.world_->failure(lua.state_, status));
}

}  // namespace orderhub::declared
