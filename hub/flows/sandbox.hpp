// Lua 5.4 for conditions and small computations: no input, no output, no time but the run's,
// bounded work and memory. Money is a type of its own.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "hub/domain/money.hpp"
#include "hub/domain/result.hpp"
#include "hub/flows/definition.hpp"

namespace orderhub::flows {

/// What a script may see.
struct Scope {
    /// The value of a name, or null if there is none; asked for once at most for each run of a
    /// script, and only for names that it uses. The value outlives the run.
    ///
    /// Text under a member named as amounts are (inc, amount, balance_due ...) and objects
    /// {"amount","currency"} become money.
    std::function<const boost::json::value*(std::string_view name)> find;
    /// Of amounts that name none; its code is empty if there is no order.
    domain::Currency currency;
    std::int64_t now_ms = 0;  ///< what now() gives
    std::uint64_t seed = 0;   ///< what random() begins with
};

struct ScriptLimits {
    std::uint32_t instructions = 200'000;
    std::size_t bytes = 32U << 20;
};

/// Runs a script in a state of its own and gives what it returns; money as {"amount","currency"}.
/// Any thread. Error: Invalid "script_failed", "script_too_long" (instructions), "script_too_large"
/// (memory); the message begins with FILE:LINE. Exceptions of Scope::find are passed on.
Result<boost::json::value> run_script(const Script& script, const Scope& scope,
                                      const ScriptLimits& limits = {});

/// Whether it is Lua at all. Error: Invalid "script_failed" with FILE:LINE.
Result<void> compile_script(const Script& script);

}  // namespace orderhub::flows
