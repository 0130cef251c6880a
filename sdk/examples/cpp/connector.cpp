// Paperdesk in C++20. The desk's API:
//   GET  /me                          who the token belongs to
//   GET  /tickets?changed_after=N     {"tickets": [...], "last_change": N}, oldest change first, at most 50
//   GET  /tickets/ID                  one ticket
//   GET  /tickets/ID/notes?tag=T      {"notes": [{"id", "tag"}]}
//   POST /tickets/ID/notes            {"text", "tag", "internal"} makes a note: {"id"}
//   webhook                           {"ticket": ID}: something happened to it
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

using namespace orderhub::sdk;

namespace {

Case to_case(const Json& ticket, const std::string& observed_at) {
    Case record;
    record.source.external_id = ticket.at("id").text_or_digits();
    record.source.updated_at = ticket.at("changed").text();
    record.source.observed_at = observed_at;
    record.subject = ticket.at("subject").text();
    record.state = ticket.at("open").boolean() ? Case::State::open : Case::State::closed;
    record.created_at = ticket.at("created").text();
    if (ticket["email"].is_text()) record.requester.emplace().email = ticket["email"].text();
    if (ticket["order"].is_text()) record.order_number = ticket["order"].text();
    return record;
}

class Paperdesk {
public:
    explicit Paperdesk(const Document& config) : base_(config.at("base_url").text()) {}

    void check(Call& call) { get_json(call, base_ + "/me", headers()); }

    /// A webhook says that something happened, not what is true now: read it back.
    void receive(Call& call, const Message& message) {
        const std::string id = Json::parse(message.body).at("ticket").text_or_digits();
        const std::string observed_at = call.now();
        const HttpResponse answer = call.http({.url = ticket_url(id), .headers = headers()});
        if (answer.status == 404) return;  // deleted since
        call.emit(to_case(json_of(answer, Effect::read), observed_at));
    }

    /// One page in one call; the host calls again at once while there is more.
    void poll(Call& call, std::string_view cursor) {
        const std::string observed_at = call.now();
        const std::string after = cursor.empty() || cursor.starts_with('{') ? "0" : std::string(cursor);
        const Json page = get_json(call, with_query(base_ + "/tickets", {{"changed_after", after}}), headers());
        for (const Json& ticket : page.at("tickets").items())
            call.emit(to_case(ticket, observed_at));
        call.set_cursor(page.at("last_change").text_or_digits());
    }

    CaseNote::Result case_note(Call& call, const Command& command, const CaseNote& note) {
        const std::string notes = ticket_url(note.case_.external_id) + "/notes";
        const std::string tag(command.key);
        const auto find = [&]() -> std::optional<CaseNote::Result> {
            const Json found = get_json(call, with_query(notes, {{"tag", tag}}), headers());
            for (const Json& each : found.at("notes").items())
                if (each.at("tag").text() == tag) return CaseNote::Result{each.at("id").text_or_digits()};
            return std::nullopt;
        };
        const auto act = [&] {
            const Json body = Json::object({{"text", note.text}, {"tag", tag}, {"internal", true}});
            const Json made = send_json(call, json_request("POST", notes, headers(), body));
            return CaseNote::Result{made.at("id").text_or_digits()};
        };
        return do_once(call, command, find, act);
    }

private:
    static Headers headers() { return {{"authorization", bearer("token")}}; }
    std::string ticket_url(const std::string& id) const { return base_ + "/tickets/" + url_encode(id); }

    std::string base_;
};

}  // namespace

ORDERHUB_CONNECTOR(Paperdesk, ORDERHUB_MANIFEST);
