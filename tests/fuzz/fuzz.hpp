// What the fuzz targets share. Each defines LLVMFuzzerTestOneInput.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace orderhub::fuzz {

/// Ends the program, which is how libFuzzer is told of a finding.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Cuts an input into parts at lines of "--", so that a corpus stays readable.
class Parts {
public:
    explicit Parts(std::string_view input) : rest_(input) {}

    /// The next part; empty once all are taken.
    std::string_view next() {
        constexpr std::string_view kCut = "\n--\n";
        const auto end = rest_.find(kCut);
        const auto part = rest_.substr(0, end);
        rest_ = end == rest_.npos ? std::string_view{} : rest_.substr(end + kCut.size());
        return part;
    }

private:
    std::string_view rest_;
};

}  // namespace orderhub::fuzz
