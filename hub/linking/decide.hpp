// What is made of the scores: a link, suggestions, or nothing.
#pragma once

#include <string>
#include <vector>

#include "hub/linking/score.hpp"

namespace orderhub::linking {

enum class Outcome { none, suggest, auto_link };

struct Link {
    OrderPtr order;
    int score = 0;  ///< 0 to 100
    std::vector<std::string> evidence;
};

struct Verdict {
    Outcome outcome = Outcome::none;
    std::vector<Link> links;  ///< best first; of auto_link, all that the case is about
    std::string reason;       ///< why it is not linked, or why it is
};

Verdict decide(const Scoring& scoring, std::vector<Scored> all);

}  // namespace orderhub::linking
