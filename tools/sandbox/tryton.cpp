#include "tryton.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text.hpp"
#include "tryton_models.hpp"

namespace orderhub::sandbox::tryton {
namespace {

HttpReply html(int status, const std::string& title) {
    HttpReply reply;
    reply.status = status;
    reply.content_type = "text/html; charset=utf-8";
    reply.body = fmt::format(
        "<!doctype html>\n<html lang=en>\n<title>{0} {1}</title>\n<h1>{1}</h1>\n", status, title);
    return reply;
}

HttpReply no_session() {
    HttpReply reply;
    reply.status = 401;
    return reply;
}

HttpReply answer(const json::value& id, const char* member, json::value value) {
    return json_reply(json::object{{"id", id}, {member, std::move(value)}});
}

HttpReply log_in(State& state, const json::value& id, const json::array& params) {
    const auto credentials =
        params.size() > 1 && params[1].is_object() ? params[1].get_object() : json::object{};
    if (!credentials.contains("password")) {
        return answer(
            id, "error",
            json::array{"LoginException", json::array{"password", "Password for hub", "password"}});
    }
    if (params[0] != json::value(kUser) || text_of(credentials, "password") != kPassword) {
        return html(401, "Unauthorized");
    }
    state.sessions.push_back({random_text(64, "0123456789abcdef"), now_us()});
    return answer(id, "result", json::array{2, state.sessions.back().key});
}

struct Caller {
    bool known = false;
    Session* session = nullptr;  ///< null for HTTP Basic
};

Caller caller_of(State& state, const HttpRequest& request) {
    const std::string sent = request.header("authorization");
    if (sent == "Basic " + base64_encode(fmt::format("{}:{}", kUser, kPassword))) {
        return {true, nullptr};
    }
    if (!sent.starts_with("Session ")) return {};
    const std::string text = base64_decode(std::string_view(sent).substr(8));
    for (Session& session : state.sessions) {
        if (text == fmt::format("{}:2:{}", kUser, session.key)) return {true, &session};
    }
    return {};
}

/// Whether the session is fresh enough for `post`; use refreshes it only while it is.
bool fresh(const State& state, Session* session) {
    if (session == nullptr) return true;
    const bool stale = now_us() - session->used > state.switches.session_timeout_ms * 1000;
    if (!stale) session->used = now_us();
    return !stale;
}

HttpReply database_call(World& world, const HttpRequest& request, const json::object& call) {
    State& state = world.tryton;
    const json::value id = call.contains("id") ? call.at("id") : json::value{};
    const std::string method = text_of(call, "method");
    const auto& params = array_of(call, "params");
    if (method == "common.db.login") return log_in(state, id, params);
    const Caller caller = caller_of(state, request);
    if (!caller.known) return no_session();
    if (method == "common.db.logout") {
        std::erase_if(state.sessions, [&](const Session& one) { return &one == caller.session; });
        return answer(id, "result", nullptr);
    }
    if (!fresh(state, caller.session) && method == "model.account.invoice.post")
        return no_session();
    try {
        return answer(id, "result", call_model(world, method, params));
    } catch (const RpcError& failed) {
        return answer(id, "error", failed.error);
    } catch (const NotCallable&) {
        return html(403, "Forbidden");
    } catch (const std::exception& failed) {
        // a parameter of the wrong type: trytond passes on the text of the Python exception
        return answer(id, "error", json::array{failed.what(), ""});
    }
}

}  // namespace

HttpReply handle(World& world, const HttpRequest& request) {
    const bool server = request.path == "/tryton/" || request.path == "/tryton";
    if (!server && request.path != "/tryton/hub/") return html(404, "Not Found");
    const json::value body = parse_or_null(request.body);
    if (!request.header("content-type").starts_with("application/json") || !body.is_object()) {
        return html(500, "Internal Server Error");
    }
    const auto& call = body.get_object();
    if (!server) return database_call(world, request, call);
    const std::string method = text_of(call, "method");
    const json::value id = call.contains("id") ? call.at("id") : json::value{};
    if (method == "common.server.version") return answer(id, "result", "6.0.29");
    if (method == "common.db.list") return answer(id, "result", json::array{kDatabase});
    return html(403, "Forbidden");
}

std::string operation_of(const HttpRequest& request) {
    const json::value body = parse_or_null(request.body);
    return body.is_object() ? text_of(body.get_object(), "method", "unreadable") : "unreadable";
}

}  // namespace orderhub::sandbox::tryton
