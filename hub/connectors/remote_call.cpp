#include "hub/connectors/remote_call.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "hub/connectors/host_answers.hpp"

namespace orderhub::connectors {
namespace {

/// What may wait while the call itself waits: no connector needs as much.
constexpr std::size_t kMostArrivedBytes = 2 * kMostFrameBytes;
constexpr std::size_t kMostArrived = 100'000;

void put(FrameWriter& frame, const InboundMessage& message) {
    frame.text(message.id)
        .text(message.content_type)
        .text(message.body)
        .number(static_cast<std::uint64_t>(message.received_at_ms))
        .number(message.headers.size());
    for (const Header& header : message.headers)
        frame.text(header.name).text(header.value);
}

void put(FrameWriter& frame, const CommandCall& command) {
    frame.text(command.kind).text(command.key).text(command.payload).number(command.attempt);
}

void put(FrameWriter& frame, const std::string& cursor) {
    frame.text(cursor);
}

void put(FrameWriter&, Nothing) {}

}  // namespace

void RemoteCall::frame(Frame frame) {
    arrived_bytes_ += frame.fields.size();
    if (arrived_bytes_ > kMostArrivedBytes || arrived_.size() > kMostArrived)
        return supervisor_.condemn("it sends more than it waits for", number_);
    arrived_.push_back(std::move(frame));
    if (wake_) std::exchange(wake_, nullptr)();
}

void RemoteCall::broken(const std::string& reason, bool is_guilty) {
    end_ = reason;
    is_guilty_ = is_guilty;
    // What it asked for last reaches nobody any more; what it finished counts.
    if (!arrived_.empty() && arrived_.back().type != FrameType::finished) arrived_.clear();
    call_.interrupt();
    if (wake_) std::exchange(wake_, nullptr)();
}

void RemoteCall::expect(Waiter::Resume resume) {
    if (!arrived_.empty() || end_ || down_)
        resume();
    else
        wake_ = std::move(resume);
}

std::optional<Frame> RemoteCall::begin(const CallInput& input) {
    call_.waiter->wait([&](Waiter::Resume resume) {
        number_ = supervisor_.begin(*this);
        if (number_ == 0) {
            down_ = supervisor_.why_not();
        } else {
            FrameWriter frame(FrameType::call, number_);
            frame.number(
                static_cast<std::uint64_t>(std::max<std::int64_t>(0, call_.time_left().count())));
            frame.number(input.index());
            std::visit([&](const auto& each) { put(frame, each); }, input);
            supervisor_.send(frame.take());
        }
        resume();
    });
    return next({});
}

/// Nothing once the process has ended.
std::optional<Frame> RemoteCall::next(const Step& step) {
    std::optional<Frame> found;
    call_.waiter->wait([&](Waiter::Resume resume) {
        if (!step.fault.empty()) supervisor_.condemn(step.fault, number_);
        if (!step.text.empty() && !end_) supervisor_.send(step.text);
        expect([&, resume = std::move(resume)] {
            if (!arrived_.empty()) {
                found = std::move(arrived_.front());
                arrived_.pop_front();
                arrived_bytes_ -= found->fields.size();
                if (found->type == FrameType::finished) supervisor_.end(number_);
            }
            resume();
        });
    });
    return found;
}

RemoteCall::Step RemoteCall::answer(const Frame& frame) {
    const auto text = host_answer(call_, frame, number_);
    if (text) return {*text, {}};
    return {{}, "it sent what is no frame of the protocol"};
}

oh_outcome RemoteCall::run(const CallInput& input) {
    auto frame = begin(input);
    while (frame && frame->type != FrameType::finished)
        frame = next(answer(*frame));
    if (!frame) return outcome_without_process();
    FieldReader fields(*frame);
    const auto outcome = static_cast<oh_outcome>(fields.number());
    if (fields.number() != 0) throw std::runtime_error("an exception left the connector");
    return outcome;
}

oh_outcome RemoteCall::outcome_without_process() {
    if (down_) {
        call_.fail(down_->code, down_->message,
                   static_cast<std::uint64_t>(down_->retry_after.count()));
        return OH_RETRY;
    }
    const std::string why = end_.value_or("no reason");
    // Routing knows these codes: it counts what brings a process down again and again.
    if (is_guilty_)
        call_.fail("connector_died", "its process ended during this call: " + why, 0);
    else
        call_.fail("connector_down", "its process ended beside this call: " + why, 0);
    return call_.kind() == CallKind::execute ? OH_UNKNOWN : OH_RETRY;
}

}  // namespace orderhub::connectors
