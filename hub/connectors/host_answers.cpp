#include "hub/connectors/host_answers.hpp"

#include <algorithm>
#include <chrono>
#include <orderhub/http.hpp>
#include <vector>

namespace orderhub::connectors {
namespace {

using sdk::borrow;
using sdk::view;

constexpr std::uint64_t kMostHeaders = 1000;
/// An answer must fit into a frame, its headers included.
constexpr std::uint64_t kMostResponseBytes = kMostFrameBytes - 1024 * 1024;

std::string reply(FrameWriter& frame) {
    return frame.take();
}

std::string http_reply(std::uint32_t number, oh_http_outcome outcome,
                       const oh_http_response& response) {
    FrameWriter frame(FrameType::reply, number);
    frame.number(static_cast<std::uint32_t>(outcome))
        .number(static_cast<std::uint32_t>(response.status))
        .number(response.header_count);
    for (std::size_t i = 0; i < response.header_count; ++i)
        frame.text(view(response.headers[i].name)).text(view(response.headers[i].value));
    return reply(frame.text(view(response.body)));
}

std::optional<std::string> http(oh_call& call, FieldReader& fields, std::uint32_t number) {
    oh_http_request request{};
    request.size = sizeof request;
    request.method = borrow(fields.text());
    request.url = borrow(fields.text());
    const std::uint64_t count = fields.number();
    if (count > kMostHeaders) return std::nullopt;
    std::vector<oh_header> headers(count);
    for (oh_header& header : headers) {
        header.name = borrow(fields.text());
        header.value = borrow(fields.text());
    }
    request.headers = headers.data();
    request.header_count = headers.size();
    request.body = borrow(fields.text());
    request.flags = static_cast<std::uint32_t>(fields.number());
    request.timeout_ms = static_cast<std::uint32_t>(fields.number());
    request.max_response_bytes = std::min(fields.number(), kMostResponseBytes);
    if (!fields.is_complete()) return std::nullopt;
    oh_http_response response{};
    response.size = sizeof response;
    const auto outcome = call.http(request, response);
    return http_reply(number, outcome, response);
}

std::optional<std::string> asked(oh_call& call, FrameType type, FieldReader& fields,
                                 std::uint32_t number) {
    FrameWriter frame(FrameType::reply, number);
    if (type == FrameType::emit) {
        const auto kind = fields.text();
        const auto json = fields.text();
        if (!fields.is_complete()) return std::nullopt;
        return reply(frame.number(static_cast<std::uint32_t>(call.emit(kind, json))));
    }
    if (type == FrameType::state_get) {
        const auto key = fields.text();
        if (!fields.is_complete()) return std::nullopt;
        return reply(frame.text(view(call.state_get(key))));
    }
    const std::uint64_t ms = std::min<std::uint64_t>(fields.number(), 24ULL * 3600 * 1000);
    if (!fields.is_complete()) return std::nullopt;
    call.sleep(std::chrono::milliseconds(ms));
    return reply(frame);
}

/// What needs no reply.
std::optional<std::string> told(oh_call& call, FrameType type, FieldReader& fields) {
    const auto first = fields.text();
    if (type == FrameType::set_cursor) {
        call.set_cursor(first);
    } else if (type == FrameType::set_result) {
        call.set_result(first);
    } else if (type == FrameType::fail) {
        const auto message = fields.text();
        call.fail(first, message, fields.number());
    } else {
        call.state_put(first, fields.text());
    }
    if (!fields.is_complete()) return std::nullopt;
    return std::string();
}

}  // namespace

std::optional<std::string> host_answer(oh_call& call, const Frame& frame, std::uint32_t number) {
    FieldReader fields(frame);
    switch (frame.type) {
        case FrameType::http:
            return http(call, fields, number);
        case FrameType::emit:
        case FrameType::state_get:
        case FrameType::sleep:
            return asked(call, frame.type, fields, number);
        case FrameType::set_cursor:
        case FrameType::set_result:
        case FrameType::fail:
        case FrameType::state_put:
            return told(call, frame.type, fields);
        case FrameType::forget_token:
            call.forget_token();
            return std::string();
        default:
            return std::nullopt;
    }
}

}  // namespace orderhub::connectors
