#include "hub/store/sqlite/readers.hpp"

#include <algorithm>

namespace orderhub::store {

Readers::Reader::Reader(const std::string& path, const std::string& vfs, const Sources& sources)
    : db(path, OpenMode::read_only, vfs), transaction(db, sources) {
    db.execute("PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -2048");
}

Readers::Readers(std::string path, std::string vfs, std::uint32_t limit, const Sources& sources)
    : path_(std::move(path)),
      vfs_(std::move(vfs)),
      limit_(std::max(limit, 1U)),
      sources_(sources) {}

std::unique_ptr<Readers::Reader> Readers::take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return in_use_ < limit_; });
    ++in_use_;
    if (idle_.empty()) return nullptr;
    auto reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
}

void Readers::give_back(std::unique_ptr<Reader> reader) {
    {
        const std::scoped_lock lock(mutex_);
        --in_use_;
        if (reader) idle_.push_back(std::move(reader));
    }
    returned_.notify_one();
}

Result<void> Readers::read(const Store::Work& work) {
    auto reader = take();
    Result<void> result;
    try {
        if (!reader) reader = std::make_unique<Reader>(path_, vfs_, sources_);
        reader->db.execute("BEGIN");
        result = work(reader->transaction);
        reader->db.execute("COMMIT");
    } catch (const StoreFailure& failure) {
        reader.reset();  // closing it ends its transaction; the next read opens a new one
        result = fail(failure.is_outage() ? ErrorKind::Unavailable : ErrorKind::Bug,
                      "store_failure", failure.what());
    } catch (const std::exception& bug) {
        reader.reset();
        result = fail(ErrorKind::Bug, "unit_failed", bug.what());
    }
    give_back(std::move(reader));
    return result;
}

}  // namespace orderhub::store
