// Worked examples of every action, for the domain's README.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hub/domain/plan.hpp"

namespace orderhub::domain {

struct Example {
    ActionKind action = ActionKind::cancel;
    std::string what;  ///< a sentence
    Order before;
    std::string request;  ///< the input, as the API takes it
    std::function<Result<Plan>(Order, const Context&)> plan;
};

/// At least one for each action, in the order of ActionKind.
std::vector<Example> examples();

/// As Markdown. Throws std::runtime_error if an example is refused.
std::string render(const std::vector<Example>& examples);
std::string render_status_tables();

}  // namespace orderhub::domain
