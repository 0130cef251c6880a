// Zendesk Support: tickets as cases, links and notes as fields and internal comments.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <string>

#include "case_reader.hpp"
#include "case_writer.hpp"
#include "checks.hpp"
#include "feed.hpp"
#include "settings.hpp"

namespace orderhub::zendesk {

namespace {

/// The export allows ten requests a minute to all its users.
constexpr int kMostPages = 4;

}  // namespace

class Zendesk {
public:
    explicit Zendesk(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, usage_, call);
        check_account(settings_, client, call.now_ms());
        sdk::LeftOut(call, "ticket").report();
    }

    void receive(sdk::Call& call, const sdk::Message& message) {
        const auto ticket = noticed_ticket(message.body);
        if (!ticket) return;
        Client client(settings_, usage_, call);
        CaseReader(settings_, client, call).emit(*ticket);
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        usage_.must_leave_room(settings_.reserve_percent, call.now_ms());
        Position position = to_position(settings_, cursor, call.now_ms());
        Client client(settings_, usage_, call);
        sdk::LeftOut left_out(call, "ticket");
        CaseReader reader(settings_, client, call, &left_out);
        if (!has_tried_again_) left_out.try_again([&](const std::string& id) { reader.emit(id); });
        bool goes_on = true;
        for (int pages = 1; goes_on; ++pages) {
            const std::string observed_at = call.now();
            const Json page = read_export(settings_, client, position);
            position = next_position(page, position);
            // pages with nothing for us are passed at once: the hub asks again only after records
            goes_on = reader.emit_page(page, observed_at) == 0 && pages < kMostPages &&
                      !(page["end_of_stream"] == Json(true)) && call.has_time();
        }
        call.set_cursor(to_cursor(position));
        has_tried_again_ = true;
        left_out.report();
    }

    sdk::CaseLink::Result case_link(sdk::Call& call, const sdk::Command& command,
                                    const sdk::CaseLink& link) {
        Client client(settings_, usage_, call);
        return {CaseWriter(settings_, client, call, command).link(link)};
    }

    sdk::CaseNote::Result case_note(sdk::Call& call, const sdk::Command& command,
                                    const sdk::CaseNote& note) {
        Client client(settings_, usage_, call);
        return {CaseWriter(settings_, client, call, command).note(note)};
    }

private:
    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
    Usage usage_;
};

}  // namespace orderhub::zendesk

ORDERHUB_CONNECTOR(orderhub::zendesk::Zendesk, ORDERHUB_MANIFEST);
