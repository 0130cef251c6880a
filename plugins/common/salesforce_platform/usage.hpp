// How much of the organisation's daily requests is used up. Every answer says so in a header; who
// can wait stops before those who cannot get none.
#pragma once

#include <cstdint>
#include <optional>
#include <orderhub/http.hpp>
#include <string_view>

namespace orderhub::salesforce {

/// The largest share in `Sforce-Limit-Info: api-usage=18/5000;
/// per-app-api-usage=17/250(appName=x)`, in percent; nothing if none is there.
std::optional<int> used_percent(std::string_view header);

/// What the last answers said. One for each instance, between its calls.
class Usage {
public:
    void note(const sdk::HttpResponse& response, std::int64_t now_ms);

    /// Throws Stop (retry) if more than `most_percent` is used. What was heard ten minutes ago
    /// counts no longer: the next request brings news.
    void must_leave_room(int most_percent, std::int64_t now_ms) const;

private:
    int percent_ = 0;
    std::int64_t heard_at_ms_ = 0;
};

}  // namespace orderhub::salesforce
