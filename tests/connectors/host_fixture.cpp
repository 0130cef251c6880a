#include "host_fixture.hpp"

#include <cstdlib>
#include <stdexcept>

namespace orderhub::connectors::test {

namespace {

/// Where the probe runs: ORDERHUB_TEST_ISOLATION, else in this process.
Isolation isolation() {
    const char* const set =
        std::getenv("ORDERHUB_TEST_ISOLATION");  // NOLINT(concurrency-mt-unsafe)
    const std::string_view word = set ? set : "in_process";
    if (word == "sandboxed") return Isolation::sandboxed;
    return word == "process" ? Isolation::process : Isolation::in_process;
}

}  // namespace

HostFixture::HostFixture()
    : library(isolation() == Isolation::in_process ? PROBE_CONNECTOR : PROBE_INSPECTED) {}

json::object HostFixture::get(std::string_view path, json::object more) const {
    more["do"] = "http";
    more["url"] = url + std::string(path);
    return more;
}

json::object HostFixture::post(std::string_view body, json::object more) const {
    more["method"] = "POST";
    more["body"] = body;
    return get("/", std::move(more));
}

InstanceSettings HostFixture::instance_settings() const {
    const json::object config{{"url", url},
                              {"user", "agent"},
                              {"token", "{{secret:token}}"},
                              {"signing", "{{secret:signing}}"}};
    InstanceSettings settings{"probe",
                              library,
                              json::serialize(config),
                              {{"token", std::string(kToken)}, {"signing", std::string(kSigning)}},
                              {url.substr(url.find("//") + 2)}};
    settings.isolation = isolation();
    settings.memory_bytes = std::uint64_t{2} * 1024 * 1024 * 1024;  // for a thousand calls
    return settings;
}

void HostFixture::start(HostSettings settings) {
    if (peer && url.empty()) url = "http://127.0.0.1:" + std::to_string(peer->port());
    if (url.empty()) url = "http://127.0.0.1:" + std::to_string(unused_port());
    settings.process.program = CONNECTOR_PROGRAM;
    host = make_host(std::move(settings), [this](const std::string&, const std::string& key) {
        if (state_is_out) throw std::runtime_error("no connection to the store");
        const auto found = state.find(key);
        return found == state.end() ? std::string() : found->second;
    });
    const auto added = host->add(instance_settings());
    ASSERT_TRUE(added) << added.error().message;
}

std::future<CallResult> HostFixture::begin(json::object payload) {
    auto promise = std::make_shared<std::promise<CallResult>>();
    auto future = promise->get_future();
    probe().execute({"case.note", "key-1", json::serialize(payload), 1, kOwner},
                    [promise](CallResult result) { promise->set_value(std::move(result)); });
    return future;
}

std::string HostFixture::report(json::array steps) {
    const CallResult result = execute({{"steps", std::move(steps)}});
    EXPECT_EQ(result.code, "report") << result.message;
    return result.message;
}

::testing::AssertionResult begins(const std::string& text, std::string_view prefix) {
    if (text.starts_with(prefix)) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure()
           << '"' << text << "\" does not begin with \"" << prefix << '"';
}

}  // namespace orderhub::connectors::test
