#include "desk.hpp"

#include <algorithm>

namespace orderhub::request_tracker::testing {
namespace {

constexpr std::string_view kBase = "https://desk.example.test/REST/2.0";

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        out.push_back(
            static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)));
        i += 2;
    }
    return out;
}

/// What stands behind `name` in the decoded address, up to a quote, a space or an ampersand.
std::string after(const std::string& url, std::string_view name) {
    const std::size_t at = url.find(name);
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size();
    return url.substr(from, url.find_first_of("'& ", from) - from);
}

json::object reference(std::string_view type, std::string_view id) {
    return {{"type", type}, {"id", id}, {"_url", std::string(kBase)}};
}

std::string base64(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : text) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (have += 8; have >= 6; have -= 6)
            out.push_back(kDigits[bits >> (have - 6) & 63]);
    }
    if (have > 0) out.push_back(kDigits[bits << (6 - have) & 63]);
    while (out.size() % 4 != 0)
        out.push_back('=');
    return out + "\n";
}

json::object row(const Transaction& one) {
    return {{"id", std::to_string(one.id)},
            {"type", "transaction"},
            {"Type", one.type},
            {"ObjectId", std::to_string(one.ticket)},
            {"Created", one.created},
            {"Creator", reference("user", one.creator)}};
}

/// The page that the address asks for, as RT wraps it.
Answer page_of(const json::array& rows, const Request& request) {
    const std::size_t page = std::stoul(after(request.url, "&page="));
    const std::size_t size = std::stoul(after(request.url, "per_page="));
    json::array items;
    for (std::size_t i = (page - 1) * size; i < std::min(rows.size(), page * size); ++i)
        items.push_back(rows[i]);
    const std::size_t count = items.size();
    return ok(json::object{
        {"count", count}, {"page", page}, {"total", nullptr}, {"items", std::move(items)}});
}

}  // namespace

json::object config() {
    return {{"base_url", kBase},
            {"token", "{{secret:token}}"},
            {"webhook_secret", "{{secret:webhook_secret}}"},
            {"hub_user", "hub"},
            {"queues", json::array{"Support"}},
            {"poll_from", "2026-11-22T18:00:00Z"}};
}

Answer ok(const json::value& body, int status) {
    return {status,
            json::serialize(body),
            {{"content-type", "application/json; charset=utf-8"}},
            OH_HTTP_ANSWERED};
}

Answer words(int status, std::string_view message) {
    return ok(json::object{{"message", message}}, status);
}

Desk::Desk() {
    tickets[1] = {};
    add(1, "Create", "ada@example.test", "2026-11-22T18:36:21Z", "Where is my parcel?");
}

void Desk::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

Transaction& Desk::add(std::int64_t ticket, std::string type, std::string creator,
                       std::string created, std::string text) {
    const std::int64_t id = transactions.empty() ? 51 : transactions.back().id + 1;
    transactions.push_back(
        {id, ticket, std::move(type), std::move(creator), created, std::move(text)});
    tickets[ticket].updated = std::move(created);
    tickets[ticket].version = id;
    return transactions.back();
}

std::size_t Desk::count(std::string_view type) const {
    return static_cast<std::size_t>(
        std::ranges::count(transactions, type, [](const Transaction& one) { return one.type; }));
}

std::optional<Fault> Desk::due(const Request& request, std::string_view path) {
    for (Fault& fault : faults)
        if (fault.times > 0 && fault.method == request.method && path.ends_with(fault.path)) {
            --fault.times;
            return fault;
        }
    return std::nullopt;
}

Answer Desk::answer(const Request& request) {
    const std::string path = request.url.substr(kBase.size(), request.url.find('?') - kBase.size());
    const auto fault = due(request, path);
    if (!fault) return act(request, path);
    if (fault->takes_effect) act(request, path);
    return fault->answer;
}

Answer Desk::act(const Request& request, std::string_view path) {
    const auto id_after = [&](std::string_view start) {
        return std::stol(std::string(path.substr(start.size())));
    };
    if (path == "/rt") return ok(json::object{{"Version", "5.0.3+dfsg-3~deb12u6"}});
    if (path == "/tickets") return search_tickets(request);
    if (path == "/transactions") return search_transactions(request);
    if (path.starts_with("/user/")) {
        const std::string name = decoded(path.substr(6));
        const bool staff = name == "hub" || name == "agent1";
        return ok(
            json::object{{"Name", name}, {"EmailAddress", name}, {"Privileged", staff ? 1 : 0}});
    }
    if (path.starts_with("/attachment/")) {
        const std::int64_t id = id_after("/attachment/") - 1000;
        const auto found = std::ranges::find(transactions, id, &Transaction::id);
        if (found == transactions.end()) return words(404, "Not Found");
        return ok(json::object{{"ContentType", "text/plain"}, {"Content", base64(found->text)}});
    }
    if (path.starts_with("/transaction/")) {
        const auto found =
            std::ranges::find(transactions, id_after("/transaction/"), &Transaction::id);
        return found == transactions.end() ? words(404, "Not Found") : ok(row(*found));
    }
    if (!path.starts_with("/ticket/")) return words(404, "Not Found");
    std::int64_t id = id_after("/ticket/");
    if (const auto into = merged.find(id); into != merged.end()) id = into->second;
    if (!tickets.contains(id)) return words(404, "Not Found");
    if (path.ends_with("/history")) return history(id, request);
    if (path.ends_with("/attachments")) return attachments(id, request);
    if (path.ends_with("/comment")) return comment(id, request);
    return request.method == "PUT" ? change(tickets[id], id, request) : read_ticket(id);
}

Answer Desk::read_ticket(std::int64_t id) const {
    const Ticket& ticket = tickets.at(id);
    json::object queue = reference("queue", "3");
    queue["Name"] = ticket.queue;
    json::array fields;
    for (const auto& [name, value] : ticket.fields)
        fields.push_back(json::object{
            {"name", name}, {"values", value.empty() ? json::array{} : json::array{value}}});
    Answer answer =
        ok(json::object{{"id", id},
                        {"Subject", "Ticket " + std::to_string(id)},
                        {"Status", ticket.status},
                        {"Queue", std::move(queue)},
                        {"Requestor", json::array{reference("user", "ada@example.test")}},
                        {"Created", "2026-11-22T18:36:20Z"},
                        {"LastUpdated", ticket.updated},
                        {"CustomFields", std::move(fields)}});
    answer.headers.emplace_back("etag", "\"" + std::to_string(ticket.version) + "\"");
    return answer;
}

Answer Desk::change(Ticket& ticket, std::int64_t id, const Request& request) {
    for (const auto& [name, value] : request.headers)
        if (name == "If-Match" && value != "\"" + std::to_string(ticket.version) + "\"")
            return words(412, "Precondition Failed");
    json::array said;
    const json::object body = json::parse(request.body).as_object();
    for (const auto& [name, value] : body.at("CustomFields").as_object()) {
        ticket.fields.at(std::string(name)) = value.is_string() ? value.as_string().c_str() : "";
        said.emplace_back(std::string(name) + " changed");
        add(id, "CustomField", "hub", "2026-11-22T19:00:00Z");
    }
    return ok(said);
}

Answer Desk::comment(std::int64_t id, const Request& request) {
    const json::object body = json::parse(request.body).as_object();
    const std::string text(body.at("Content").as_string());
    const Transaction& made = add(id, "Comment", "hub", "2026-11-22T19:00:01Z", text);
    Answer answer = ok(json::array{"Comments added"}, 201);
    answer.headers.emplace_back("location", "/REST/2.0/transaction/" + std::to_string(made.id));
    return answer;
}

Answer Desk::history(std::int64_t id, const Request& request) const {
    json::array rows;
    for (const Transaction& one : transactions)
        if (one.ticket == id) rows.push_back(row(one));
    if (request.url.contains("order=DESC")) std::reverse(rows.begin(), rows.end());
    return page_of(rows, request);
}

Answer Desk::attachments(std::int64_t id, const Request& request) const {
    json::array rows;
    for (const Transaction& one : transactions)
        if (one.ticket == id && !one.text.empty())
            rows.push_back(json::object{{"id", std::to_string(1000 + one.id)},
                                        {"ContentType", "text/plain"},
                                        {"ContentLength", std::to_string(one.text.size())},
                                        {"Filename", ""},
                                        {"TransactionId", std::to_string(one.id)}});
    return page_of(rows, request);
}

Answer Desk::search_tickets(const Request& request) const {
    const std::string since = after(decoded(request.url), "LastUpdated >= '");
    std::vector<std::pair<std::string, std::int64_t>> found;
    for (const auto& [id, ticket] : tickets)
        if (ticket.updated >= since) found.emplace_back(ticket.updated, id);
    std::ranges::sort(found);
    json::array rows;
    for (const auto& [updated, id] : found)
        rows.push_back(json::object{{"id", std::to_string(id)}, {"LastUpdated", updated}});
    return page_of(rows, request);
}

Answer Desk::search_transactions(const Request& request) const {
    const std::int64_t above = std::stol(after(decoded(request.url), "id > "));
    json::array rows;
    for (const Transaction& one : transactions)
        if (one.id > above && one.committed) rows.push_back(row(one));
    if (request.url.contains("order=DESC")) std::reverse(rows.begin(), rows.end());
    return page_of(rows, request);
}

}  // namespace orderhub::request_tracker::testing
