// Request Tracker 5: tickets as cases, links and notes as fields and internal comments.
#include <map>
#include <optional>
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <set>
#include <string>

#include "case_reader.hpp"
#include "case_writer.hpp"
#include "checks.hpp"
#include "cursor.hpp"
#include "feed.hpp"
#include "mapping.hpp"
#include "settings.hpp"
#include "webhook.hpp"

namespace orderhub::request_tracker {
namespace {

/// A ticket that RT fails to show this many polls in a row is left out, so that it does not hold up
/// all others.
constexpr int kPollsToGiveUp = 5;

Cursor read_cursor(Feed& feed, std::string_view text, std::int64_t now_ms) {
    if (text.empty()) return feed.start(now_ms);
    std::string from;
    try {
        from = backfill_start(text);
        if (from.empty()) return to_cursor(text);
    } catch (const std::exception&) {
        throw sdk::rejected("bad_cursor", "the stored cursor is not one of this connector");
    }
    return feed.start_from(from);
}

}  // namespace

class RequestTracker {
public:
    explicit RequestTracker(const json::object& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, call);
        check_desk(settings_, client);
        sdk::LeftOut(call, "ticket").report();
    }

    void receive(sdk::Call& call, const sdk::Message& message) {
        const Notice notice = to_notice(message.body);
        if (notice.is_echo(settings_.hub_user) || !settings_.serves_queue(notice.queue)) return;
        std::set<std::string> handed_over;
        emit_case(call, notice.ticket, handed_over);
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        Client client(settings_, call);
        Feed feed(settings_, client);
        const Batch batch = feed.next(read_cursor(feed, cursor, call.now_ms()));
        std::set<std::string> handed_over;
        sdk::LeftOut left_out(call, "ticket");
        const auto take = [&](const std::string& ticket) {
            emit_or_give_up(call, ticket, handed_over, left_out);
        };
        if (!has_tried_again_) left_out.try_again(take);
        for (const std::string& ticket : batch.tickets)
            take(ticket);
        call.set_cursor(to_text(batch.next));
        has_tried_again_ = true;
        left_out.report();
    }

    void execute(sdk::Call& call, const sdk::Command& command) {
        Client client(settings_, call);
        CaseReader reader(settings_, memory_, client, call);
        CaseWriter writer(settings_, client, reader, command);
        std::optional<sdk::Stop> stop;
        try {
            call.set_result(command.kind == "case.link" ? writer.link() : writer.note());
        } catch (sdk::Stop& thrown) {
            stop = std::move(thrown);
        }
        if (!stop) return;
        if (stop->outcome == OH_RETRY && writer.has_written()) stop->outcome = OH_UNKNOWN;
        throw *stop;
    }

private:
    /// Emits the case unless this call has done so: merged tickets all read as their survivor.
    void emit_case(sdk::Call& call, std::string_view ticket, std::set<std::string>& handed_over) {
        Client client(settings_, call);
        CaseReader reader(settings_, memory_, client, call);
        const auto record = reader.read(ticket);
        if (record &&
            handed_over.emplace(record->at("source").at("external_id").as_string()).second)
            call.emit("case", *record);
    }

    /// Some failures belong to one ticket (RT answers 500 to a broken attachment), not to RT.
    void emit_or_give_up(sdk::Call& call, const std::string& ticket,
                         std::set<std::string>& handed_over, sdk::LeftOut& left_out) {
        const auto stop = sdk::attempt(
            call, [&] { left_out.take(ticket, [&] { emit_case(call, ticket, handed_over); }); });
        if (!stop) {
            failures_.erase(ticket);
            return;
        }
        const bool of_ticket = stop->code == "server_error" || stop->code == "bad_answer";
        if (!of_ticket || ++failures_[ticket] < kPollsToGiveUp) throw sdk::Stop(*stop);
        failures_.erase(ticket);
        left_out.keep(ticket, *stop);
    }

    Settings settings_;
    Memory memory_;
    std::map<std::string, int, std::less<>> failures_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
};

}  // namespace orderhub::request_tracker

ORDERHUB_CONNECTOR(orderhub::request_tracker::RequestTracker, ORDERHUB_MANIFEST);
