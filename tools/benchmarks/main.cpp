// orderhub-bench NAME [--json], or a part of a bench that another program puts together (parts.hpp)
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <span>
#include <string>
#include <string_view>

#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/parts.hpp"

namespace {

struct Bench {
    std::string_view name;
    void (*measure)(orderhub::bench::Figures&);
};

constexpr std::array kBenches{Bench{"servicing", orderhub::bench::measure_servicing},
                              Bench{"intake", orderhub::bench::measure_intake},
                              Bench{"store", orderhub::bench::measure_store},
                              Bench{"scale", orderhub::bench::measure_scale},
                              Bench{"linking", orderhub::bench::measure_linking},
                              Bench{"deliver", orderhub::bench::measure_deliver},
                              Bench{"slow-peer", orderhub::bench::measure_slow_peer},
                              Bench{"isolation", orderhub::bench::measure_isolation}};

}  // namespace

int main(int argc, char** argv) {
    const std::string_view name = argc > 1 ? argv[1] : "";
    if (name == "load")
        return orderhub::bench::post_orders(
            std::span(argv, static_cast<std::size_t>(argc)).subspan(2));
    if (name == "sink") return orderhub::bench::take_orders();
    const bool json = argc > 2 && std::string_view(argv[2]) == "--json";
    const auto bench = std::ranges::find(kBenches, name, &Bench::name);
    if (bench == kBenches.end() || argc > 3 || (argc == 3 && !json)) {
        fmt::print(stderr,
                   "usage: orderhub-bench servicing|intake|store|scale|linking|deliver|slow-peer|"
                   "isolation [--json]\n");
        return 2;
    }
    try {
        orderhub::bench::Figures figures{std::string(name)};
        bench->measure(figures);
        figures.print(json);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", name, error.what());
        return 1;
    }
}
