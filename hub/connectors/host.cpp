#include "hub/connectors/host.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "hub/connectors/editions.hpp"
#include "hub/connectors/instance.hpp"

namespace orderhub::connectors {
namespace {

class ThreadedHost final : public Host {
public:
    ThreadedHost(HostSettings settings, StateReader state)
        : services_{std::move(settings), std::move(state)},
          work_(services_.io.get_executor()),
          thread_([this] { services_.io.run(); }) {}
    ~ThreadedHost() override { stop(); }

    Result<Manifest> inspect(const std::string& library) override { return read_manifest(library); }

    Result<void> add(InstanceSettings settings) override {
        auto edition = make_edition(services_, settings, nullptr);
        if (!edition) return std::unexpected(edition.error());
        if (find(settings.name))
            return fail(ErrorKind::Conflict, "duplicate_name",
                        "there are two connectors named " + settings.name);
        ORDERHUB_TRY(start(*edition, settings.config));
        const std::lock_guard lock(mutex_);
        instances_.emplace(settings.name,
                           std::make_unique<ConfiguredInstance>(services_, std::move(*edition)));
        return {};
    }

    Result<void> reload(InstanceSettings settings) override {
        auto* const instance = find_configured(settings.name);
        if (!instance)
            return fail(ErrorKind::NotFound, "no_such_connector",
                        "There is no connector " + settings.name + ".");
        const std::unique_lock one_at_a_time(reloading_, std::try_to_lock);
        if (!one_at_a_time)
            return fail(ErrorKind::Conflict, "reloading", "A connector is being reloaded.");
        const auto before = instance->current();
        auto next = make_edition(services_, settings, before.get());
        if (!next) return std::unexpected(next.error());
        if ((*next)->context().manifest.name != before->context().manifest.name)
            return fail(ErrorKind::Conflict, "other_connector",
                        settings.library + " is the connector " + (*next)->context().manifest.name +
                            ", not " + before->context().manifest.name);
        ORDERHUB_TRY(start(*next, settings.config));
        stand_aside(*next);
        const auto good = try_out(*next);
        if (good) instance->replace(*next);
        // Nobody knows it any more, or it was never known.
        drain(good ? before : *next);
        if (good) no_longer_aside(*next);
        return good;
    }

    Instance* find(const std::string& name) override { return find_configured(name); }

    std::vector<Instance*> instances() override {
        const std::lock_guard lock(mutex_);
        std::vector<Instance*> all;
        for (const auto& [name, instance] : instances_)
            all.push_back(instance.get());
        return all;
    }

    void stop() override {
        std::call_once(stopped_, [this] {
            services_.gate.close();
            on_connector_thread([this] {
                for (const auto& edition : editions())
                    edition->interrupt();
            });
            const std::lock_guard no_reload(reloading_);
            services_.gate.wait_until_empty();
            draining_.wait_until_empty();
            for (const auto& edition : editions())
                retire(edition);
            on_connector_thread([this] { services_.http.close_idle(); });
            work_.reset();
            thread_.join();
        });
    }

private:
    /// Waits until the connector is made; on the connector thread.
    Result<void> start(const std::shared_ptr<Edition>& edition, const std::string& config) {
        if (!services_.gate.enter())
            return fail(ErrorKind::Unavailable, "stopping", "the hub is being stopped");
        std::promise<Result<void>> promise;
        boost::asio::post(services_.io, [&] {
            edition->start(config,
                           [&promise](Result<void> made) { promise.set_value(std::move(made)); });
        });
        auto made = promise.get_future().get();
        if (!made) retire(edition);
        services_.gate.leave();
        return made;
    }

    ConfiguredInstance* find_configured(const std::string& name) {
        const std::lock_guard lock(mutex_);
        const auto found = instances_.find(name);
        return found == instances_.end() ? nullptr : found->second.get();
    }

    /// Its check; waits for it.
    Result<void> try_out(const std::shared_ptr<Edition>& edition) {
        if (!services_.gate.enter())
            return fail(ErrorKind::Unavailable, "stopping", "the hub is being stopped");
        std::promise<CallResult> promise;
        edition->enter();
        edition->submit(Nothing{},
                        [&promise](CallResult result) { promise.set_value(std::move(result)); });
        const CallResult result = promise.get_future().get();
        if (result.outcome == Outcome::done) return {};
        return fail(ErrorKind::Conflict, "check_failed",
                    "The new version is not used, because its check failed: " + result.code + ": " +
                        result.message);
    }

    void stand_aside(const std::shared_ptr<Edition>& edition) {
        const std::lock_guard lock(mutex_);
        aside_.insert(edition);
    }
    void no_longer_aside(const std::shared_ptr<Edition>& edition) {
        const std::lock_guard lock(mutex_);
        aside_.erase(edition);
    }

    /// Retires it without waiting for that.
    void drain(const std::shared_ptr<Edition>& edition) {
        stand_aside(edition);
        draining_.enter();
        boost::asio::post(services_.io, [this, edition] {
            edition->retire([this, edition] {
                no_longer_aside(edition);
                draining_.leave();
            });
        });
    }

    /// Waits until it is gone.
    void retire(const std::shared_ptr<Edition>& edition) {
        std::promise<void> promise;
        boost::asio::post(services_.io,
                          [&] { edition->retire([&promise] { promise.set_value(); }); });
        promise.get_future().get();
    }

    /// Waits for it, so not to be called on the connector thread itself.
    template <class Body>
    void on_connector_thread(Body body) {
        std::packaged_task<void()> task(std::move(body));
        boost::asio::post(services_.io, [&task] { task(); });
        task.get_future().get();
    }

    std::vector<std::shared_ptr<Edition>> editions() {
        const std::lock_guard lock(mutex_);
        std::vector<std::shared_ptr<Edition>> all;
        for (const auto& [name, instance] : instances_)
            all.push_back(instance->current());
        all.insert(all.end(), aside_.begin(), aside_.end());
        return all;
    }

    Services services_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::mutex reloading_;
    std::mutex mutex_;                          ///< of instances_ and aside_
    std::set<std::shared_ptr<Edition>> aside_;  ///< on trial, or ending their last calls
    Gate draining_;
    std::map<std::string, std::unique_ptr<ConfiguredInstance>> instances_;
    std::once_flag stopped_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Host> make_host(HostSettings settings, StateReader state) {
    return std::make_unique<ThreadedHost>(std::move(settings), std::move(state));
}

}  // namespace orderhub::connectors
