// Entry of the connector.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "mapping.hpp"

using namespace orderhub::sdk;

namespace @NAME@ {
namespace {

class @CLASS@ {
public:
    explicit @CLASS@(const Document& config) : base_(config.at("base_url").text()) {}

    /// Can the system be reached, and may the token do what is needed?
    void check(Call& call) {
        // SCAFFOLD: a request that needs the credentials and changes nothing.
        get_json(call, base_ + "/me", headers());
    }

    /// A webhook says that something happened, not what is true now: read it back.
    void receive(Call& call, const Message& message) {
        // SCAFFOLD: where the message names the ticket.
        const std::string id = Json::parse(message.body).at("ticket").text_or_digits();
        const std::string observed_at = call.now();
        const HttpResponse answer = call.http({.url = ticket_url(id), .headers = headers()});
        if (answer.status == 404) return;  // deleted since
        call.emit(to_case(json_of(answer, Effect::read), observed_at));
    }

    /// One page of what changed since the cursor; the hub calls again at once while there is more.
    void poll(Call& call, std::string_view cursor) {
        // SCAFFOLD: how the system lists what changed, oldest first, and what goes on from there. A cursor that begins
        // with { is {"from": "<instant>"}: a backfill from then on.
        const std::string observed_at = call.now();
        const std::string after = cursor.empty() || cursor.starts_with('{') ? "0" : std::string(cursor);
        const Json page = get_json(call, with_query(base_ + "/tickets", {{"changed_after", after}}), headers());
        for (const Json& ticket : page.at("tickets").items())
            call.emit(to_case(ticket, observed_at));
        call.set_cursor(page.at("last_change").text_or_digits());
    }

    /// Adds one internal note, once: it carries the command's key, by which it is found again.
    CaseNote::Result case_note(Call& call, const Command& command, const CaseNote& note) {
        const std::string notes = ticket_url(note.case_.external_id) + "/notes";
        const std::string tag(command.key);
        // SCAFFOLD: where the system keeps the key, and how it is asked for it.
        const auto find = [&]() -> std::optional<CaseNote::Result> {
            const Json found = get_json(call, with_query(notes, {{"tag", tag}}), headers());
            for (const Json& each : found.at("notes").items())
                if (each.at("tag").text() == tag) return CaseNote::Result{each.at("id").text_or_digits()};
            return std::nullopt;
        };
        // SCAFFOLD: the request that makes a note.
        const auto act = [&] {
            const Json body = Json::object({{"text", note.text}, {"tag", tag}, {"internal", true}});
            const Json made = send_json(call, json_request("POST", notes, headers(), body));
            return CaseNote::Result{made.at("id").text_or_digits()};
        };
        return do_once(call, command, find, act);
    }

private:
    // SCAFFOLD: how the system wants the credentials; basic() and oauth2_bearer() are there, too.
    static Headers headers() { return {{"authorization", bearer("token")}}; }
    std::string ticket_url(const std::string& id) const { return base_ + "/tickets/" + url_encode(id); }

    std::string base_;
};

}  // namespace
}  // namespace @NAME@

ORDERHUB_CONNECTOR(@NAME@::@CLASS@, ORDERHUB_MANIFEST);
