// orderhub-connector: one connector in a process of its own. Started by the hub only: the socket to
// it is open as 3, the connector's library as 4, the memory of its RunningCall as 5.
#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "hub/connectors/child/confinement.hpp"
#include "hub/connectors/child/lent.hpp"
#include "hub/connectors/child/loaded_connector.hpp"

namespace {

using namespace orderhub::connectors;

constexpr int kSocket = 3;
constexpr int kLibrary = 4;
constexpr int kRunning = 5;

/// What the frame `load` says.
struct Wanted {
    bool is_sandboxed = false;
    std::uint64_t memory_bytes = 0;
    std::uint64_t files = 0;
    std::string config;
};

Wanted wanted_of(const Frame& frame) {
    FieldReader fields(frame);
    Wanted wanted;
    wanted.is_sandboxed = fields.number() != 0;
    wanted.memory_bytes = fields.number();
    wanted.files = fields.number();
    wanted.config = fields.text();
    return wanted;
}

struct Refusal {
    const char* code = "";
    std::string words;
};

Refusal load(LoadedConnector& connector, const Wanted& wanted) {
    if (auto words = limit_resources(wanted.memory_bytes, wanted.files); !words.empty())
        return {"no_limits", words};
    if (wanted.is_sandboxed)
        if (auto words = confine_for_loading(); !words.empty()) return {"no_sandbox", words};
    if (auto words = connector.load(kLibrary); !words.empty()) return {"not_a_connector", words};
    ::close(kLibrary);
    if (wanted.is_sandboxed)
        if (auto words = confine_for_running(); !words.empty()) return {"no_sandbox", words};
    if (auto words = connector.create(wanted.config); !words.empty()) return {"bad_config", words};
    return {};
}

/// Begins with what the hub must know before it says anything.
Frame greeted(Channel& channel) {
    channel.put(FrameWriter(FrameType::hello, 0).number(kProtocolVersion).take());
    return channel.read();
}

void answer_load(Channel& channel, const LoadedConnector& connector, const Refusal& refusal) {
    FrameWriter frame(FrameType::loaded, 0);
    frame.text(refusal.code).text(refusal.words);
    if (*refusal.code == 0) connector.describe(frame);
    channel.put(frame.take());
    channel.flush();
}

}  // namespace

int main() {
    // Only one thread at a time runs: more heaps would only cost address space.
    ::mallopt(M_ARENA_MAX, 1);
    std::signal(SIGPIPE, SIG_IGN);
    ::tzset();  // reads files, which a sandbox does not permit later
    end_with_parent();
    Channel channel(kSocket);
    LoadedConnector connector;
    RunningCall running(kRunning);
    ::close(kRunning);
    Crew crew(
        channel, running, [&](const Frame& frame) { channel.put(connector.run(frame)); },
        [&](const Frame& frame) {
            if (frame.type == FrameType::ping) channel.put(FrameWriter(FrameType::pong, 0).take());
            if (frame.type != FrameType::destroy) return;
            connector.destroy();
            channel.flush();
            ::_exit(EXIT_SUCCESS);
        });
    Lender lender{channel, crew};
    set_lender(&lender);
    const Frame first = greeted(channel);
    if (first.type != FrameType::load) return EXIT_FAILURE;
    const Refusal refusal = load(connector, wanted_of(first));
    answer_load(channel, connector, refusal);
    if (*refusal.code != 0) ::_exit(EXIT_FAILURE);
    crew.work();
}
