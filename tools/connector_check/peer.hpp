// The stand-in for the outside system: answers on loopback as the check file says, remembers what
// took effect, and goes wrong where it is told to.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fault.hpp"
#include "match.hpp"

namespace orderhub::kit {

/// A request that came, and what it was taken for.
struct Seen {
    std::string exchange;  ///< empty: none of the check file fits
    std::string effect;    ///< that it brought about, or would have without the fault
    bool is_auth = false;
    bool is_keyed = false;  ///< a repeat of it does nothing
    bool was_faulty = false;
    HttpRequest request;

    bool is_write() const { return !effect.empty(); }
};

/// How often each effect took place.
using Effects = std::map<std::string, int, std::less<>>;

class Peer {
public:
    explicit Peer(const Script& script);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
    /// What {{canary}} gives in the answers of an exchange.
    static std::string canary(const std::string& exchange);

    /// Forgets everything; these facts hold.
    void begin(const std::vector<std::string>& given, const std::string& key = {});
    /// Counts requests from 0 again; facts and effects stay.
    void next_call();
    void arm(Fault fault);
    void disarm() { arm({}); }
    /// `fact` begins to hold once the exchange was answered.
    void change_after(const std::string& exchange, const std::string& fact);
    /// Every answer waits so long; to have many requests at once.
    void slow_down(int milliseconds) { pause_ms_ = milliseconds; }

    std::vector<Seen> seen() const;  ///< since the last begin or next_call
    Effects effects() const;
    /// Made until now, those included that were not yet looked at.
    int connections();

private:
    struct Reply;
    struct Memory;

    void accept_all();
    void serve(int socket);
    bool serve_one(int socket, std::string& buffered);
    Reply answer(const HttpRequest& request);
    const Exchange* find(const HttpRequest& request) const;
    std::optional<json::value> named(const Exchange& exchange, const HttpRequest& request,
                                     std::string_view name) const;
    Reply scripted(const Exchange& exchange, const HttpRequest& request) const;
    void take_effect(const Exchange& exchange, const HttpRequest& request);
    bool is_repeat(const Exchange& exchange, const HttpRequest& request);
    bool is_to_reset();
    bool is_probe(std::uint16_t from);

    const Script& script_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    std::atomic<int> pause_ms_{0};
    mutable std::mutex mutex_;  ///< of all below
    std::unique_ptr<Memory> memory_;
    std::set<int> sockets_;
    int connections_ = 0;
    std::uint16_t probe_port_ = 0;  ///< of the connection that connections() waits for
    std::condition_variable probe_seen_;
    std::condition_variable all_gone_;
    std::thread acceptor_;
};

}  // namespace orderhub::kit
