#include "hub/flows/runs.hpp"

#include <algorithm>
#include <array>

namespace orderhub::flows {

namespace {

struct Word {
    RunState state;
    std::string_view text;
};

constexpr std::array kWords{
    Word{RunState::ready, "ready"},       Word{RunState::waiting, "waiting"},
    Word{RunState::asking, "asking"},     Word{RunState::failed, "failed"},
    Word{RunState::done, "done"},         Word{RunState::cancelled, "cancelled"},
    Word{RunState::declined, "declined"}, Word{RunState::returned, "returned"},
    Word{RunState::undone, "undone"},
};

}  // namespace

std::string_view to_text(RunState state) {
    return std::ranges::find(kWords, state, &Word::state)->text;
}

std::optional<RunState> run_state(std::string_view text) {
    const auto found = std::ranges::find(kWords, text, &Word::text);
    return found == kWords.end() ? std::nullopt : std::optional(found->state);
}

bool is_over(RunState state) {
    return state > RunState::failed;
}

}  // namespace orderhub::flows
