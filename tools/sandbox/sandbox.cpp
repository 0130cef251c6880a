#include "sandbox.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "b2c.hpp"
#include "rt.hpp"
#include "salesforce.hpp"
#include "shopify.hpp"
#include "stripe.hpp"
#include "text.hpp"
#include "tryton.hpp"
#include "vendure.hpp"
#include "woo.hpp"
#include "zendesk.hpp"

namespace orderhub::sandbox {
namespace {

constexpr std::size_t kThreads = 64;
constexpr std::size_t kMaxLog = 4000;
constexpr std::size_t kMaxLoggedBody = 4000;

std::string system_of(const std::string& path) {
    for (const char* name : {"vendure", "rt", "tryton", "_sandbox"}) {
        if (path.starts_with(std::string("/") + name)) return name;
    }
    if (path.starts_with("/wp-json/")) return "woocommerce";
    if (path.starts_with("/services/")) return "salesforce";
    if (path.starts_with("/v1/")) return "stripe";
    if (path.starts_with("/api/v2/")) return "zendesk";
    if (path.starts_with("/admin/")) return "shopify";
    for (const char* start : {"/checkout/", "/dwsso/", "/s/"})
        if (path.starts_with(start)) return "b2c";
    return {};
}

/// RT and Tryton answer every request with "Connection: close".
bool closes(const std::string& path) {
    const std::string system = system_of(path);
    return system == "rt" || system == "tryton";
}

std::string operation_of(const std::string& system, const HttpRequest& request) {
    if (system == "vendure") return vendure::operation_of(request);
    if (system == "rt") return rt::operation_of(request);
    if (system == "salesforce") return salesforce::operation_of(request);
    if (system == "b2c") return b2c::operation_of(request);
    if (system == "woocommerce") return woo::operation_of(request);
    if (system == "stripe") return stripe::operation_of(request);
    if (system == "zendesk") return zendesk::operation_of(request);
    if (system == "shopify") return shopify::operation_of(request);
    return system == "tryton" ? tryton::operation_of(request) : request.path;
}

HttpRequest read_request(const httplib::Request& from) {
    HttpRequest out;
    out.method = from.method;
    out.path = from.path;
    const auto mark = from.target.find('?');
    if (mark != std::string::npos) out.raw_query = from.target.substr(mark + 1);
    out.base_url = "http://" + from.get_header_value("Host");
    out.params.insert(from.params.begin(), from.params.end());
    for (const auto& [name, value] : from.headers) {
        std::string lower = name;
        for (char& c : lower)
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        out.headers.emplace(std::move(lower), value);
    }
    for (const auto& [name, part] : from.files)
        out.parts.emplace(name, part.content);
    out.body = from.body;
    return out;
}

HttpReply plain(int status, const std::string& text) {
    HttpReply reply;
    reply.status = status;
    reply.body = text;
    reply.content_type = "text/plain";
    return reply;
}

}  // namespace

Sandbox::Sandbox(Settings settings)
    : settings_(std::move(settings)),
      webhooks_(stopper_),
      server_([this](const auto& from, auto& to, auto& delivery) { serve(from, to, delivery); },
              closes, kThreads, stopper_) {
    std::ifstream file(settings_.state_file);
    if (!settings_.state_file.empty() && file) {
        std::stringstream text;
        text << file.rdbuf();
        world_.restore(json::parse(text.str()));
    } else {
        world_.reset(settings_.demo);
        world_.notices.clear();
    }
}

int Sandbox::bind() {
    if (settings_.port == 0) return server_.bind_to_any_port("127.0.0.1");
    return server_.bind_to_port("127.0.0.1", settings_.port) ? settings_.port : -1;
}

void Sandbox::run() {
    server_.listen_after_bind();
}

void Sandbox::stop() {
    stopper_.stop();
    server_.stop();
}

void Sandbox::serve(const httplib::Request& from, httplib::Response& to, Delivery& delivery) {
    json::object entry;
    const HttpReply reply = answer(read_request(from), delivery, entry);
    to.status = reply.status;
    for (const auto& [name, value] : reply.headers)
        to.set_header(name, value);
    to.set_content(reply.body, reply.content_type);
    if (entry.empty()) return;
    entry["status"] = reply.status;
    note(std::move(entry));
}

HttpReply Sandbox::answer(const HttpRequest& request, Delivery& delivery, json::object& log) {
    const std::string system = system_of(request.path);
    if (system == "_sandbox") return control(request);
    if (system.empty()) return plain(404, "not a system of this sandbox");
    const std::string operation = operation_of(system, request);
    log = json::object{{"at", iso_milliseconds(now_us())},
                       {"system", system},
                       {"operation", operation},
                       {"method", request.method},
                       {"path", request.path},
                       {"query", request.raw_query},
                       {"body", request.body.substr(0, kMaxLoggedBody)},
                       {"fault", nullptr}};
    if (const std::string down = faults_.down_mode(system); !down.empty()) {
        log["fault"] = "down";
        if (down == "close") delivery.kind = Delivery::Kind::Drop;
        return plain(503, "down for maintenance");
    }
    const auto fault = faults_.take(system, operation);
    if (!fault) return dispatch(system, request, true);
    log["fault"] = fault->mode;
    return faulty(*fault, system, request, delivery);
}

HttpReply Sandbox::faulty(const Fault& fault, const std::string& system, const HttpRequest& request,
                          Delivery& delivery) {
    const std::string& mode = fault.mode;
    if (mode == "status_429") {
        HttpReply reply = plain(429, "too many requests");
        reply.headers.emplace_back("Retry-After", std::to_string(fault.retry_after));
        return reply;
    }
    if (mode == "status_500_before") return plain(500, "internal error");
    if (mode == "reset_before") {
        delivery.kind = Delivery::Kind::Drop;
        return {};
    }
    if (mode == "reply") {
        HttpReply reply;
        reply.status = static_cast<int>(fault.status);
        reply.body = fault.body;
        return reply;
    }
    if (mode == "latency") stopper_.wait_ms(fault.delay_ms);
    HttpReply reply = dispatch(system, request, mode != "ok_without_doing");
    if (mode == "status_500_after") return plain(500, "internal error");
    if (mode == "wrong_json") reply.body = "{\"data\": <html>";
    if (mode == "reset_after") delivery.kind = Delivery::Kind::Drop;
    if (mode == "half_close") delivery.kind = Delivery::Kind::Truncate;
    if (mode == "slow_body") {
        delivery.kind = Delivery::Kind::Slow;
        delivery.delay_ms = fault.delay_ms;
    }
    if (mode == "timeout_after") {
        stopper_.wait_ms(fault.delay_ms);
        delivery.kind = Delivery::Kind::Drop;
    }
    return reply;
}

HttpReply Sandbox::dispatch(const std::string& system, const HttpRequest& request, bool keep) {
    const std::lock_guard lock(world_.mutex);
    const std::size_t before = world_.effects.size();
    // what is not kept is really done, and then taken back: the answer looks right
    const json::value saved = keep ? json::value{} : world_.snapshot();
    HttpReply reply;
    try {
        if (system == "vendure") reply = vendure::handle(world_, request);
        if (system == "rt") reply = rt::handle(world_, request);
        if (system == "b2c") reply = b2c::handle(world_, request);
        if (system == "woocommerce") reply = woo::handle(world_, request);
        if (system == "stripe") reply = stripe::handle(world_, request);
        if (system == "zendesk") reply = zendesk::handle(world_, request);
        if (system == "shopify") reply = shopify::handle(world_, request);
        if (system == "salesforce") reply = salesforce::handle(world_, request);
        if (system == "tryton") reply = tryton::handle(world_, request);
    } catch (const std::exception& failed) {
        reply = plain(500, failed.what());
    }
    if (keep) {
        after_change(before);
    } else {
        world_.restore(saved);
        world_.notices.clear();
    }
    return reply;
}

void Sandbox::after_change(std::size_t effects_before) {
    webhooks_.send(std::exchange(world_.notices, {}));
    if (settings_.state_file.empty() || world_.effects.size() == effects_before) return;
    const std::string temporary = settings_.state_file + ".new";
    std::ofstream(temporary) << world_.snapshot();
    std::filesystem::rename(temporary, settings_.state_file);
}

void Sandbox::note(json::object entry) {
    const std::lock_guard lock(world_.mutex);
    auto& log = world_.requests;
    if (log.size() >= kMaxLog) log.erase(log.begin(), log.begin() + kMaxLog / 2);
    log.push_back(std::move(entry));
}

}  // namespace orderhub::sandbox
