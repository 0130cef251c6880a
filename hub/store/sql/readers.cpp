#include "hub/store/sql/readers.hpp"

#include <algorithm>

namespace orderhub::store {

Readers::Readers(std::uint32_t limit, Open open)
    : limit_(std::max(limit, 1U)), open_(std::move(open)) {}

std::unique_ptr<ReadSession> Readers::take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return in_use_ < limit_; });
    ++in_use_;
    if (idle_.empty()) return nullptr;
    auto reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
}

void Readers::give_back(std::unique_ptr<ReadSession> reader) {
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
        if (!reader) reader = open_();
        reader->begin();
        reader->transaction().narrow({});
        result = work(reader->transaction());
        reader->end();
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
