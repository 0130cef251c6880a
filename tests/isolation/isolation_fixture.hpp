// A host with an unruly connector in a process of its own and a neighbour beside it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"
#include "tests/connectors/log_capture.hpp"

namespace orderhub::connectors::test {

class IsolationTest : public ::testing::Test {
protected:
    IsolationTest();
    ~IsolationTest() override { host.reset(); }

    /// Begins again with other settings; nothing is added yet.
    void restart_with(HostSettings with);
    Result<void> add(const std::string& name, Isolation isolation,
                     const std::string& at_create = "", const std::string& library = UNRULY,
                     const std::optional<LibraryTrust>& trust = std::nullopt);
    static InstanceSettings settings_of(const std::string& name, Isolation isolation,
                                        const std::string& at_create, const std::string& library,
                                        const std::optional<LibraryTrust>& trust);

    std::future<CallResult> begin(const std::string& name, const std::string& mode);
    CallResult execute(const std::string& name, const std::string& mode) {
        return begin(name, mode).get();
    }
    std::future<CallResult> receive(const std::string& name, const std::string& mode);
    /// Executes until the connector is there again; nothing if it is not within two minutes.
    std::optional<CallResult> execute_when_up(const std::string& name, const std::string& mode);
    /// Waits until `name` is in this state, after at least so many starts; what it says then.
    ProcessFacts wait_for(const std::string& name, ProcessState state, std::uint64_t starts = 0);
    /// Whether a connector in the hub's own process still answers at once.
    bool neighbour_answers() { return execute("neighbour", "ok").code == "survived"; }

    LogCapture log;
    HostSettings settings;
    std::unique_ptr<Host> host;
};

}  // namespace orderhub::connectors::test
