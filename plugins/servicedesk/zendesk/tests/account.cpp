#include "account.hpp"

#include <algorithm>

namespace orderhub::zendesk::testing {
namespace {

constexpr std::string_view kRoot = "https://acme.zendesk.com/api/v2";

/// The value of a query's member; encoded names as they come.
std::string member(const std::string& query, const std::string& name) {
    const std::size_t at = ("&" + query).find("&" + name + "=");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 1;
    return query.substr(from, query.find('&', from) - from);
}

Answer not_found() {
    return refused(404, "RecordNotFound", "Not found");
}

Json people() {
    return Json::array({Json::object({{"id", 7},
                                      {"name", "Ada Byron"},
                                      {"email", "ada@example.test"},
                                      {"role", "end-user"}}),
                        Json::object({{"id", 8}, {"name", "Grace Hopper"}, {"role", "agent"}}),
                        Json::object({{"id", 1000}, {"name", "Hub"}, {"role", "admin"}})});
}

}  // namespace

Json config() {
    return Json::parse(R"({
        "base_url": "https://acme.zendesk.com/", "user": "hub@acme.test/token",
        "api_token": "{{secret:api_token}}", "poll_from": "2026-11-01T00:00:00Z", "page_size": 2,
        "fields": {"order_number": 1, "order_url": 2, "order_digest": 3, "order_total": 4,
                   "link_key": 5}})");
}

Answer ok(const Json& body, int status) {
    return {status, body.dump(), {{"content-type", "application/json"}}, OH_HTTP_ANSWERED};
}

Answer refused(int status, std::string_view error, std::string_view description) {
    return ok(Json::object({{"error", error}, {"description", description}}), status);
}

std::vector<std::string> ids_of(const Outcome& outcome) {
    std::vector<std::string> ids;
    for (const auto& [kind, record] : outcome.records)
        ids.push_back(record.at("source").at("external_id").text());
    return ids;
}

Account::Account() {
    for (const char* id : {"1", "2", "4", "5"})
        fields.set(id, "text");
    fields.set("3", "textarea");
    add_ticket(kTicket, kStart);
    add_comment(kTicket, true, "Where is CT-1001?");
}

void Account::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

Json& Account::add_ticket(const std::string& id, std::int64_t generated_s) {
    Json values = Json::array();
    for (const auto& [field, type] : fields.members())
        values.push(Json::object({{"id", Json::number(field)}, {"value", nullptr}}));
    return tickets[id] = Json::object({{"id", Json::number(id)},
                                       {"subject", "Where is my order?"},
                                       {"status", "open"},
                                       {"requester_id", 7},
                                       {"group_id", 3},
                                       {"created_at", "2026-11-22T09:00:00Z"},
                                       {"updated_at", "2026-11-22T09:00:00Z"},
                                       {"generated_timestamp", generated_s},
                                       {"custom_fields", values}});
}

void Account::add_comment(const std::string& ticket, bool is_public, const std::string& text) {
    comments[ticket].push_back(Json::object({{"id", ++last_comment_},
                                             {"type", "Comment"},
                                             {"author_id", is_public ? 7 : 1000},
                                             {"body", text},
                                             {"plain_body", text},
                                             {"public", is_public},
                                             {"created_at", "2026-11-22T09:00:00Z"}}));
}

std::string Account::field(const std::string& ticket, std::int64_t id) const {
    for (const Json& each : tickets.at(ticket)["custom_fields"].items())
        if (each["id"] == Json(id)) return each["value"].text_or_empty();
    return "no such field";
}

Answer Account::answer(const Request& request) {
    const auto fault = due(request);
    if (!fault) return act(request);
    if (fault->takes_effect) act(request);
    return fault->answer;
}

std::optional<Fault> Account::due(const Request& request) {
    for (Fault& fault : faults) {
        if (fault.times == 0 || fault.method != request.method ||
            request.url.find(fault.part) == std::string::npos)
            continue;
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

Answer Account::act(const Request& request) {
    std::string path = request.url.substr(kRoot.size());
    const std::size_t mark = std::min(path.find('?'), path.size());
    const std::string query = path.substr(std::min(mark + 1, path.size()));
    path = path.substr(0, mark - std::string(".json").size());
    const std::string last = path.substr(path.rfind('/') + 1);
    Answer answer = refused(404, "InvalidEndpoint", "Not found");
    if (path == "/users/me")
        answer = ok(Json::object({{"user", me}}));
    else if (path == "/incremental/tickets/cursor")
        answer = read_export(query);
    else if (path.starts_with("/ticket_fields/"))
        answer = fields[last].is_null()
                     ? not_found()
                     : ok(Json::object({{"ticket_field", Json::object({{"type", fields[last]}})}}));
    else if (last == "comments")
        answer = read_comments(path.substr(9, path.rfind('/') - 9), query);
    else if (request.method == "PUT")
        answer = change(last, Json::parse(request.body).at("ticket"));
    else
        answer = read_ticket(last);
    answer.headers.emplace_back("x-rate-limit", "700");
    answer.headers.emplace_back("x-rate-limit-remaining", left);
    return answer;
}

/// A cursor is the last ticket's generated_timestamp and id.
Answer Account::read_export(const std::string& query) {
    const std::string cursor = member(query, "cursor");
    const std::string start = member(query, "start_time");
    if (cursor.empty() == start.empty()) return refused(400, "BadRequest", "start_time or cursor");
    std::vector<std::pair<std::string, Json>> rows;
    for (const auto& [id, ticket] : tickets) {
        const std::string place = ticket["generated_timestamp"].text_or_digits() + "-" + id;
        if (cursor.empty() ? place >= start : place > cursor) rows.emplace_back(place, ticket);
    }
    std::ranges::sort(rows, {}, [](const auto& row) { return row.first; });
    const auto size = static_cast<std::size_t>(std::stoi(member(query, "per_page")));
    const bool is_end = rows.size() <= size;
    if (!is_end) rows.resize(size);
    Json page = Json::array();
    for (const auto& [place, ticket] : rows)
        page.push(ticket);
    return ok(
        Json::object({{"tickets", page},
                      {"users", people()},
                      {"groups", Json::array({Json::object({{"id", 3}, {"name", "Support"}})})},
                      {"after_cursor", rows.empty() ? Json() : Json(rows.back().first)},
                      {"end_of_stream", is_end}}));
}

Answer Account::read_ticket(const std::string& id) {
    const auto found = tickets.find(id);
    if (found == tickets.end() || found->second["status"] == Json("deleted")) return not_found();
    return ok(Json::object({{"ticket", found->second}, {"users", people()}}));
}

Answer Account::read_comments(const std::string& id, const std::string& query) {
    if (!tickets.contains(id)) return not_found();
    std::vector<Json> rows = comments[id];
    if (member(query, "sort_order") == "desc") std::ranges::reverse(rows);
    const std::string after = member(query, "page%5Bafter%5D");
    const std::size_t from = after.empty() ? 0 : std::stoul(after);
    const std::size_t size = std::stoul(member(query, "page%5Bsize%5D"));
    const std::size_t to = std::min(from + size, rows.size());
    Json page = Json::array();
    for (std::size_t at = from; at < to; ++at)
        page.push(rows[at]);
    return ok(Json::object({{"comments", page},
                            {"users", people()},
                            {"meta", Json::object({{"has_more", to < rows.size()},
                                                   {"after_cursor", std::to_string(to)}})}}));
}

Answer Account::change(const std::string& id, const Json& wanted) {
    if (!tickets.contains(id)) return not_found();
    Json& ticket = tickets.at(id);
    if (ticket["status"] == Json("closed"))
        return ok(
            Json::parse(R"({"error": "RecordInvalid", "description": "Record validation errors",
            "details": {"status": [{"description": "Status: closed prevents ticket update", "error": "ClosedTicket"}]}})"),
            422);
    if (edits_by_others > 0) {
        --edits_by_others;
        ticket.set("updated_at",
                   "2026-11-22T09:00:0" + std::to_string(edits_by_others % 10 + 1) + "Z");
    }
    if (wanted["safe_update"] == Json(true) && !(wanted["updated_stamp"] == ticket["updated_at"]))
        return refused(409, "UpdateConflict",
                       "Safe Update prevented the update due to outdated ticket data");
    ++changes;
    Json values = Json::array();
    for (const Json& old : ticket["custom_fields"].items()) {
        Json value = old;
        if (wanted["custom_fields"].is_array() && !(old["id"] == Json(dropped)))
            for (const Json& field : wanted["custom_fields"].items())
                if (field["id"] == old["id"]) value.set("value", field["value"]);
        values.push(value);
    }
    ticket.set("custom_fields", values);
    ticket.set("updated_at", "2026-11-22T09:01:0" + std::to_string(changes % 10) + "Z");
    Json events = Json::array({Json::object({{"id", 1}, {"type", "Change"}})});
    if (wanted["comment"].is_object()) {
        add_comment(id, !(wanted["comment"]["public"] == Json(false)),
                    wanted["comment"]["body"].text());
        events.push(Json::object({{"id", last_comment_}, {"type", "Comment"}}));
    }
    return ok(Json::object({{"ticket", ticket}, {"audit", Json::object({{"events", events}})}}));
}

}  // namespace orderhub::zendesk::testing
