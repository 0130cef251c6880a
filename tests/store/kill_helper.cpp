// Works on a store so that tests can kill it. open PATH: opens and ends. write PATH: commits
// numbered units for ever, and prints each number once its commit is done.
#include <cstdio>
#include <string>

#include "hub/store/store.hpp"

namespace {

int write_for_ever(orderhub::store::Store& store) {
    constexpr int kFarMoreThanWanted = 1'000'000;
    for (int i = 0; i < kFarMoreThanWanted; ++i)
        store.write(
            [](orderhub::store::Transaction& unit) -> orderhub::Result<void> {
                const auto number = unit.next_number("kill");
                unit.set_connector_state("kill", std::to_string(number), std::string(500, 'x'));
                return {};
            },
            [i](const orderhub::Result<void>& result) {
                if (!result) return;
                const std::string line = std::to_string(i + 1) + "\n";
                std::fwrite(line.data(), 1, line.size(), stdout);
                std::fflush(stdout);
            });
    store.stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto store = orderhub::store::open_sqlite({.path = argv[2]});
    return std::string(argv[1]) == "write" ? write_for_ever(*store) : 0;
}
