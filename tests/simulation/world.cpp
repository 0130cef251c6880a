#include "tests/simulation/world.hpp"

#include <cstdio>

namespace orderhub::simulation {

namespace {

constexpr std::size_t kLinesKept = 60;

}  // namespace

// SplitMix64, by Sebastiano Vigna: the standard library's distributions differ between versions.
std::uint64_t Chance::number() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

std::int64_t Chance::between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least + 1)));
}

void World::after(Time delay, Task task) {
    tasks_.emplace(std::pair(now_ + delay, put_++), std::move(task));
}

bool World::step() {
    if (tasks_.empty()) return false;
    auto next = tasks_.extract(tasks_.begin());
    now_ = next.key().first;
    ++steps_;
    next.mapped()();
    return true;
}

void World::run_until(Time end) {
    while (!tasks_.empty() && tasks_.begin()->first.first <= end)
        step();
    now_ = end;
}

std::string World::make_id(std::string_view prefix) {
    std::string number = std::to_string(++ids_);
    number.insert(0, 10 - number.size(), '0');
    return std::string(prefix) + "_" + number;
}

void World::note(const std::string& line) {
    const std::string whole = std::to_string(now_) + " " + line;
    for (const char c : whole)
        hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
    if (loud_) std::fprintf(stderr, "%s\n", whole.c_str());
    last_lines_.push_back(whole);
    if (last_lines_.size() > kLinesKept) last_lines_.pop_front();
}

}  // namespace orderhub::simulation
