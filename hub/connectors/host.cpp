#include "hub/connectors/host.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "hub/connectors/instance.hpp"
#include "hub/connectors/settings_check.hpp"

namespace orderhub::connectors {
namespace {

class ThreadedHost final : public Host {
public:
    ThreadedHost(HostSettings settings, StateReader state)
        : services_{std::move(settings), std::move(state)},
          work_(services_.io.get_executor()),
          thread_([this] { services_.io.run(); }) {}
    ~ThreadedHost() override { stop(); }

    Result<Manifest> inspect(const std::string& library) override {
        auto loaded = load_library(library);
        if (!loaded) return std::unexpected(loaded.error());
        return std::move(loaded->manifest);
    }

    Result<void> add(InstanceSettings settings) override {
        auto library = load_library(settings.library);
        if (!library) return std::unexpected(library.error());
        auto checked = check_settings(library->manifest, settings);
        if (!checked) return std::unexpected(about(settings.name, std::move(checked.error())));
        InstanceContext context{settings.name,
                                library->manifest,
                                std::move(checked->permissions),
                                std::move(checked->secrets),
                                spdlog::default_logger()->clone(settings.name),
                                std::make_shared<RateLimit>(settings.rate)};
        if (library->manifest.oauth2) {
            auto token = AccessToken::make(*library->manifest.oauth2, context.secrets);
            if (!token) return std::unexpected(about(settings.name, std::move(token.error())));
            context.token = std::make_shared<AccessToken>(std::move(*token));
        }
        auto instance =
            std::make_unique<LoadedInstance>(services_, std::move(*library), std::move(context));
        ORDERHUB_TRY(insert(settings.name, std::move(instance), settings.config));
        return {};
    }

    Instance* find(const std::string& name) override {
        const std::lock_guard lock(mutex_);
        const auto found = instances_.find(name);
        return found == instances_.end() ? nullptr : found->second.get();
    }

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
            on_connector_thread([this] { for_each([](LoadedInstance& one) { one.interrupt(); }); });
            services_.gate.wait_until_empty();
            on_connector_thread([this] {
                for_each([](LoadedInstance& one) { one.destroy(); });
                services_.http.close_idle();
            });
            work_.reset();
            thread_.join();
        });
    }

private:
    static Error about(const std::string& name, Error error) {
        error.message = name + ": " + error.message;
        return error;
    }

    Result<void> insert(const std::string& name, std::unique_ptr<LoadedInstance> instance,
                        const std::string& config) {
        if (find(name))
            return fail(ErrorKind::Conflict, "duplicate_name",
                        "there are two connectors named " + name);
        if (!services_.gate.enter())
            return fail(ErrorKind::Unavailable, "stopping", "the hub is being stopped");
        Result<void> created;
        on_connector_thread([&] { created = instance->create(config); });
        if (created) {
            const std::lock_guard lock(mutex_);
            instances_.emplace(name, std::move(instance));
        }
        services_.gate.leave();
        return created;
    }

    /// Waits for it, so not to be called on the connector thread itself.
    template <class Body>
    void on_connector_thread(Body body) {
        std::packaged_task<void()> task(std::move(body));
        boost::asio::post(services_.io, [&task] { task(); });
        task.get_future().get();
    }

    template <class Body>
    void for_each(Body body) {
        const std::lock_guard lock(mutex_);
        for (const auto& [name, instance] : instances_)
            body(*instance);
    }

    Services services_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::mutex mutex_;  ///< of instances_
    std::map<std::string, std::unique_ptr<LoadedInstance>> instances_;
    std::once_flag stopped_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Host> make_host(HostSettings settings, StateReader state) {
    return std::make_unique<ThreadedHost>(std::move(settings), std::move(state));
}

}  // namespace orderhub::connectors
