#include "hub/cli/watch.hpp"

#include <fmt/format.h>

#include <map>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/order_page.hpp"
#include "hub/cli/terminal.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kInterval{300};

struct Tally {
    int done = 0;
    int given_up = 0;
    int open = 0;
};

Tally tally(const json::value& order, const std::string& action_id) {
    Tally out;
    for (const json::value& step : items(order, "/steps")) {
        if (text(step, "/action") != action_id) continue;
        const std::string state = text(step, "/state");
        if (state == "done")
            ++out.done;
        else if (state == "parked" || state == "dropped")
            ++out.given_up;
        else
            ++out.open;
    }
    return out;
}

/// Redraws the steps on a terminal; elsewhere a line for each step that has changed.
class Progress {
public:
    explicit Progress(const Session& session) : session_(session) {}

    void show(const json::value& order, const std::string& action_id) {
        if (session_.json) return;
        if (session_.terminal) return block_.draw(steps_table(order, action_id).text(2));
        for (const json::value& step : items(order, "/steps"))
            if (text(step, "/action") == action_id) show_change(step);
    }

private:
    void show_change(const json::value& step) {
        const std::string says = text(step, "/message");
        std::string line =
            fmt::format("  {} ({}): {}{}", text(step, "/kind"), text(step, "/connector"),
                        text(step, "/state"), says.empty() ? "" : ": " + printable(says));
        std::string& last = shown_[text(step, "/delivery")];
        if (last == line) return;
        print(line + "\n");
        last = std::move(line);
    }

    const Session& session_;
    LiveBlock block_;
    std::map<std::string, std::string> shown_;
};

Expected<int> ended(const Session& session, const Answer& order, const Tally& steps) {
    if (session.json) print(order.body + "\n");
    if (steps.given_up == 0) return kOk;
    return failed(kFailed, fmt::format("Of {} steps, {} cannot go on without a person; see "
                                       "deliveries list.",
                                       steps.given_up + steps.done, steps.given_up));
}

}  // namespace

Expected<int> watch_steps(Session& session, const std::string& order_id,
                          const std::string& action_id, std::chrono::seconds limit) {
    const auto deadline = Clock::now() + limit;
    Progress progress(session);
    while (true) {
        const auto order = session.client.get("/api/v1/orders/" + encoded(order_id));
        if (!order) return std::unexpected(order.error());
        progress.show(order->document, action_id);
        const Tally steps = tally(order->document, action_id);
        if (steps.open == 0) return ended(session, *order, steps);
        if (Clock::now() >= deadline)
            return failed(
                kFailed,
                fmt::format("Not all steps have ended after {} s (still open: {}); the hub "
                            "goes on with them.",
                            limit.count(), steps.open));
        if (!wait_between_polls(kInterval)) return kFailed;
    }
}

}  // namespace orderhub::cli
