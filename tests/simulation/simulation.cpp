#include "tests/simulation/simulation.hpp"

#include <array>
#include <sstream>

#include "tests/simulation/auditor.hpp"
#include "tests/simulation/books.hpp"
#include "tests/simulation/people.hpp"
#include "tests/simulation/temporary_file.hpp"

namespace orderhub::simulation {

namespace {

using std::chrono::milliseconds;

routing::Settings some_settings(World& world) {
    Chance& chance = world.chance;
    routing::Settings settings;
    settings.now_ms = [&world] { return world.now(); };
    settings.backoff.base = milliseconds(chance.between(200, 2'000));
    settings.backoff.cap = milliseconds(chance.between(5, 300) * kSecond);
    settings.max_failures = static_cast<std::uint32_t>(chance.between(3, 20));
    settings.max_age = milliseconds(chance.between(10 * kMinute, 24 * kHour));
    settings.inbox_concurrency = static_cast<std::uint32_t>(chance.between(1, 8));
    settings.trial_calls = static_cast<std::uint32_t>(chance.between(1, 10));
    return settings;
}

std::optional<milliseconds> some_interval(Chance& chance) {
    if (chance.percent(50)) return std::nullopt;
    return milliseconds(chance.between(20, 300) * kSecond);
}

BooksMistakes mistakes_of(Mutation mutation) {
    return {mutation == Mutation::posts_twice, mutation == Mutation::never_asks,
            mutation == Mutation::believes_lies};
}

class Simulation {
public:
    Simulation(std::uint64_t seed, Mutation mutation)
        : world_(seed),
          shop_(world_, some_interval(world_.chance)),
          books_(world_, mistakes_of(mutation)),
          settings_(some_settings(world_)),
          hub_(world_, store_weather_, file_.path(), {&shop_, &books_}, settings_) {
        if (mutation == Mutation::loses_units) store_weather_.lies_per_10000 = 150;
        if (mutation == Mutation::loses_timers)
            hub_.lost_timer.passes_left = static_cast<std::uint64_t>(world_.chance.between(5, 60));
    }

    Verdict run(bool loud) {
        if (loud) world_.be_loud();
        plan();
        hub_.start();
        world_.run_until(start_ + lasts_);
        audit();
        Verdict verdict{world_.seed(), world_.hash(), world_.steps(), auditor_.problems(), {}};
        for (const std::string& each : agent_.problems())
            verdict.problems.push_back(each);
        verdict.last_lines.assign(world_.last_lines().begin(), world_.last_lines().end());
        hub_.leave_down();
        return verdict;
    }

private:
    /// First all but what is refused must come to its end, then that as well.
    void audit() {
        calm_down();
        if (!settle()) return;
        put_right();
        if (!settle()) return;
        agent_.find_out();
        auditor_.all_is_well();
        send_all_again();
    }

    Time some_time() { return world_.chance.between(0, lasts_); }
    void often(std::int64_t least, std::int64_t most, const std::function<void()>& task) {
        for (auto times = world_.chance.between(least, most); times > 0; --times)
            world_.after(some_time(), task);
    }
    std::uint64_t some_trouble() {
        static constexpr std::array<std::uint64_t, 4> kPercent{0, 5, 20, 50};
        return kPercent[world_.chance.below(kPercent.size())];
    }

    void plan() {
        for (Outside* system : systems_)
            plan_weather(*system);
        plan_store();
        plan_people();
        often(0, 3, [this] { hub_.crash(); });
        often(0, 2, [this] { hub_.restart(); });
    }

    void plan_weather(Outside& system) {
        system.weather.fails_percent = some_trouble();
        system.weather.throttles_percent = some_trouble() / 2;
        system.weather.slowest = world_.chance.between(2, 5'000);
        system.calls_at_once = static_cast<std::uint32_t>(world_.chance.between(1, 4));
        system.refuses_percent = some_trouble();
        often(0, 2, [this, &system] {
            system.weather.is_out = true;
            world_.note(system.name() + " is out");
            world_.after(world_.chance.between(kSecond, 20 * kMinute),
                         [&system] { system.weather.is_out = false; });
        });
    }

    void plan_store() {
        store_weather_.fails_percent = some_trouble() / 5;
        store_weather_.slowest_commit = world_.chance.between(0, 50);
        often(0, 3, [this] {
            store_weather_.is_out = true;
            store_weather_.cannot_read = world_.chance.percent(30);
            world_.note("the store is out");
            world_.after(world_.chance.between(100, kMinute), [this] { repair_store(); });
        });
    }

    void repair_store() { store_weather_.is_out = store_weather_.cannot_read = false; }

    void plan_people() {
        const std::uint64_t gives_up = shop_.poll_interval() ? 30 : 0;
        world_.after(0, [=, this] { sender_.send(shop_.order(), gives_up); });
        often(0, 3, [=, this] { sender_.send(shop_.order(), gives_up); });
        often(0, 5, [=, this] {
            if (shop_.orders.empty()) return;
            sender_.send(shop_.change(world_.chance.below(shop_.orders.size())), gives_up);
        });
        often(5, 30, [this] { agent_.act(); });
        often(0, 10, [this] { operator_.look_after_one(); });
        shop_.deadly_body = "deadly";
        shop_.kill_hub = [this] { world_.after(0, [this] { hub_.crash(); }); };
        if (world_.chance.percent(20)) send_unreadable({"wh-deadly", shop_.deadly_body});
        if (world_.chance.percent(20)) send_unreadable({"wh-broken", "<order/>"});
    }

    void send_unreadable(const Webhook& webhook) {
        model_.unreadable.insert(webhook.id);
        world_.after(some_time(), [=, this] { sender_.send(webhook, 0); });
    }

    void calm_down() {
        world_.note("calm");
        for (Outside* system : systems_)
            system->weather = {.slowest = system->weather.slowest};
        store_weather_ = {.lies_per_10000 = store_weather_.lies_per_10000};
        shop_.come_to_rest();
        sender_.hurry();
    }

    void put_right() {
        world_.note("put right");
        for (Outside* system : systems_)
            system->put_right();
        operator_.retry_all();
    }

    /// Lets the world go on until nothing is left to do. False, and a problem, if that takes too
    /// long: then something waits that should not.
    bool settle() {
        const Time longest = 2 * settings_.backoff.cap.count() + 20 * kMinute;
        const Time end = world_.now() + longest;
        while (world_.now() < end) {
            world_.run_until(world_.now() + 10 * kSecond);
            if (hub_.is_up() && sender_.outstanding() == 0 && shop_.has_shown_all() &&
                auditor_.only_parked_work_is_left())
                return true;
        }
        if (!hub_.is_up())
            auditor_.problem("the hub does not come up");
        else
            auditor_.nothing_else_waits();
        auditor_.problem("not settled in time");
        return false;
    }

    /// The hub must know every webhook that it ever took.
    void send_all_again() {
        const auto& counts = *hub_.router().metrics("shop");
        const std::uint64_t before = counts.duplicates;
        for (const auto& [id, body] : model_.accepted)
            hub_.intake("shop", id, body, [](const Result<void>&) {});
        world_.run_until(world_.now() + kSecond);
        const std::uint64_t known = counts.duplicates - before;
        if (known != model_.accepted.size())
            auditor_.problem("of " + std::to_string(model_.accepted.size()) +
                             " webhooks taken the hub knows " + std::to_string(known));
    }

    TemporaryFile file_;
    World world_;
    const Time start_ = world_.now();
    const Time lasts_ = world_.chance.between(5, 60) * kMinute;
    StoreWeather store_weather_;
    Shop shop_;
    Books books_;
    const std::vector<Outside*> systems_{&shop_, &books_};
    const routing::Settings settings_;
    Hub hub_;
    Model model_;
    Sender sender_{world_, hub_, model_};
    Agent agent_{world_, hub_, model_, shop_};
    Operator operator_{world_, hub_, model_};
    Auditor auditor_{hub_, model_, shop_, {&shop_, &books_}};
};

}  // namespace

Verdict simulate(std::uint64_t seed, Mutation mutation, bool loud) {
    return Simulation(seed, mutation).run(loud);
}

std::string report(const Verdict& verdict) {
    std::ostringstream text;
    text << "seed " << verdict.seed << ", step " << verdict.steps << ", trace " << std::hex
         << verdict.hash << std::dec << "\n";
    for (const std::string& each : verdict.problems)
        text << "  " << each << "\n";
    if (!verdict.problems.empty()) {
        text << "the end of the trace:\n";
        for (const std::string& each : verdict.last_lines)
            text << "  " << each << "\n";
        text << "again: simulation_test --seed " << verdict.seed << "\n";
    }
    return text.str();
}

}  // namespace orderhub::simulation
