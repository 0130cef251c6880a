#include "hub/connectors/host_table.hpp"

#include <openssl/rand.h>
#include <orderhub/oauth2.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <exception>
#include <orderhub/http.hpp>
#include <string_view>

namespace orderhub::connectors {
namespace {

using sdk::view;

thread_local const InstanceContext* outside_call = nullptr;

/// Nothing may be thrown across the ABI; what is thrown here is lack of memory or a bug, and then
/// nothing can be promised.
template <class Body>
auto guarded(Body&& body) noexcept {
    return body();
}

std::int64_t now_ms(oh_call*) {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

void random_bytes(oh_call*, void* buffer, std::size_t len) {
    auto* bytes = static_cast<unsigned char*>(buffer);
    while (len > 0) {
        const std::size_t part = std::min<std::size_t>(len, INT_MAX);
        if (RAND_bytes(bytes, static_cast<int>(part)) != 1) std::terminate();
        bytes += part;
        len -= part;
    }
}

void sleep_ms(oh_call* call, std::uint64_t duration) {
    constexpr std::uint64_t kLongest = 24ULL * 3600 * 1000;
    const auto ms = static_cast<std::int64_t>(std::min(duration, kLongest));
    guarded([&] { call->sleep(std::chrono::milliseconds(ms)); });
}

void log(oh_call* call, std::int32_t level, oh_str message) {
    guarded([&] {
        if (call)
            call->log(level, view(message));
        else if (outside_call)
            write_log(*outside_call, level, view(message));
    });
}

oh_host make_table() {
    oh_host table{};
    table.size = sizeof table;
    table.abi_major = OH_ABI_MAJOR;
    table.abi_minor = OH_ABI_MINOR;
    table.http = [](oh_call* call, const oh_http_request* request, oh_http_response* response) {
        return guarded([&] { return call->http(*request, *response); });
    };
    table.emit = [](oh_call* call, oh_str kind, oh_str json) {
        return guarded([&] { return call->emit(view(kind), view(json)); });
    };
    table.set_cursor = [](oh_call* call, oh_str cursor) {
        guarded([&] { call->set_cursor(view(cursor)); });
    };
    table.set_result = [](oh_call* call, oh_str json) {
        guarded([&] { call->set_result(view(json)); });
    };
    table.fail = [](oh_call* call, oh_str code, oh_str message, std::uint64_t retry_after_ms) {
        guarded([&] { call->fail(view(code), view(message), retry_after_ms); });
    };
    table.state_get = [](oh_call* call, oh_str key, oh_str* value) {
        guarded([&] { *value = call->state_get(view(key)); });
    };
    table.state_put = [](oh_call* call, oh_str key, oh_str value) {
        guarded([&] { call->state_put(view(key), view(value)); });
    };
    table.now_ms = now_ms;
    table.sleep_ms = sleep_ms;
    table.random = random_bytes;
    table.log = log;
    table.get_extension = [](const char* name) -> const void* {
        static constexpr oh_oauth2 oauth2{
            sizeof(oh_oauth2), [](oh_call* call) { guarded([&] { call->forget_token(); }); }};
        return std::string_view(name) == OH_OAUTH2 ? &oauth2 : nullptr;
    };
    table.deadline_ms = [](oh_call* call) {
        return guarded([&] { return now_ms(call) + call->time_left().count(); });
    };
    return table;
}

}  // namespace

const oh_host& host_table() {
    static const oh_host table = make_table();
    return table;
}

OutsideCall::OutsideCall(const InstanceContext& context) {
    outside_call = &context;
}
OutsideCall::~OutsideCall() {
    outside_call = nullptr;
}

}  // namespace orderhub::connectors
