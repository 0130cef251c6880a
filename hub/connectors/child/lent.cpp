#include "hub/connectors/child/lent.hpp"

#include <orderhub/oauth2.h>
#include <sys/random.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <orderhub/http.hpp>
#include <string_view>
#include <utility>

namespace orderhub::connectors {
namespace {

using sdk::borrow;
using sdk::view;

Lender* lender = nullptr;

void tell(FrameWriter& frame) {
    lender->channel.put(frame.take());
}

Frame ask(oh_call* call, FrameWriter& frame) {
    tell(frame);
    return lender->crew.reply_for(call->number);
}

void show(oh_call& call, FieldReader& fields, oh_http_response& response) {
    response.status = static_cast<std::int32_t>(fields.number());
    call.http_headers.clear();
    const std::uint64_t count = fields.number();
    for (std::uint64_t i = 0; i < count && fields.is_good(); ++i) {
        const auto name = fields.text();
        call.http_headers.push_back({borrow(name), borrow(fields.text())});
    }
    response.headers = call.http_headers.data();
    response.header_count = call.http_headers.size();
    response.body = borrow(fields.text());
}

oh_http_outcome http(oh_call* call, const oh_http_request* request, oh_http_response* response) {
    FrameWriter frame(FrameType::http, call->number);
    const bool has_flags = OH_HAS(request, flags);
    const bool has_timeout = OH_HAS(request, timeout_ms);
    const bool has_limit = OH_HAS(request, max_response_bytes);
    frame.text(view(request->method)).text(view(request->url)).number(request->header_count);
    for (std::size_t i = 0; i < request->header_count; ++i)
        frame.text(view(request->headers[i].name)).text(view(request->headers[i].value));
    frame.text(view(request->body))
        .number(has_flags ? request->flags : 0)
        .number(has_timeout ? request->timeout_ms : 0)
        .number(has_limit ? request->max_response_bytes : 0);
    call->http_reply = ask(call, frame);
    FieldReader fields(call->http_reply);
    const auto outcome = static_cast<oh_http_outcome>(fields.number());
    show(*call, fields, *response);
    return outcome;
}

oh_outcome emit(oh_call* call, oh_str kind, oh_str json) {
    FrameWriter frame(FrameType::emit, call->number);
    const Frame reply = ask(call, frame.text(view(kind)).text(view(json)));
    return static_cast<oh_outcome>(FieldReader(reply).number());
}

void state_get(oh_call* call, oh_str key, oh_str* value) {
    FrameWriter frame(FrameType::state_get, call->number);
    call->state_reply = ask(call, frame.text(view(key)));
    *value = borrow(FieldReader(call->state_reply).text());
}

void random_bytes(oh_call*, void* buffer, std::size_t len) {
    auto* bytes = static_cast<unsigned char*>(buffer);
    while (len > 0) {
        const ssize_t count = ::getrandom(bytes, len, 0);
        if (count <= 0) std::terminate();
        bytes += count;
        len -= static_cast<std::size_t>(count);
    }
}

/// At once: if the process ends next, it may be the line that says why.
void log(oh_call* call, std::int32_t level, oh_str message) {
    FrameWriter frame(FrameType::log, call ? call->number : 0);
    tell(frame.number(static_cast<std::uint32_t>(level)).text(view(message)));
    lender->channel.flush();
}

/// Nothing may be thrown across the ABI; what could be is lack of memory, and then the process
/// ends, which the hub sees.
oh_host make_table() {
    oh_host table{};
    table.size = sizeof table;
    table.abi_major = OH_ABI_MAJOR;
    table.abi_minor = OH_ABI_MINOR;
    table.http = [](oh_call* call, const oh_http_request* request,
                    oh_http_response* response) noexcept { return http(call, request, response); };
    table.emit = [](oh_call* call, oh_str kind, oh_str json) noexcept {
        return emit(call, kind, json);
    };
    table.set_cursor = [](oh_call* call, oh_str cursor) noexcept {
        tell(FrameWriter(FrameType::set_cursor, call->number).text(view(cursor)));
    };
    table.set_result = [](oh_call* call, oh_str json) noexcept {
        tell(FrameWriter(FrameType::set_result, call->number).text(view(json)));
    };
    table.fail = [](oh_call* call, oh_str code, oh_str message, std::uint64_t after_ms) noexcept {
        tell(FrameWriter(FrameType::fail, call->number)
                 .text(view(code))
                 .text(view(message))
                 .number(after_ms));
    };
    table.state_get = [](oh_call* call, oh_str key, oh_str* value) noexcept {
        state_get(call, key, value);
    };
    table.state_put = [](oh_call* call, oh_str key, oh_str value) noexcept {
        tell(FrameWriter(FrameType::state_put, call->number).text(view(key)).text(view(value)));
    };
    table.now_ms = [](oh_call*) { return child_now_ms(); };
    table.sleep_ms = [](oh_call* call, std::uint64_t duration) noexcept {
        FrameWriter frame(FrameType::sleep, call->number);
        ask(call, frame.number(duration));
    };
    table.random = random_bytes;
    table.log = [](oh_call* call, std::int32_t level, oh_str message) noexcept {
        log(call, level, message);
    };
    table.get_extension = [](const char* name) -> const void* {
        static constexpr oh_oauth2 oauth2{sizeof(oh_oauth2), [](oh_call* call) noexcept {
                                              FrameWriter frame(FrameType::forget_token,
                                                                call->number);
                                              tell(frame);
                                          }};
        return std::string_view(name) == OH_OAUTH2 ? &oauth2 : nullptr;
    };
    table.deadline_ms = [](oh_call* call) { return call->deadline_ms; };
    return table;
}

}  // namespace

void set_lender(Lender* the_lender) {
    lender = the_lender;
}

std::int64_t child_now_ms() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

const oh_host& child_host_table() {
    static const oh_host table = make_table();
    return table;
}

}  // namespace orderhub::connectors
