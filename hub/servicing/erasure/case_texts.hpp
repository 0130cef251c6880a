// What was written in cases that are long closed, deleted by its age.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/servicing/erasure/erasing.hpp"

namespace orderhub::servicing {

struct CaseTextsStep {
    std::string reached;        ///< id of the last case looked at; the next step's `after`
    std::uint64_t deleted = 0;  ///< cases that lost their texts
    bool is_end = false;
};

/// Looks at the next `at_most` cases. Those that are closed and have not changed since the instant
/// lose subject and messages; who wrote, state and links stay. If the desk shows one again with
/// something new, its texts come with it.
CaseTextsStep delete_old_case_texts(ErasureUnit unit, const Settings& settings,
                                    const Request& request, std::string_view after,
                                    std::int64_t before_ms, std::uint32_t at_most);

}  // namespace orderhub::servicing
