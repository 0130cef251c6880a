#include "peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "fill.hpp"
#include "hub/connectors/encoding.hpp"
#include "wire.hpp"

namespace orderhub::kit {
namespace {

constexpr int kPieceMs = 100;
constexpr std::size_t kHugeBytes = 64UL * 1024 * 1024;

/// A text with bytes that are not UTF-8 where its first letters were.
std::string spoilt(std::string text) {
    const std::size_t at = text.find_first_of("abcdefghijklmnopqrstuvwxyz0123456789");
    text.insert(at == text.npos ? text.size() : at, "\xff\xfe\xc3\x28");
    return text;
}

/// Where an exchange's key of a repeat stands: "header NAME" or "json POINTER".
std::string key_of(const std::string& once_by, const HttpRequest& request) {
    const std::size_t space = std::min(once_by.find(' '), once_by.size());
    const std::string place = once_by.substr(std::min(space + 1, once_by.size()));
    if (once_by.starts_with("json")) return json::serialize(at_pointer(request.body, place));
    std::string name = place;
    std::ranges::transform(name, name.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
}

std::string echo(const HttpRequest& request) {
    std::string all = request.method + " " + request.target;
    for (const auto& [name, value] : request.headers)
        all += " " + name + ": " + value;
    return json::serialize(json::object{{"message", all + " " + request.body}});
}

}  // namespace

struct Peer::Reply {
    int status = 200;
    Texts headers;
    std::string body;
    FaultKind fault = FaultKind::none;
};

struct Peer::Memory {
    std::set<std::string, std::less<>> facts;
    std::string key;
    Effects effects;
    Texts written;  ///< body of the request that brought the fact about
    std::set<std::string> used_keys;
    std::vector<Seen> seen;
    Fault fault;
    Texts changes;  ///< exchange, fact

    bool holds(const std::vector<std::string>& wanted) const {
        return std::ranges::all_of(wanted, [this](std::string_view fact) {
            const bool negated = fact.starts_with('!');
            return facts.contains(negated ? fact.substr(1) : fact) != negated;
        });
    }
    /// Whether the request that comes now, as number `ordinal`, is to go wrong.
    bool is_faulty(std::size_t ordinal) const {
        return fault.kind != FaultKind::none &&
               (fault.every ? ordinal >= fault.ordinal : ordinal == fault.ordinal);
    }
};

Peer::Peer(const Script& script)
    : script_(script), listener_(listen_on_loopback(port_)), memory_(std::make_unique<Memory>()) {
    acceptor_ = std::thread([this] { accept_all(); });
}

Peer::~Peer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    std::unique_lock lock(mutex_);
    for (const int socket : sockets_)
        ::shutdown(socket, SHUT_RDWR);
    all_gone_.wait(lock, [this] { return sockets_.empty(); });
}

std::string Peer::canary(const std::string& exchange) {
    std::string plain = "kitcanary0";
    for (const char c : exchange)
        plain += std::isalnum(static_cast<unsigned char>(c)) ? c : 'x';
    return plain + "7d41";
}

void Peer::begin(const std::vector<std::string>& given, const std::string& key) {
    const std::lock_guard lock(mutex_);
    *memory_ = {};
    memory_->facts.insert(given.begin(), given.end());
    memory_->key = key;
}

void Peer::next_call() {
    const std::lock_guard lock(mutex_);
    memory_->seen.clear();
}

void Peer::arm(Fault fault) {
    const std::lock_guard lock(mutex_);
    memory_->fault = std::move(fault);
}

void Peer::change_after(const std::string& exchange, const std::string& fact) {
    const std::lock_guard lock(mutex_);
    memory_->changes[exchange] = fact;
}

std::vector<Seen> Peer::seen() const {
    const std::lock_guard lock(mutex_);
    return memory_->seen;
}

Effects Peer::effects() const {
    const std::lock_guard lock(mutex_);
    return memory_->effects;
}

/// Connections are accepted in the order in which they were made: once one of our own is, all that
/// were made before it have been counted.
int Peer::connections() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(probe, generic, length) != 0 || ::getsockname(probe, generic, &length) != 0)
        throw std::runtime_error("no port for the kit's own connection");
    std::unique_lock lock(mutex_);
    probe_port_ = ntohs(address.sin_port);
    address.sin_port = htons(port_);
    if (::connect(probe, generic, length) != 0)
        throw std::runtime_error("the kit does not reach its own peer");
    probe_seen_.wait(lock, [this] { return probe_port_ == 0; });
    ::close(probe);
    return connections_;
}

bool Peer::is_probe(std::uint16_t from) {
    const std::lock_guard lock(mutex_);
    if (from != probe_port_) {
        ++connections_;
        return false;
    }
    probe_port_ = 0;
    probe_seen_.notify_all();
    return true;
}

void Peer::accept_all() {
    for (;;) {
        sockaddr_in from{};
        socklen_t length = sizeof from;
        const int socket =
            ::accept4(listener_, reinterpret_cast<sockaddr*>(&from), &length, SOCK_CLOEXEC);
        if (socket < 0) return;
        if (is_probe(ntohs(from.sin_port))) {
            ::close(socket);
            continue;
        }
        if (is_to_reset()) {
            reset(socket);
            ::close(socket);
            continue;
        }
        const std::lock_guard lock(mutex_);
        sockets_.insert(socket);
        std::thread([this, socket] { serve(socket); }).detach();
    }
}

/// A connection that is reset before anything is read counts as the request that it was opened for.
bool Peer::is_to_reset() {
    const std::lock_guard lock(mutex_);
    if (memory_->fault.kind != FaultKind::unreachable || !memory_->is_faulty(memory_->seen.size()))
        return false;
    memory_->seen.push_back({"(reset before it was read)", {}, false, false, true, {}});
    return true;
}

void Peer::serve(int socket) {
    std::string buffered;
    while (serve_one(socket, buffered)) {
    }
    const std::lock_guard lock(mutex_);
    ::close(socket);
    sockets_.erase(socket);
    if (sockets_.empty()) all_gone_.notify_all();
}

bool Peer::serve_one(int socket, std::string& buffered) {
    const auto request = read_request(socket, buffered);
    if (!request) return false;
    if (pause_ms_ > 0 && has_gone_within(socket, pause_ms_)) return false;
    const Reply reply = answer(*request);
    const auto send = [&](std::size_t length, std::string_view body) {
        return send_all(socket, response_head(reply.status, reply.headers, length)) &&
               send_all(socket, body);
    };
    const std::string_view body = reply.body;
    switch (reply.fault) {
        case FaultKind::unreachable:
        case FaultKind::reset:
            reset(socket);
            return false;
        case FaultKind::half_close:
            send(body.size() + 1, body.substr(0, body.size() / 2));
            return false;
        case FaultKind::huge: {
            const std::string block(64 * 1024, ' ');
            bool goes_on = send(kHugeBytes, block);
            for (std::size_t sent = block.size(); goes_on && sent < kHugeBytes;
                 sent += block.size())
                goes_on = send_all(socket, block);
            return false;
        }
        case FaultKind::slow: {
            // Within the host's limit of a body, which would end the call at once.
            constexpr std::size_t kNeverSent = 64 * 1024;
            bool goes_on = send(body.size() + kNeverSent, body.substr(0, 1));
            while (goes_on)
                goes_on = !has_gone_within(socket, kPieceMs) && send_all(socket, " ");
            return false;
        }
        default:
            return send(body.size(), body) && !reply.headers.contains("connection");
    }
}

const Exchange* Peer::find(const HttpRequest& request) const {
    const auto found = std::ranges::find_if(script_.exchanges, [&](const Exchange& exchange) {
        return memory_->holds(exchange.when) && fits(exchange.request, request);
    });
    return found == script_.exchanges.end() ? nullptr : &*found;
}

Peer::Reply Peer::answer(const HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    const bool is_faulty = memory_->is_faulty(memory_->seen.size());
    const Fault& fault = memory_->fault;
    const Exchange* exchange = find(request);
    memory_->seen.push_back({exchange ? exchange->name : "", exchange ? exchange->effect : "",
                             exchange && exchange->auth, exchange && !exchange->once_by.empty(),
                             is_faulty, request});
    if (!exchange)
        return {501,
                {{"content-type", "application/json"}},
                R"({"message": "the check file has no exchange for this request"})"};
    Reply reply = scripted(*exchange, request);
    if (!is_faulty || fault.takes_effect) {
        if (!exchange->effect.empty()) take_effect(*exchange, request);
        const auto change = memory_->changes.find(exchange->name);
        if (change != memory_->changes.end()) memory_->facts.insert(change->second);
    }
    if (fault.kind == FaultKind::unreachable) reply.headers["connection"] = "close";
    if (!is_faulty) return reply;
    reply.fault = fault.kind;
    if (fault.kind == FaultKind::bad_utf8) reply.body = spoilt(reply.body);
    if (fault.kind == FaultKind::wrong_type)
        return {200, {{"content-type", "text/html"}}, "<html><body>Please log in</body></html>"};
    if (fault.kind == FaultKind::status) {
        reply = {fault.status, fault.headers, fault.echoes ? echo(request) : fault.body};
        reply.headers.emplace("content-type", "application/json");
    }
    return reply;
}

/// What a placeholder stands for.
std::optional<json::value> Peer::named(const Exchange& exchange, const HttpRequest& request,
                                       std::string_view name) const {
    constexpr std::string_view kBase64 = "base64 ";
    constexpr std::string_view kRequest = "request:";
    constexpr std::string_view kWritten = "written ";
    if (name.starts_with(kBase64)) {
        const auto inner = named(exchange, request, name.substr(kBase64.size()));
        const bool is_text = inner && inner->is_string();
        return json::value(connectors::to_base64(is_text ? inner->get_string() : json::string()));
    }
    if (name == "peer") return json::value(address());
    if (name == "key") return json::value(memory_->key);
    if (name == "canary") return json::value(canary(exchange.name));
    if (name.starts_with(kRequest)) return at_pointer(request.body, name.substr(kRequest.size()));
    const std::size_t colon = name.find(':');
    if (!name.starts_with(kWritten) || colon == name.npos) return instant_named(name);
    const auto found = memory_->written.find(name.substr(kWritten.size(), colon - kWritten.size()));
    return found == memory_->written.end() ? json::value(nullptr)
                                           : at_pointer(found->second, name.substr(colon + 1));
}

Peer::Reply Peer::scripted(const Exchange& exchange, const HttpRequest& request) const {
    const Lookup lookup = [&](std::string_view name) { return named(exchange, request, name); };
    Reply reply{exchange.response.status, {}, {}};
    for (const auto& [name, value] : exchange.response.headers)
        reply.headers[name] = filled(value, lookup);
    auto body = exchange.response.body;
    for (const auto& [fact, changes] : exchange.response.shows)
        if (body && memory_->holds({fact}))
            for (const auto& [pointer, value] : changes)
                put_at(*body, pointer, value);
    reply.body = body ? json::serialize(filled(*body, lookup))
                      : filled(std::string_view(exchange.response.text), lookup);
    if (body) reply.headers.emplace("content-type", "application/json");
    return reply;
}

bool Peer::is_repeat(const Exchange& exchange, const HttpRequest& request) {
    if (exchange.once_by.empty()) return false;
    const std::string key = key_of(exchange.once_by, request);
    return !key.empty() && key != "null" && !memory_->used_keys.insert(exchange.name + key).second;
}

void Peer::take_effect(const Exchange& exchange, const HttpRequest& request) {
    if (is_repeat(exchange, request)) return;
    ++memory_->effects[exchange.effect];
    memory_->facts.insert(exchange.effect);
    memory_->written[exchange.effect] = request.body;
}

}  // namespace orderhub::kit
