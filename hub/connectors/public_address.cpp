#include "hub/connectors/public_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace orderhub::connectors {
namespace {

using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

struct Range {
    std::uint32_t first;
    int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    return a << 24 | b << 16 | c << 8;
}

constexpr std::array kNotPublic{
    Range{v4(0, 0, 0), 8},      Range{v4(10, 0, 0), 8},     Range{v4(100, 64, 0), 10},
    Range{v4(127, 0, 0), 8},    Range{v4(169, 254, 0), 16}, Range{v4(172, 16, 0), 12},
    Range{v4(192, 0, 0), 24},   Range{v4(192, 0, 2), 24},   Range{v4(192, 88, 99), 24},
    Range{v4(192, 168, 0), 16}, Range{v4(198, 18, 0), 15},  Range{v4(198, 51, 100), 24},
    Range{v4(203, 0, 113), 24}, Range{v4(224, 0, 0), 4},    Range{v4(240, 0, 0), 4}};

bool is_public_v4(std::uint32_t address) {
    return std::ranges::none_of(kNotPublic, [&](const Range& range) {
        return (address ^ range.first) >> (32 - range.bits) == 0;
    });
}

std::uint32_t four_bytes(const address_v6::bytes_type& bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
           std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

bool is_public_v6(const address_v6& address) {
    const auto bytes = address.to_bytes();
    const auto begin = four_bytes(bytes, 0);
    if (address.is_v4_mapped()) return is_public_v4(four_bytes(bytes, 12));
    if (begin == 0x0064'ff9b) return is_public_v4(four_bytes(bytes, 12));  // NAT64
    if (begin >> 16 == 0x2002) return is_public_v4(four_bytes(bytes, 2));  // 6to4
    if (begin >> 29 != 1) return false;                   // only 2000::/3 is given out
    return begin != 0x2001'0db8 && begin != 0x2001'0000;  // documentation, Teredo
}

}  // namespace

bool is_public(const boost::asio::ip::address& address) {
    return address.is_v4() ? is_public_v4(address.to_v4().to_uint())
                           : is_public_v6(address.to_v6());
}

}  // namespace orderhub::connectors
