#include "hub/connectors/child/loaded_connector.hpp"

#include <dlfcn.h>

#include <cstddef>
#include <orderhub/http.hpp>
#include <vector>

#include "hub/connectors/call_kind.hpp"
#include "hub/connectors/child/lent.hpp"
#include "hub/connectors/connector_table.hpp"

namespace orderhub::connectors {

using sdk::borrow;
using sdk::view;

std::string LoadedConnector::load(int descriptor) {
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char* words = ::dlerror();
        return std::string("it cannot be loaded: ") + (words ? words : "no reason was given");
    }
    const void* symbol = ::dlsym(library, kConnectorSymbol);
    if (!symbol) return "it exports no orderhub_connector";
    table_ = static_cast<const oh_connector*>(symbol);
    return table_complaint(*table_).message;
}

std::string LoadedConnector::create(const std::string& config) {
    oh_str error{};
    try {
        if (table_->create(&child_host_table(), borrow(config), &self_, &error) == OH_DONE)
            return {};
        return error.len > 0 ? std::string(view(error)) : "it gave no reason";
    } catch (...) {
        return "it let an exception escape";
    }
}

void LoadedConnector::describe(FrameWriter& frame) const {
    frame.text(view(table_->describe()))
        .number(table_->receive != nullptr)
        .number(table_->poll != nullptr)
        .number(table_->execute != nullptr);
}

oh_outcome LoadedConnector::receive(oh_call& call, FieldReader& fields) {
    oh_message message{};
    message.size = sizeof message;
    message.id = borrow(fields.text());
    message.content_type = borrow(fields.text());
    message.body = borrow(fields.text());
    message.received_at_ms = static_cast<std::int64_t>(fields.number());
    std::vector<oh_header> headers(fields.number());
    for (oh_header& header : headers) {
        header.name = borrow(fields.text());
        header.value = borrow(fields.text());
    }
    message.headers = headers.data();
    message.header_count = headers.size();
    return table_->receive(self_, &call, &message);
}

oh_outcome LoadedConnector::execute(oh_call& call, FieldReader& fields) {
    oh_command command{};
    command.size = sizeof command;
    command.kind = borrow(fields.text());
    command.key = borrow(fields.text());
    command.payload = borrow(fields.text());
    command.attempt = static_cast<std::uint32_t>(fields.number());
    return table_->execute(self_, &call, &command);
}

oh_outcome LoadedConnector::called(oh_call& call, FieldReader& fields) {
    switch (static_cast<CallKind>(fields.number())) {
        case CallKind::check:
            return table_->check(self_, &call);
        case CallKind::receive:
            return receive(call, fields);
        case CallKind::poll:
            return table_->poll(self_, &call, borrow(fields.text()));
        case CallKind::execute:
            break;
    }
    return execute(call, fields);
}

std::string LoadedConnector::run(const Frame& frame) {
    FieldReader fields(frame);
    oh_call call{frame.call, child_now_ms() + static_cast<std::int64_t>(fields.number())};
    FrameWriter finished(FrameType::finished, frame.call);
    try {
        const oh_outcome outcome = called(call, fields);
        finished.number(static_cast<std::uint32_t>(outcome)).number(0);
    } catch (...) {
        finished.number(0).number(1);
    }
    return finished.take();
}

void LoadedConnector::destroy() {
    if (self_) table_->destroy(self_);
    self_ = nullptr;
}

}  // namespace orderhub::connectors
