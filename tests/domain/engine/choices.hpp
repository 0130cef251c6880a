// Reads a recipe's numbers one by one. When they are used up all further ones are 0, which always
// means the simplest choice.
#pragma once

#include <cstdint>
#include <span>

#include "hub/domain/money.hpp"

namespace orderhub::domain {

class Choices {
public:
    explicit Choices(std::span<const std::uint8_t> numbers) : numbers_(numbers) {}

    /// 0 to n - 1; 0 if there is nothing to choose from.
    std::int64_t below(std::int64_t n) {
        if (n <= 1) return 0;
        return n <= 256 ? next() % n : word() % n;
    }
    bool chance(int percent) { return next() % 100 >= 100 - percent; }
    /// 0 to 65,535 minor units, often round.
    Minor amount() {
        const std::int64_t value = word();
        return Minor{value % 3 == 0 ? value / 100 * 100 : value};
    }
    /// 1 to `most`, at least 1.
    Minor up_to(Minor most) { return Minor{1 + below(most.count())}; }

    template <class List>
    auto& of(List& list) {
        return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(std::size(list))))];
    }

private:
    std::int64_t next() { return place_ < numbers_.size() ? numbers_[place_++] : 0; }
    std::int64_t word() {
        const std::int64_t low = next();
        return low + 256 * next();
    }

    std::span<const std::uint8_t> numbers_;
    std::size_t place_ = 0;
};

}  // namespace orderhub::domain
