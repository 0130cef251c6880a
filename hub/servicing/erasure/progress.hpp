// How far an erasure is. Internal to servicing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/servicing/desk.hpp"
#include "hub/servicing/erasure/erasing.hpp"
#include "hub/servicing/erasure/redaction.hpp"

namespace orderhub::servicing {

using Counts = std::map<std::string, std::int64_t>;

struct Progress {
    std::size_t phase = 0;  ///< index of a Phase
    std::string after;      ///< where the phase goes on
    PersonalData data;      ///< that is looked for; empty once it is over
    Counts erased, kept;
    Counts left;  ///< work that is not over

    std::string to_text() const;
    static Progress from_text(std::string_view text);
};

/// One erasure within one unit of work.
struct ErasureWork {
    const Work& work;
    ErasureState& erasure;
    ErasureRow& row;
    Progress& progress;
};

/// True once there is nothing left in it; else progress.after says where it goes on.
using Phase = bool (*)(const ErasureWork& work);

// Orders and cases are gone through twice: what is to be looked for is collected first.
bool collect_orders(const ErasureWork& work);
bool collect_cases(const ErasureWork& work);
bool erase_orders(const ErasureWork& work);
bool erase_cases(const ErasureWork& work);
bool erase_customer(const ErasureWork& work);
bool sweep_place(const ErasureWork& work, SweptPlace place);

}  // namespace orderhub::servicing
