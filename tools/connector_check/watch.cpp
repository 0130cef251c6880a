#include "watch.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <mutex>
#include <thread>

#include "hub/connectors/host_table.hpp"
#include "locks.hpp"

namespace orderhub::kit {
namespace {

std::atomic<std::int64_t> clock_offset{0};
std::atomic<std::uint64_t> fatal_call{0};
std::atomic<std::uint64_t> call_count{0};
std::mutex mutex;  // of the two below
std::vector<Breach> breaches;
std::thread::id connector_thread;

const oh_host& real() {
    return connectors::host_table();
}

void note(const char* clause, const std::string& seen) {
    const std::lock_guard lock(mutex);
    const Breach breach{clause, seen};
    if (std::ranges::find(breaches, breach) == breaches.end()) breaches.push_back(breach);
}

bool is_connector_thread() {
    const std::lock_guard lock(mutex);
    if (connector_thread == std::thread::id{}) connector_thread = std::this_thread::get_id();
    return connector_thread == std::this_thread::get_id();
}

/// Where each call of the host begins.
void enter(const char* function) {
    const std::string name = std::string("host->") + function + "()";
    if (++call_count == fatal_call) ::kill(::getpid(), SIGKILL);
    if (std::current_exception()) note("host_in_catch", name + " inside a catch handler");
    if (std::uncaught_exceptions() > 0)
        note("host_in_catch", name + " in a destructor while an exception is under way");
    if (const int held = locks_held(); held > 0)
        note("host_in_lock", name + " while the connector holds " + std::to_string(held) +
                                 (held == 1 ? " lock" : " locks"));
    if (!is_connector_thread())
        note("threads", name + " was called on a thread of the connector's own");
}

/// The same for a function that needs a call; false if there is none.
bool enter(const char* function, const oh_call* call) {
    enter(function);
    if (!call) note("host_calls", std::string("host->") + function + "() without a call");
    return call != nullptr;
}

oh_http_outcome http(oh_call* call, const oh_http_request* request, oh_http_response* response) {
    if (!enter("http", call)) return OH_HTTP_REFUSED;
    return real().http(call, request, response);
}

oh_outcome emit(oh_call* call, oh_str kind, oh_str json) {
    if (!enter("emit", call)) return OH_REJECTED;
    const oh_outcome outcome = real().emit(call, kind, json);
    if (outcome != OH_DONE)
        note("records", "a record of kind " + std::string(kind.data ? kind.data : "", kind.len) +
                            " that the host refuses; its log says why");
    return outcome;
}

void set_cursor(oh_call* call, oh_str cursor) {
    if (enter("set_cursor", call)) real().set_cursor(call, cursor);
}
void set_result(oh_call* call, oh_str json) {
    if (enter("set_result", call)) real().set_result(call, json);
}
void fail_call(oh_call* call, oh_str code, oh_str message, std::uint64_t retry_after_ms) {
    if (enter("fail", call)) real().fail(call, code, message, retry_after_ms);
}
void state_get(oh_call* call, oh_str key, oh_str* value) {
    if (enter("state_get", call)) return real().state_get(call, key, value);
    *value = {};
}
void state_put(oh_call* call, oh_str key, oh_str value) {
    if (enter("state_put", call)) real().state_put(call, key, value);
}
std::int64_t now_ms(oh_call* call) {
    enter("now_ms");
    return real().now_ms(call) + clock_offset;
}
void sleep_ms(oh_call* call, std::uint64_t duration) {
    if (enter("sleep_ms", call)) real().sleep_ms(call, duration);
}
void random_bytes(oh_call* call, void* buffer, std::size_t len) {
    enter("random");
    real().random(call, buffer, len);
}
void log(oh_call* call, std::int32_t level, oh_str message) {
    enter("log");
    real().log(call, level, message);
}

}  // namespace

const oh_host* watched_table() {
    static const oh_host table = [] {
        oh_host made = real();
        made.http = http;
        made.emit = emit;
        made.set_cursor = set_cursor;
        made.set_result = set_result;
        made.fail = fail_call;
        made.state_get = state_get;
        made.state_put = state_put;
        made.now_ms = now_ms;
        made.sleep_ms = sleep_ms;
        made.random = random_bytes;
        made.log = log;
        return made;
    }();
    return &table;
}

void set_clock_offset(std::int64_t milliseconds) {
    clock_offset = milliseconds;
}
std::int64_t hub_now_ms() {
    return real().now_ms(nullptr) + clock_offset;
}
void kill_at_host_call(std::uint64_t number) {
    call_count = 0;
    fatal_call = number;
}
std::uint64_t host_calls() {
    return call_count;
}
void watch_locks_of(const std::string& path) {
    count_locks_of(path);
}
void forget_thread() {
    const std::lock_guard lock(mutex);
    connector_thread = {};
}

std::vector<Breach> take_breaches() {
    const std::lock_guard lock(mutex);
    return std::exchange(breaches, {});
}

}  // namespace orderhub::kit
