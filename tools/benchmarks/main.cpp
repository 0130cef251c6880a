// orderhub-bench NAME [--json]
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "tools/benchmarks/benches.hpp"

int main(int argc, char** argv) {
    const std::string_view name = argc > 1 ? argv[1] : "";
    const bool json = argc > 2 && std::string_view(argv[2]) == "--json";
    if (name != "servicing" || argc > 3 || (argc == 3 && !json)) {
        fmt::print(stderr, "usage: orderhub-bench servicing [--json]\n");
        return 2;
    }
    try {
        orderhub::bench::Figures figures{std::string(name)};
        orderhub::bench::measure_servicing(figures);
        figures.print(json);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", name, error.what());
        return 1;
    }
}
