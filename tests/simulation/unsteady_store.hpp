// A real store whose commits take simulated time and fail when the weather is bad.
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>

#include "hub/store/store.hpp"
#include "tests/simulation/world.hpp"

namespace orderhub::simulation {

/// How the storage is doing; changed as the world goes on.
struct StoreWeather {
    bool is_out = false;              ///< nothing can be written
    bool cannot_read = false;         ///< and nothing be read
    std::uint64_t fails_percent = 0;  ///< of single units
    Time slowest_commit = 5;
    /// Mutation: so many units in ten thousand are called done and are not.
    std::uint64_t lies_per_10000 = 0;
};

/// Units wait for the next commit, which takes a while; they hear of it all together. Beneath is a
/// store on a file: each unit is a unit of that store, and it runs while everything else waits.
class UnsteadyStore final : public store::Store {
public:
    UnsteadyStore(World& world, const StoreWeather& weather, const std::string& path);
    ~UnsteadyStore() override { crash(); }

    using Store::write;
    void write(Work work, Done done) override;
    Result<void> read(const Work& work) override;
    store::Health health() const override { return {!weather_.is_out, ""}; }
    void watch(Queued queued) override { queued_ = std::move(queued); }
    void stop() override;

    /// The process is killed: what waits is forgotten, or is on disk and nobody was told.
    void crash();
    /// As it is on disk, whatever the weather.
    Result<void> look(const Work& work) { return inner_->read(work); }

private:
    struct Unit {
        Work work;
        Done done;
    };

    void commit();
    Result<void> run(const Unit& unit);
    Result<void> run_inside(const Work& work);
    void tell(const std::deque<Unit>& batch, const std::deque<Result<void>>& results);

    World& world_;
    const StoreWeather& weather_;
    std::unique_ptr<store::Store> inner_;
    std::deque<Unit> waiting_;
    std::set<routing::NewWork> touched_;
    Queued queued_;
    bool commit_is_due_ = false;
    std::shared_ptr<bool> runs_ = std::make_shared<bool>(true);
};

}  // namespace orderhub::simulation
