#include "isolation_fixture.hpp"

#include <boost/json.hpp>

namespace orderhub::connectors::test {

namespace {

using std::chrono::milliseconds;
constexpr std::chrono::seconds kPatience{120};

Instance::Done into(const std::shared_ptr<std::promise<CallResult>>& promise) {
    return [promise](CallResult result) { promise->set_value(std::move(result)); };
}

/// Looks again until `found` gives something, at most kPatience long.
template <class Look>
auto patiently(Look found) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    auto value = found();
    // Waiting for a promise that nobody keeps is the pause between two looks.
    std::promise<void> never;
    const auto pause = never.get_future();
    while (!value && std::chrono::steady_clock::now() < end) {
        pause.wait_for(milliseconds(10));
        value = found();
    }
    return value;
}

}  // namespace

IsolationTest::IsolationTest() {
    // What is not about deadlines must not meet one on a busy machine.
    settings.call_deadline = milliseconds(300'000);
    settings.process.start_deadline = milliseconds(60'000);
    settings.process.stop_deadline = milliseconds(60'000);
    settings.process.program = CONNECTOR_PROGRAM;
    settings.process.heartbeat = milliseconds(100);
    settings.process.missed_beats = 600;
    settings.process.overrun = milliseconds(500);
    settings.process.first_pause = milliseconds(10);
    settings.process.longest_pause = milliseconds(200);
    restart_with(settings);
}

void IsolationTest::restart_with(HostSettings with) {
    host = make_host(std::move(with), [](const auto&, const auto&) { return std::string(); });
    const auto added = add("neighbour", Isolation::in_process);
    ASSERT_TRUE(added) << added.error().message;
}

InstanceSettings IsolationTest::settings_of(const std::string& name, Isolation isolation,
                                            const std::string& at_create,
                                            const std::string& library,
                                            const std::optional<LibraryTrust>& trust) {
    const boost::json::object config{{"at_create", at_create},
                                     {"webhook_secret", "{{secret:webhook_secret}}"}};
    InstanceSettings instance{
        name, library, boost::json::serialize(config), {{"webhook_secret", "s3cret-value"}}, {}};
    instance.isolation = isolation;
    instance.memory_bytes = std::uint64_t{256} * 1024 * 1024;
    instance.trust = trust;
    return instance;
}

Result<void> IsolationTest::add(const std::string& name, Isolation isolation,
                                const std::string& at_create, const std::string& library,
                                const std::optional<LibraryTrust>& trust) {
    return host->add(settings_of(name, isolation, at_create, library, trust));
}

std::future<CallResult> IsolationTest::begin(const std::string& name, const std::string& mode) {
    const auto promise = std::make_shared<std::promise<CallResult>>();
    const auto payload = boost::json::serialize(boost::json::object{{"mode", mode}});
    host->find(name)->execute({"case.note", "key-1", payload, 1}, into(promise));
    return promise->get_future();
}

std::future<CallResult> IsolationTest::receive(const std::string& name, const std::string& mode) {
    const auto promise = std::make_shared<std::promise<CallResult>>();
    host->find(name)->receive({"message-1", {}, "text/plain", mode, 0}, into(promise));
    return promise->get_future();
}

std::optional<CallResult> IsolationTest::execute_when_up(const std::string& name,
                                                         const std::string& mode) {
    return patiently([&]() -> std::optional<CallResult> {
        auto result = execute(name, mode);
        if (result.code == "connector_down") return std::nullopt;
        return result;
    });
}

ProcessFacts IsolationTest::wait_for(const std::string& name, ProcessState state,
                                     std::uint64_t starts) {
    const auto found = patiently([&]() -> std::optional<ProcessFacts> {
        const auto facts = host->find(name)->process();
        const bool is_it = facts && facts->state == state && facts->starts >= starts;
        return is_it ? facts : std::nullopt;
    });
    EXPECT_TRUE(found) << name << " is not in that state";
    return found.value_or(ProcessFacts{});
}

}  // namespace orderhub::connectors::test
