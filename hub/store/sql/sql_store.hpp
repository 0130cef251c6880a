// A store over a database: one writer, a pool of readers.
#pragma once

#include <memory>

#include "hub/store/sql/readers.hpp"
#include "hub/store/sql/writer.hpp"

namespace orderhub::store {

class SqlStore final : public Store {
public:
    /// `keeps` lives as long as the store and its connections: what the sessions refer to. `shared`
    /// as Store::shared().
    SqlStore(std::shared_ptr<const void> keeps, std::unique_ptr<WriterSession> session,
             std::uint32_t readers, Readers::Open open_reader, bool shared = false)
        : keeps_(std::move(keeps)),
          shared_(shared),
          readers_(readers, std::move(open_reader)),
          writer_(std::move(session)) {}

    using Store::write;
    void write(Work work, Done done) override { writer_.write(std::move(work), std::move(done)); }
    void offer(std::uint64_t bytes, Work work, Done done) override {
        writer_.offer(bytes, std::move(work), std::move(done));
    }
    Result<void> read(const Work& work) override { return readers_.read(work); }
    Health health() const override { return writer_.health(); }
    Stats stats() const override { return writer_.stats(); }
    void watch(Queued queued) override { writer_.watch(std::move(queued)); }
    void accompany(Accompany accompany) override { writer_.accompany(std::move(accompany)); }
    bool shared() const override { return shared_; }
    bool surely_owns(std::int64_t owner) const override { return writer_.surely_owns(owner); }
    void stop() override { writer_.stop(); }

private:
    const std::shared_ptr<const void> keeps_;
    const bool shared_;
    Readers readers_;
    Writer writer_;
};

}  // namespace orderhub::store
