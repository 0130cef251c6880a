// How often somebody may try to sign in.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace orderhub::http {

/// Failed attempts in a row, by name and by address, whether the name is a user's or not. Kept in
/// memory: a restart forgets them. Any thread.
class Attempts {
public:
    static constexpr std::uint32_t kByName = 5;
    static constexpr std::uint32_t kByAddress = 50;
    static constexpr std::int64_t kLockMs = 15 * 60 * 1000;

    /// How long this one has to wait, in milliseconds; 0: may try now.
    std::int64_t wait_ms(std::string_view name, std::string_view address, std::int64_t now_ms);
    /// True if this failure is the one that locks.
    bool failed(std::string_view name, std::string_view address, std::int64_t now_ms);
    void succeeded(std::string_view name);

private:
    struct Count {
        std::uint32_t failures = 0;
        std::int64_t last_ms = 0;
    };

    bool count(const std::string& key, std::uint32_t most, std::int64_t now_ms);
    std::int64_t wait_of(const std::string& key, std::uint32_t most, std::int64_t now_ms) const;
    void forget_old(std::int64_t now_ms);

    std::mutex mutex_;
    std::map<std::string, Count> counts_;  ///< "n:NAME" and "a:ADDRESS"
};

}  // namespace orderhub::http
