#include "hub/connectors/local_backend.hpp"

#include <orderhub/http.hpp>

namespace orderhub::connectors {
namespace {

std::vector<oh_header> borrow_headers(const std::vector<Header>& headers) {
    std::vector<oh_header> borrowed;
    for (const Header& header : headers)
        borrowed.push_back({sdk::borrow(header.name), sdk::borrow(header.value)});
    return borrowed;
}

}  // namespace

Result<void> LocalBackend::create(const std::string& config) {
    const OutsideCall outside(context_);
    oh_str error{};
    std::string words = "it gave no reason";
    try {
        if (library_.table->create(&lent_, sdk::borrow(config), &self_, &error) == OH_DONE)
            return {};
        if (error.len > 0) words = sdk::view(error);
    } catch (...) {
        words = "it let an exception escape";
    }
    self_ = nullptr;
    return refused_config(context_, words);
}

void LocalBackend::end(std::function<void()> ended) {
    if (self_) {
        const OutsideCall outside(context_);
        library_.table->destroy(self_);
        self_ = nullptr;
    }
    ended();
}

oh_outcome LocalBackend::receive(oh_call& call, const InboundMessage& message) {
    const auto headers = borrow_headers(message.headers);
    oh_message raw{};
    raw.size = sizeof raw;
    raw.id = sdk::borrow(message.id);
    raw.headers = headers.data();
    raw.header_count = headers.size();
    raw.content_type = sdk::borrow(message.content_type);
    raw.body = sdk::borrow(message.body);
    raw.received_at_ms = message.received_at_ms;
    return library_.table->receive(self_, &call, &raw);
}

oh_outcome LocalBackend::execute(oh_call& call, const CommandCall& command) {
    const oh_command raw{sizeof(oh_command), sdk::borrow(command.kind), sdk::borrow(command.key),
                         sdk::borrow(command.payload), command.attempt};
    return library_.table->execute(self_, &call, &raw);
}

oh_outcome LocalBackend::run(oh_call& call, const CallInput& input) {
    switch (kind_of(input)) {
        case CallKind::check:
            return library_.table->check(self_, &call);
        case CallKind::receive:
            return receive(call, std::get<InboundMessage>(input));
        case CallKind::poll:
            return library_.table->poll(self_, &call, sdk::borrow(std::get<std::string>(input)));
        case CallKind::execute:
            break;
    }
    return execute(call, std::get<CommandCall>(input));
}

}  // namespace orderhub::connectors
