#include "hub/linking/order.hpp"

#include <algorithm>
#include <array>

#include "hub/linking/fold.hpp"

namespace orderhub::linking {

Progress progress_of(std::string_view status) {
    struct Known {
        std::string_view part;
        Progress progress;
    };
    // The first that is part of the word counts: "partially_delivered" is on its way still.
    constexpr auto kKnown = std::to_array<Known>({{"cancel", Progress::cancelled},
                                                  {"void", Progress::cancelled},
                                                  {"storn", Progress::cancelled},
                                                  {"refund", Progress::returned},
                                                  {"return", Progress::returned},
                                                  {"partial", Progress::shipped},
                                                  {"out_for", Progress::shipped},
                                                  {"transit", Progress::shipped},
                                                  {"unfulfil", Progress::open},
                                                  {"ship", Progress::shipped},
                                                  {"dispatch", Progress::shipped},
                                                  {"sent", Progress::shipped},
                                                  {"deliver", Progress::delivered},
                                                  {"complete", Progress::delivered},
                                                  {"fulfil", Progress::delivered},
                                                  {"closed", Progress::delivered}});
    std::string word = fold(status);
    std::ranges::replace(word, ' ', '_');
    std::ranges::replace(word, '-', '_');
    if (word.empty()) return Progress::unknown;
    for (const Known& each : kKnown)
        if (word.find(each.part) != word.npos) return each.progress;
    return Progress::open;
}

}  // namespace orderhub::linking
