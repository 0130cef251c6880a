#include "fit.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "documents/money.hpp"

namespace orderhub::woocommerce {
namespace {

constexpr int kPlaces = 4;  ///< of kParts

std::int64_t rounded(std::int64_t figure) {
    const std::int64_t half = figure < 0 ? -kParts / 2 : kParts / 2;
    return (figure + half) / kParts;
}

}  // namespace

std::int64_t exact(const sdk::Json& figure, const std::string& currency) {
    if (figure.is_null() || figure == sdk::Json("")) return 0;
    return documents::minor_of(documents::shifted(figure.text_or_digits(), kPlaces), currency);
}

std::vector<std::int64_t> fitted(const std::vector<std::int64_t>& figures, std::int64_t sum) {
    std::vector<std::int64_t> units;
    for (const std::int64_t figure : figures)
        units.push_back(rounded(figure));
    std::int64_t left = sum - std::accumulate(units.begin(), units.end(), std::int64_t{0});
    if (left == 0 || std::abs(left) > static_cast<std::int64_t>(units.size())) return units;
    const std::int64_t step = left > 0 ? 1 : -1;
    std::vector<std::size_t> places(units.size());
    std::iota(places.begin(), places.end(), 0);
    const auto lost = [&](std::size_t i) { return (figures[i] - units[i] * kParts) * step; };
    std::ranges::sort(places, [&](std::size_t a, std::size_t b) {
        if ((figures[a] == 0) != (figures[b] == 0)) return figures[b] == 0;
        return lost(a) != lost(b) ? lost(a) > lost(b) : a < b;
    });
    for (std::size_t i = 0; left != 0; ++i, left -= step)
        units[places[i]] += step;
    return units;
}

}  // namespace orderhub::woocommerce
