// Searches as the API answers them.
#pragma once

#include <functional>
#include <string>

#include "hub/store/store.hpp"
#include "tools/benchmarks/figures.hpp"

namespace orderhub::bench {

/// Times 2,000 searches for orders, each with its page from one snapshot; `next` gives what is
/// searched for. Throws std::runtime_error if one finds nothing.
void measure_searches(Figures& figures, store::Store& store, const std::string& by,
                      const std::function<std::string()>& next);

}  // namespace orderhub::bench
