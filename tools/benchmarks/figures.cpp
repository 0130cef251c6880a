#include "tools/benchmarks/figures.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace orderhub::bench {

double Times::quantile(double part) const {
    if (values_.empty()) return 0;
    std::vector<double> sorted = values_;
    std::ranges::sort(sorted);
    const auto place = static_cast<std::size_t>(part * static_cast<double>(sorted.size()));
    return sorted[std::min(place, sorted.size() - 1)];
}

void Figures::add(const std::string& of, const std::string& metric, const Times& times) {
    add(of, metric + "_ms", times.quantile(0.5), "ms");
    add(of, metric + "_p99_ms", times.quantile(0.99), "ms");
}

void Figures::print(bool json) const {
    if (json) {
        for (const Figure& each : list_)
            fmt::print(R"({{"bench":"{}","case":"{}","metric":"{}","value":{:.3f},"unit":"{}"}})"
                       "\n",
                       bench_, each.of, each.metric, each.value, each.unit);
        return;
    }
    std::array<double, 3> load{};
    if (getloadavg(load.data(), 3) == 3)
        fmt::print("{}; load average {:.2f} {:.2f} {:.2f}\n", bench_, load[0], load[1], load[2]);
    for (const Figure& each : list_)
        fmt::print("{:<32} {:<18} {:>12.3f} {}\n", each.of, each.metric, each.value, each.unit);
}

double syncs_per_second(const std::string& folder) {
    const std::string path = folder + "/syncs";
    const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return 0;
    std::array<char, 4096> page{};
    constexpr int kWrites = 200;
    int done = 0;
    const auto start = std::chrono::steady_clock::now();
    for (; done < kWrites; ++done)
        if (::pwrite(file, page.data(), page.size(), done * 4096L) < 0 || ::fdatasync(file) != 0)
            break;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ::close(file);
    ::unlink(path.c_str());
    return done / took.count();
}

}  // namespace orderhub::bench
