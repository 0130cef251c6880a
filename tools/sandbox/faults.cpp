#include "faults.hpp"

#include <algorithm>

#include "http_types.hpp"
#include "shopper.hpp"

namespace orderhub::sandbox {
namespace {

constexpr std::string_view kModes[] = {"latency",          "status_429",    "status_500_before",
                                       "status_500_after", "reset_before",  "reset_after",
                                       "half_close",       "slow_body",     "wrong_json",
                                       "ok_without_doing", "timeout_after", "reply"};

Fault read_rule(const json::object& from) {
    Fault rule;
    rule.system = text_of(from, "system");
    rule.match = text_of(from, "match");
    rule.mode = text_of(from, "mode");
    rule.times = int_of(from, "times", 1);
    rule.delay_ms = int_of(from, "delay_ms", 0);
    rule.retry_after = int_of(from, "retry_after", 1);
    rule.status = int_of(from, "status", 200);
    rule.body = text_of(from, "body");
    if (std::find(std::begin(kModes), std::end(kModes), rule.mode) == std::end(kModes)) {
        throw BadControl("unknown fault mode " + rule.mode);
    }
    return rule;
}

}  // namespace

void Faults::add(const json::value& rules) {
    const json::array list = rules.is_array() ? rules.get_array() : json::array{rules};
    std::vector<Fault> read;
    for (const auto& one : list)
        read.push_back(read_rule(one.as_object()));
    const std::lock_guard lock(mutex_);
    rules_.insert(rules_.end(), read.begin(), read.end());
}

void Faults::clear() {
    const std::lock_guard lock(mutex_);
    rules_.clear();
    down_.clear();
}

std::optional<Fault> Faults::take(const std::string& system, const std::string& operation) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const Fault& rule) {
        return (rule.system.empty() || rule.system == system) &&
               operation.find(rule.match) != std::string::npos;
    });
    if (found == rules_.end()) return std::nullopt;
    Fault fault = *found;
    if (--found->times <= 0) rules_.erase(found);
    return fault;
}

json::array Faults::left() const {
    const std::lock_guard lock(mutex_);
    json::array out;
    for (const Fault& rule : rules_) {
        out.push_back(json::object{{"system", rule.system},
                                   {"match", rule.match},
                                   {"mode", rule.mode},
                                   {"times", rule.times},
                                   {"delay_ms", rule.delay_ms},
                                   {"retry_after", rule.retry_after}});
    }
    return out;
}

void Faults::set_down(const std::string& system, bool down, const std::string& mode) {
    const std::lock_guard lock(mutex_);
    if (down) {
        down_[system] = mode == "503" ? "503" : "close";
    } else {
        down_.erase(system);
    }
}

std::string Faults::down_mode(const std::string& system) const {
    const std::lock_guard lock(mutex_);
    const auto found = down_.find(system);
    return found == down_.end() ? "" : found->second;
}

}  // namespace orderhub::sandbox
