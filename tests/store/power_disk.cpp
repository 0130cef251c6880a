#include "tests/store/power_disk.hpp"

#include <algorithm>

namespace orderhub::test {

namespace {

constexpr std::int64_t kSector = 512;

void put(std::string& content, std::int64_t offset, std::string_view data) {
    const auto begin = static_cast<std::size_t>(offset);
    if (content.size() < begin + data.size()) content.resize(begin + data.size(), '\0');
    std::ranges::copy(data, content.begin() + offset);
}

}  // namespace

void PowerDisk::know(const std::string& path, const std::optional<std::string>& content) {
    const auto [place, is_new] = files_.try_emplace(path);
    File& file = place->second;
    if (!is_new && file.exists) return;
    if (is_new && content) {
        file.durable = *content;
        file.is_name_durable = true;
        return;
    }
    // Made anew under the name of one whose removal may not be durable.
    if (file.is_name_durable && !file.old) file.old = file.durable;
    file.exists = true;
    file.durable.clear();
    file.pending.clear();
}

void PowerDisk::write(const std::string& path, std::int64_t offset, std::string_view data) {
    files_[path].pending.push_back({offset, std::string(data), false});
}

void PowerDisk::truncate(const std::string& path, std::int64_t size) {
    files_[path].pending.push_back({size, {}, true});
}

void PowerDisk::sync(const std::string& path) {
    File& file = files_[path];
    for (const auto& change : file.pending)
        apply(file.durable, change);
    file.pending.clear();
}

void PowerDisk::remove(const std::string& path) {
    files_[path].exists = false;
}

void PowerDisk::sync_folder() {
    for (auto& [path, file] : files_) {
        file.is_name_durable = file.exists;
        file.old.reset();
    }
}

void PowerDisk::apply(std::string& content, const Change& change) {
    if (change.is_truncate)
        content.resize(static_cast<std::size_t>(change.offset), '\0');
    else
        put(content, change.offset, change.data);
}

// A write reaches the disk sector by sector, in any order and perhaps not at all.
void PowerDisk::apply_some(std::string& content, const Change& change, std::mt19937_64& random,
                           double share) {
    std::bernoulli_distribution survives(share);
    if (change.is_truncate) {
        if (survives(random)) apply(content, change);
        return;
    }
    const auto size = static_cast<std::int64_t>(change.data.size());
    for (std::int64_t at = 0; at < size;) {
        const auto rest_of_sector = kSector - (change.offset + at) % kSector;
        const auto length = std::min(rest_of_sector, size - at);
        if (survives(random))
            put(content, change.offset + at,
                std::string_view(change.data)
                    .substr(static_cast<std::size_t>(at), static_cast<std::size_t>(length)));
        at += length;
    }
}

std::map<std::string, std::string> PowerDisk::after_cut(Survival survival,
                                                        std::uint64_t seed) const {
    std::mt19937_64 random(seed);
    std::bernoulli_distribution coin(0.5);
    const double share = std::uniform_real_distribution<double>(0.05, 0.95)(random);
    std::map<std::string, std::string> found;
    for (const auto& [path, file] : files_) {
        bool is_there = file.is_name_durable;
        const bool is_now =
            survival == Survival::everything || (survival == Survival::some && coin(random));
        if (is_now) is_there = file.exists;
        if (!is_there) continue;
        if (file.old && !is_now) {
            found.emplace(path, *file.old);
            continue;
        }
        std::string content = file.durable;
        for (const auto& change : file.pending) {
            if (survival == Survival::everything) apply(content, change);
            if (survival == Survival::some) apply_some(content, change, random, share);
        }
        found.emplace(path, std::move(content));
    }
    return found;
}

}  // namespace orderhub::test
