#include "load.hpp"

namespace orderhub::b2c_commerce {
namespace {

constexpr std::int64_t kPauseMs = 60'000;

}  // namespace

void Load::note(const sdk::HttpResponse& response, std::int64_t now_ms) {
    const std::string_view status = response.header("sfdc_load_status");
    if (status == "THROTTLE")
        throttled_at_ms_ = now_ms;
    else if (!status.empty() || response.ok())
        throttled_at_ms_ = 0;
}

void Load::must_be_bearable(std::int64_t now_ms) const {
    const std::int64_t age = now_ms - throttled_at_ms_;
    if (throttled_at_ms_ == 0 || age < 0 || age >= kPauseMs) return;
    throw sdk::retry("load", "the system sheds load; polling waits",
                     static_cast<std::uint64_t>(kPauseMs - age));
}

}  // namespace orderhub::b2c_commerce
