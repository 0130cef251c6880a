// How busy the system says it is. Answers carry its load; who can wait, waits.
#pragma once

#include <cstdint>
#include <orderhub/http.hpp>

namespace orderhub::b2c_commerce {

/// What the last answers said. One for each instance, between its calls.
class Load {
public:
    void note(const sdk::HttpResponse& response, std::int64_t now_ms);

    /// Throws Stop (retry) while the system throttles, for a minute after it said so.
    void must_be_bearable(std::int64_t now_ms) const;

private:
    std::int64_t throttled_at_ms_ = 0;
};

}  // namespace orderhub::b2c_commerce
