#include "hub/store/uuid7.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <random>

namespace orderhub::store {

namespace {

// RFC 9562 section 6.2, method 1 with a 12-bit counter: time, counter, then 62 random bits.
struct Stamp {
    std::uint64_t millis = 0;
    std::uint32_t counter = 0;
    std::uint64_t random = 0;
};

Stamp next_stamp(std::uint64_t now) {
    static std::mutex mutex;
    static Stamp last;
    static std::mt19937_64 random{(std::uint64_t{std::random_device{}()} << 32) ^
                                  std::random_device{}()};
    const std::scoped_lock lock(mutex);
    if (now > last.millis) {
        last.millis = now;
        last.counter = static_cast<std::uint32_t>(random() & 0x3ff);
    } else if (++last.counter > 0xfff) {
        ++last.millis;
        last.counter = 0;
    }
    last.random = random();
    return last;
}

}  // namespace

std::string uuid7(std::int64_t now_ms) {
    const Stamp stamp = next_stamp(static_cast<std::uint64_t>(std::max<std::int64_t>(now_ms, 0)));
    const std::uint64_t high = (stamp.millis << 16) | 0x7000 | stamp.counter;
    const std::uint64_t low = (stamp.random & 0x3fffffffffffffff) | 0x8000000000000000;
    std::string text;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) text += '-';
        const std::uint64_t half = nibble < 16 ? high : low;
        text += "0123456789abcdef"[(half >> (60 - 4 * (nibble % 16))) & 0xf];
    }
    return text;
}

}  // namespace orderhub::store
