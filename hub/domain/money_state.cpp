#include "hub/domain/money_state.hpp"

#include <algorithm>
#include <array>

namespace orderhub::domain {

namespace {

struct Move {
    MoneyState from;
    MoneyState to;
};

constexpr std::array kMoves{
    Move{MoneyState::intent, MoneyState::reserved},
    Move{MoneyState::reserved, MoneyState::sent},
    Move{MoneyState::reserved, MoneyState::pending},    // the provider told before it answered
    Move{MoneyState::reserved, MoneyState::succeeded},  // likewise
    Move{MoneyState::reserved, MoneyState::failed},     // likewise, or a person dropped it
    Move{MoneyState::sent, MoneyState::reserved},       // the call surely did nothing
    Move{MoneyState::sent, MoneyState::unknown},
    Move{MoneyState::sent, MoneyState::pending},
    Move{MoneyState::sent, MoneyState::succeeded},
    Move{MoneyState::sent, MoneyState::failed},
    Move{MoneyState::unknown, MoneyState::sent},  // looked up, not there: again, same key
    Move{MoneyState::unknown, MoneyState::pending},
    Move{MoneyState::unknown, MoneyState::succeeded},
    Move{MoneyState::unknown, MoneyState::failed},
    Move{MoneyState::pending, MoneyState::succeeded},
    Move{MoneyState::pending, MoneyState::failed},
};

constexpr std::array kStates{MoneyState::intent,  MoneyState::reserved, MoneyState::sent,
                             MoneyState::unknown, MoneyState::pending,  MoneyState::succeeded,
                             MoneyState::failed};

constexpr bool is_final(MoneyState state) {
    return state == MoneyState::succeeded || state == MoneyState::failed;
}

constexpr bool is_move(MoneyState from, MoneyState to) {
    return std::ranges::any_of(
        kMoves, [&](const Move& each) { return each.from == from && each.to == to; });
}

/// Whether `to` can be reached in any number of moves.
constexpr bool leads_to(MoneyState from, MoneyState to) {
    std::array<bool, kStates.size()> reached{};
    reached[static_cast<std::size_t>(from)] = true;
    for (std::size_t round = 0; round < kStates.size(); ++round)
        for (const Move& each : kMoves)
            if (reached[static_cast<std::size_t>(each.from)])
                reached[static_cast<std::size_t>(each.to)] = true;
    return reached[static_cast<std::size_t>(to)];
}

static_assert(kStates.size() == static_cast<std::size_t>(MoneyState::failed) + 1);
static_assert(std::ranges::none_of(kMoves,
                                   [](const Move& each) {
                                       return is_final(each.from) || each.from == each.to;
                                   }),
              "what has ended stays as it is");
static_assert(std::ranges::all_of(kStates,
                                  [](MoneyState state) {
                                      return leads_to(MoneyState::intent, state);
                                  }),
              "no state is out of reach");
static_assert(std::ranges::all_of(kStates,
                                  [](MoneyState state) {
                                      return is_final(state) ||
                                             (leads_to(state, MoneyState::succeeded) &&
                                              leads_to(state, MoneyState::failed));
                                  }),
              "money is never stuck: from every open state it can succeed and fail");
static_assert(std::ranges::none_of(kStates,
                                   [](MoneyState state) {
                                       return is_move(state, MoneyState::intent) ||
                                              is_move(MoneyState::unknown, MoneyState::reserved);
                                   }),
              "nothing starts anew");

}  // namespace

bool may_become(MoneyState from, MoneyState to) {
    return is_move(from, to);
}

bool may_bounce(MoneyState from, MoneyState to) {
    return from == MoneyState::succeeded && to == MoneyState::failed;
}

bool is_open(MoneyState state) {
    return !is_final(state);
}

bool holds(MoneyState state) {
    return state != MoneyState::failed;
}

}  // namespace orderhub::domain
