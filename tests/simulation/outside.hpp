// An outside system and its connector: what goes wrong on the way, and a ledger of what was done.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/routing/ports.hpp"
#include "tests/simulation/world.hpp"

namespace orderhub::simulation {

/// Money in minor units.
using Minor = std::int64_t;

/// Something that was done in an outside system, as it wrote it down itself.
struct Effect {
    std::string key;      ///< of the command, or the document's number where no key is taken
    std::string kind;     ///< of the command
    std::string subject;  ///< the order's number
    Minor amount = 0;
    Time at = 0;
};

/// How a system is doing; changed as the world goes on.
struct Weather {
    bool is_out = false;
    std::uint64_t throttles_percent = 0;
    std::uint64_t fails_percent = 0;  ///< of calls, in one of the ways of Mishap
    Time slowest = 200;
};

enum class Mishap {
    none,
    unreachable,
    throttled,
    error_before,  ///< 500, nothing was done
    error_after,   ///< 500, and yet it was done
    cut_before,    ///< the connection ends before the request was read
    cut_after,     ///< or before the answer was complete
    lie,           ///< 200, and nothing was done
};

/// A connector of the hub and the system behind it. Outlives the hub's processes.
class Outside : public routing::Caller {
public:
    Outside(World& world, std::string name) : world_(world), name_(std::move(name)) {}

    std::string name() const override { return name_; }
    std::uint32_t concurrency() const override { return calls_at_once; }
    std::optional<std::chrono::milliseconds> poll_interval() const override { return {}; }
    void receive(const routing::InboxMessage& message, Done done) override;
    void poll(const std::string& cursor, Done done) override;

    Weather weather;
    std::uint32_t calls_at_once = 4;
    std::vector<Effect> ledger;
    /// Commands that it refuses until somebody puts right what is wrong there.
    std::uint64_t refuses_percent = 0;
    /// Everything refused is accepted from now on.
    void put_right();

protected:
    using Answer = std::function<void(routing::CallResult)>;
    /// Does it in the outside system and says what that answers.
    using Perform = std::function<routing::CallResult()>;

    /// Chance decides, once per call.
    Mishap mishap(bool can_lie);
    /// One request. A system that is `safe_late` may get to it after the hub's process is gone.
    void request(Mishap how, bool safe_late, Perform perform, Answer answer);
    bool refuses(const std::string& key);
    /// What a process that is gone must not hear any more is kept from it.
    Done for_this_life(Done done) const;

    World& world_;

private:
    const std::string name_;
    std::map<std::string, bool> refused_;
};

routing::CallResult failed(routing::Outcome outcome, const std::string& code,
                           std::optional<std::chrono::milliseconds> after = {});

/// "12.34", as minor units. The simple model has decimal text of its own.
Minor minor_of(std::string_view decimal);
std::string decimal_of(Minor amount);

}  // namespace orderhub::simulation
