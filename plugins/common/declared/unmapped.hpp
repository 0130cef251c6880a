// What a list gave and no record could be made of: kept in the instance's state, so that it is
// neither lost nor in the way of the others, until the configuration or the document is a better
// one.
#pragma once

#include <orderhub/call.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::declared {

using sdk::Json;

struct Kept {
    Json document;
    std::int64_t observed_ms = 0;
};

/// Of one call: reads the state at the begin, and writes it with each change.
class Unmapped {
public:
    explicit Unmapped(sdk::Call& call);

    /// Throws Stop if there are too many, or if the document is too large to be kept: the list then
    /// stands still.
    void keep(const std::string& name, const std::string& why, const Json& document,
              std::int64_t observed_ms);
    void forget(const std::string& name);
    std::vector<std::string> names() const;
    Kept kept(const std::string& name) const;

private:
    void store();

    sdk::Call& call_;
    Json reasons_;  ///< by name
};

}  // namespace orderhub::declared
