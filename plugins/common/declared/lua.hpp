// Lua 5.4 for expressions of a configuration: no input, no output, no clock, bounded work and
// memory. It knows numbers that are whole, texts, lists and tables; a number with a fraction is a
// text here, so that nothing is rounded.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <orderhub/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

struct lua_State;

namespace orderhub::declared {

using sdk::Json;

/// An expression that cannot be compiled, fails, does too much or gives something that is no
/// document. Its words begin with the expression's place.
struct ScriptError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Script {
    std::string text;   ///< an expression, or lines with a return
    std::string place;  ///< the configuration key that holds it
};

/// A state that lives as long as the documents whose names it knows: each name is made a Lua value
/// once.
class Lua {
public:
    /// The value of a name, or null; what it points to outlives the state.
    using Find = std::function<const Json*(std::string_view name)>;

    explicit Lua(Find find);
    ~Lua();
    Lua(const Lua&) = delete;
    Lua& operator=(const Lua&) = delete;

    /// What the expression gives; null for nothing. `passing` are names that hold for this
    /// evaluation only. Throws ScriptError.
    Json evaluate(const Script& script, const Find& passing);

    /// Throws ScriptError if it is not Lua.
    static void check(const Script& script);

private:
    struct World;
    std::unique_ptr<World> world_;
    lua_State* state_ = nullptr;
};

}  // namespace orderhub::declared
