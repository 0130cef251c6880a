// `orderhub linking match` and `orderhub linking evaluate`: without a hub, on files.
#pragma once

#include <optional>
#include <string>

#include "hub/linking/match.hpp"
#include "hub/runtime/linking_reader.hpp"

namespace orderhub::runtime {

/// How well decisions fit gold.json. A link or suggestion is right if gold has it.
struct LinkingFigures {
    int cases = 0;
    int with_order = 0;  ///< gold names an order
    int determined = 0;  ///< of those, the text tells which
    int auto_linked = 0;
    int auto_right = 0;     ///< each link is right
    int auto_recalled = 0;  ///< of the determined: linked, with all orders of gold and no other
    int suggested = 0;
    int suggested_with_order = 0;
    int top_1 = 0;  ///< of those suggested with an order: the first is right
    int top_5 = 0;  ///< one of five is right
    int none = 0;
    int none_with_order = 0;
    int found = 0;  ///< of those with an order: linked or suggested among the first five
    struct Confusion {
        std::string case_id;
        std::string decision;
        std::vector<std::string> given;
        std::vector<std::string> gold;
        std::string reason;
    };
    std::vector<Confusion> confusions;  ///< wrong links, and orders that were not found
};

LinkingFigures judge(const LinkingInput& input, const Gold& gold,
                     const std::set<std::string>& undetermined,
                     const std::vector<linking::Verdict>& verdicts);

/// The decision of every case, in their order.
std::vector<linking::Verdict> match_all(const LinkingInput& input,
                                        const linking::Settings& settings);

/// Prints one JSON object a case. `config_file`: linking.yaml, or empty for what is built in.
/// Returns the exit code.
int match_cases(const std::string& folder, const std::string& config_file);
/// Prints the figures, as text or as one JSON object.
int evaluate_linking(const std::string& folder, const std::string& config_file, bool json);

}  // namespace orderhub::runtime
