#include "rt.hpp"

#include <fmt/format.h>

#include <charconv>

#include "rt_lists.hpp"
#include "text.hpp"

namespace orderhub::sandbox::rt {
namespace {

HttpReply message(int status, const std::string& text) {
    return json_reply({{"message", text}}, status);
}

/// The user whom the request's credentials belong to; empty when they are wrong or missing.
std::string user_of(const HttpRequest& request) {
    const std::string sent = request.header("authorization");
    if (sent == fmt::format("token {}", kToken) || request.param("token") == kToken) return "hub";
    if (!sent.starts_with("Basic ")) return {};
    const std::string pair = base64_decode(std::string_view(sent).substr(6));
    for (const char* name : {"hub", "agent1"}) {
        if (pair == fmt::format("{}:{}", name, kPassword)) return name;
    }
    return pair == fmt::format("root:{}", kRootPassword) ? "root" : "";
}

bool is_json(const HttpRequest& request) {
    return request.header("content-type").starts_with("application/json");
}

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> out;
    while (!path.empty()) {
        const auto slash = path.find('/');
        if (slash != 0) out.emplace_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
    }
    return out;
}

std::int64_t number(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() ? out : 0;
}

std::string etag(std::int64_t version) {
    return fmt::format("\"{}\"", version);
}

HttpReply create(World& world, const HttpRequest& request, const std::string& user,
                 const std::string& base) {
    if (!is_json(request)) return message(415, "Unsupported Media Type");
    const json::value body = parse_or_null(request.body);
    if (!body.is_object()) {
        return message(400, fmt::format("JSON parse error: malformed JSON string, neither tag, "
                                        "array, object, number, string or atom, at character "
                                        "offset 0 (before \"{}\")\n",
                                        request.body.substr(0, 20)));
    }
    const std::string queue = text_of(body.get_object(), "Queue");
    if (queue.empty()) return message(400, "Could not create ticket. Queue not set");
    if (queue_id(queue) == 0) {
        return message(403,
                       fmt::format("No permission to create tickets in the queue '{}'", queue));
    }
    const std::string id = std::to_string(create_ticket(world, body.get_object(), user));
    HttpReply reply = json_reply(reference(base, "ticket", id), 201);
    reply.headers.emplace_back("Location", fmt::format("{}/ticket/{}", kBase, id));
    return reply;
}

HttpReply read(const State& state, const Ticket& ticket, const HttpRequest& request,
               const std::string& base) {
    if (request.header("if-none-match") == etag(ticket.version)) {
        HttpReply reply;
        reply.status = 304;
        return reply;
    }
    // the real server falls over a valid date here
    if (!request.header("if-modified-since").empty()) return message(500, "Internal Server Error");
    HttpReply reply = json_reply(ticket_document(state, ticket, request, base));
    reply.headers.emplace_back("ETag", etag(ticket.version));
    reply.headers.emplace_back("Last-Modified", iso_seconds(ticket.updated));
    return reply;
}

json::array sentences(const std::vector<std::string>& said) {
    json::array out;
    for (const auto& one : said)
        out.emplace_back(one);
    return out;
}

HttpReply update(World& world, Ticket& ticket, const HttpRequest& request,
                 const std::string& user) {
    const std::string wanted = request.header("if-match");
    if (!wanted.empty() && wanted != etag(ticket.version)) {
        return message(412, "Precondition Failed");
    }
    const json::value body = parse_or_null(request.body);
    if (!body.is_object()) return message(400, "JSON parse error");
    return json_reply(sentences(Change(world, ticket, user).update(body.get_object())));
}

/// The message of a comment or a correspondence: JSON, plain text, or a form's JSON part.
json::value message_body(const HttpRequest& request) {
    const std::string type = request.header("content-type");
    const auto part = request.parts.find("JSON");
    if (part != request.parts.end()) return parse_or_null(part->second);
    if (type.starts_with("application/json")) return parse_or_null(request.body);
    return json::object{{"Content", request.body}, {"ContentType", type}};
}

HttpReply write_message(World& world, Ticket& ticket, const HttpRequest& request,
                        const std::string& user, bool comment) {
    const json::value body = message_body(request);
    if (!body.is_object()) {
        HttpReply broken;
        broken.status = 500;
        return broken;
    }
    const auto& members = body.get_object();
    if (!members.contains("ContentType")) {
        return message(400, "ContentType is a required field for application/json");
    }
    Change change(world, ticket, user);
    const std::int64_t id = change.message(comment ? "Comment" : "Correspond", members);
    std::vector<std::string> said{comment ? "Comments added" : "Correspondence added"};
    json::object rest = members;
    rest.erase("Subject");
    for (auto& one : change.update(rest))
        said.push_back(std::move(one));
    HttpReply reply = json_reply(sentences(said), 201);
    reply.headers.emplace_back("Location", fmt::format("{}/transaction/{}", kBase, id));
    return reply;
}

HttpReply ticket_route(World& world, const HttpRequest& request, const std::string& user,
                       const std::vector<std::string>& path, const std::string& base) {
    Ticket* ticket = find_ticket(world.rt, number(path[1]));
    if (ticket == nullptr) return message(404, "Not Found");
    const std::string part = path.size() > 2 ? path[2] : "";
    if (part.empty()) {
        if (request.method == "GET") return read(world.rt, *ticket, request, base);
        if (request.method == "PUT") return update(world, *ticket, request, user);
        return message(500, "Internal Server Error");
    }
    if (part == "history") return ticket_history(world.rt, ticket->id, request, base);
    if (part == "attachments") return ticket_attachments(world.rt, ticket->id, request, base);
    if (request.method == "POST" && (part == "comment" || part == "correspond")) {
        return write_message(world, *ticket, request, user, part == "comment");
    }
    return message(404, "Not Found");
}

template <typename List, typename Make>
HttpReply single(const List& list, std::int64_t id, Make make) {
    for (const auto& one : list) {
        if (one.id == id) return json_reply(make(one));
    }
    return message(404, "Not Found");
}

HttpReply versioned(const json::object& document, std::int64_t version) {
    HttpReply reply = json_reply(document);
    reply.headers.emplace_back("ETag", etag(version));
    reply.headers.emplace_back("Last-Modified", text_of(document, "LastUpdated"));
    return reply;
}

HttpReply single_route(const State& state, const std::vector<std::string>& path,
                       const std::string& base) {
    if (path[0] == "transaction") {
        return single(state.transactions, number(path[1]), [&](const Transaction& one) {
            return transaction_document(state, one, base);
        });
    }
    if (path[0] == "attachment") {
        return single(state.attachments, number(path[1]),
                      [&](const Attachment& one) { return attachment_document(one, base); });
    }
    if (path[0] == "user") {
        const User* user = find_user(state, path[1]);
        return user == nullptr ? message(404, "Not Found")
                               : versioned(user_document(*user, base), user->id);
    }
    if (path[0] == "queue" && queue_id(path[1]) != 0) {
        const std::string name = queue_name(path[1]);
        return versioned(queue_document(name, base), queue_id(name));
    }
    return message(404, "Not Found");
}

HttpReply route(World& world, const HttpRequest& request) {
    const std::string user = user_of(request);
    if (user.empty()) return message(401, "Unauthorized");
    const std::string base = fmt::format("{}{}", request.base_url, kBase);
    if (!request.path.starts_with(kBase)) return message(404, "Not Found");
    const auto path = split_path(std::string_view(request.path).substr(kBase.size()));
    if (path.empty()) return message(404, "Not Found");
    if (path.size() == 1) {
        if (path[0] == "rt") return json_reply({{"Version", "5.0.3+dfsg-3~deb12u6"}});
        if (path[0] == "tickets") return search_tickets(world.rt, request, base);
        if (path[0] == "transactions") return search_transactions(world.rt, request, base);
        if (path[0] == "ticket" && request.method == "POST") {
            return create(world, request, user, base);
        }
        return message(404, "Not Found");
    }
    if (path[0] == "ticket") return ticket_route(world, request, user, path, base);
    return single_route(world.rt, path, base);
}

}  // namespace

HttpReply handle(World& world, const HttpRequest& request) {
    HttpReply reply = route(world, request);
    reply.content_type = "application/json; charset=\"utf-8\"";
    return reply;
}

std::string operation_of(const HttpRequest& request) {
    const bool ours = request.path.starts_with(kBase);
    return request.method + " " + (ours ? request.path.substr(kBase.size()) : request.path);
}

}  // namespace orderhub::sandbox::rt
