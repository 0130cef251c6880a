// A model of a disk whose power can fail: what was written but not synced is kept apart.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::test {

/// What is left of unsynced writes when the power fails.
enum class Survival {
    nothing,
    everything,  ///< as if only the process had died
    some         ///< any sectors of any of them, in no order
};

/// Files of one folder, by path. Used under its owner's lock.
class PowerDisk {
public:
    /// Takes note of a file before its first use; what is there already is durable.
    void know(const std::string& path, const std::optional<std::string>& content);

    void write(const std::string& path, std::int64_t offset, std::string_view data);
    void truncate(const std::string& path, std::int64_t size);
    /// The file's content is durable; its name only if it was before.
    void sync(const std::string& path);
    void remove(const std::string& path);
    /// Names made and removed are durable.
    void sync_folder();

    /// The files as they are found after the power failed now.
    std::map<std::string, std::string> after_cut(Survival survival, std::uint64_t seed) const;

private:
    struct Change {
        std::int64_t offset = 0;  ///< of the data; or the new size
        std::string data;
        bool is_truncate = false;
    };
    struct File {
        std::string durable;
        std::vector<Change> pending;
        std::optional<std::string> old;  ///< what the durable name still leads to
        bool exists = true;              ///< to those who run
        bool is_name_durable = false;
    };

    static void apply(std::string& content, const Change& change);
    static void apply_some(std::string& content, const Change& change, std::mt19937_64& random,
                           double share);

    std::map<std::string, File> files_;
};

}  // namespace orderhub::test
