#include "tests/simulation/unsteady_store.hpp"

#include <future>
#include <utility>

namespace orderhub::simulation {

namespace {

std::unexpected<Error> unavailable() {
    return fail(ErrorKind::Unavailable, "store_unavailable", "the disk is full");
}

}  // namespace

UnsteadyStore::UnsteadyStore(World& world, const StoreWeather& weather, const std::string& path)
    : world_(world), weather_(weather) {
    store::SqliteSettings settings;
    settings.path = path;
    settings.readers = 1;
    settings.now_ms = [&world] { return world.now(); };
    settings.make_id = [&world](std::string_view prefix) { return world.make_id(prefix); };
    inner_ = store::open_sqlite(settings);
    inner_->watch([this](const routing::NewWork& work) { touched_.insert(work); });
}

void UnsteadyStore::write(Work work, Done done) {
    if (!*runs_) return done(fail(ErrorKind::Unavailable, "store_stopping", "it stops"));
    waiting_.push_back({std::move(work), std::move(done)});
    if (std::exchange(commit_is_due_, true)) return;
    world_.after(world_.chance.between(0, weather_.slowest_commit), [this, runs = runs_] {
        if (*runs) commit();
    });
}

Result<void> UnsteadyStore::read(const Work& work) {
    if (!*runs_ || weather_.cannot_read) return unavailable();
    return inner_->read(work);
}

// The inner store's writer has told the watcher of a unit only when it goes on to the next: an
// empty one at the end makes sure that all of `touched_` is there.
void UnsteadyStore::commit() {
    commit_is_due_ = false;
    const std::deque<Unit> batch = std::exchange(waiting_, {});
    std::deque<Result<void>> results;
    for (const Unit& unit : batch)
        results.push_back(run(unit));
    static_cast<void>(run_inside([](store::Transaction&) -> Result<void> { return {}; }));
    tell(batch, results);
}

void UnsteadyStore::tell(const std::deque<Unit>& batch, const std::deque<Result<void>>& results) {
    const auto runs = runs_;
    for (std::size_t i = 0; i < batch.size() && *runs; ++i)
        if (batch[i].done) batch[i].done(results[i]);
    if (!*runs) return;
    for (const routing::NewWork& work : std::exchange(touched_, {}))
        if (queued_) queued_(work);
}

Result<void> UnsteadyStore::run(const Unit& unit) {
    if (weather_.lies_per_10000 > world_.chance.below(10'000)) return {};
    if (!weather_.is_out && !world_.chance.percent(weather_.fails_percent))
        return run_inside(unit.work);
    // Found out at the beginning, or only when it was to be written.
    if (world_.chance.percent(50)) return unavailable();
    const Result<void> undone = run_inside([&](store::Transaction& transaction) -> Result<void> {
        static_cast<void>(unit.work(transaction));
        return unavailable();
    });
    return undone;
}

Result<void> UnsteadyStore::run_inside(const Work& work) {
    std::promise<Result<void>> outcome;
    inner_->write(work, [&](Result<void> result) { outcome.set_value(std::move(result)); });
    return outcome.get_future().get();
}

void UnsteadyStore::stop() {
    while (*runs_ && !waiting_.empty())
        commit();
    *runs_ = false;
    inner_->stop();
}

void UnsteadyStore::crash() {
    if (!std::exchange(*runs_, false)) return;
    if (!weather_.is_out && world_.chance.percent(50))
        for (const Unit& unit : waiting_)
            static_cast<void>(run(unit));
    waiting_.clear();
    inner_->stop();
}

}  // namespace orderhub::simulation
