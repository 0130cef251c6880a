#include "hub/connectors/supervisor.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "hub/connectors/installation.hpp"

namespace orderhub::connectors {
namespace {

using std::chrono::milliseconds;

/// Open files that a connector's process may have; it needs few.
constexpr std::uint64_t kMostFiles = 64;
/// How long a process waits that floods the log.
constexpr milliseconds kFloodPause{100};
/// A parked process is not worth more frequent attempts.
constexpr milliseconds kParkedRetry{10'000};

}  // namespace

Supervisor::Supervisor(Services& services, const InstanceContext& context, ProcessSettings settings,
                       LibraryFile library)
    : services_(services),
      context_(context),
      settings_(std::move(settings)),
      library_(std::move(library)),
      lines_(context),
      timer_(services.io) {
    facts_.isolation = context.isolation;
}

void Supervisor::start(std::string config, Ready ready) {
    config_ = std::move(config);
    ready_ = std::move(ready);
    spawn_now();
}

void Supervisor::first_start_is(Result<void> result) {
    if (ready_) std::exchange(ready_, nullptr)(std::move(result));
}

void Supervisor::set_state(ProcessState state) {
    const std::lock_guard lock(mutex_);
    facts_.state = state;
    facts_.pid = process_ ? process_->pid() : 0;
}

ProcessFacts Supervisor::facts() const {
    const std::lock_guard lock(mutex_);
    return facts_;
}

void Supervisor::spawn_now() {
    const auto program = settings_.program.empty() ? connector_program() : settings_.program;
    spawned_at_ = Clock::now();
    unanswered_ = 0;
    condemned_.reset();
    const auto spawned = spawn(program, library_.descriptor());
    if (!spawned) {
        first_start_is(std::unexpected(spawned.error()));
        return ended(spawned.error().message);
    }
    const auto self = shared_from_this();
    process_ = std::make_shared<ChildProcess>(
        services_.io, *spawned,
        ChildProcess::Events{[self](Frame frame) { self->receive(std::move(frame)); },
                             [self](std::string_view bytes) { self->output(bytes); },
                             [self] { self->condemn("it sent what is no frame of the protocol"); },
                             [self](const std::string& reason) { self->ended(reason); }});
    {
        const std::lock_guard lock(mutex_);
        ++facts_.starts;
    }
    set_state(ProcessState::starting);
    process_->start();
    look_later();
}

void Supervisor::output(std::string_view bytes) {
    lines_.add(bytes, Clock::now());
    hold_flood();
}

void Supervisor::hold_flood() {
    if (lines_.is_flooded() && process_) process_->hold(kFloodPause);
}

void Supervisor::receive(Frame frame) {
    unanswered_ = 0;  // whatever it says, it lives
    if (frame.type == FrameType::pong) return;
    if (frame.type == FrameType::hello) {
        if (FieldReader(frame).number() != kProtocolVersion)
            return refuse({ErrorKind::Invalid, "no_process",
                           "orderhub-connector is of another version than the hub", ""});
        load();
    } else if (frame.type == FrameType::loaded) {
        loaded(frame);
    } else if (frame.type == FrameType::log) {
        FieldReader fields(frame);
        const auto level = static_cast<std::int32_t>(fields.number());
        lines_.log(level, fields.text(), Clock::now());
        hold_flood();
    } else if (const auto to = conversations_.find(frame.call); to != conversations_.end()) {
        to->second->frame(std::move(frame));
    } else {
        condemn("it sent a frame of no call");
    }
}

void Supervisor::load() {
    FrameWriter frame(FrameType::load, 0);
    frame.number(context_.isolation == Isolation::sandboxed)
        .number(context_.memory_bytes)
        .number(kMostFiles)
        .text(config_);
    send(frame.take());
}

void Supervisor::loaded(const Frame& frame) {
    FieldReader fields(frame);
    const std::string code(fields.text());
    const std::string words(fields.text());
    if (code == "bad_config") return refuse(refused_config(context_, words).error());
    if (!code.empty())
        return refuse({ErrorKind::Invalid, code, library_.path() + ": " + words, ""});
    if (fields.text() != context_.manifest.text)
        return refuse({ErrorKind::Invalid, "bad_manifest",
                       library_.path() + ": its describe() does not give the manifest that its "
                                         "section " OH_MANIFEST_SECTION " holds",
                       ""});
    set_state(ProcessState::running);
    write_log(context_, OH_LOG_INFO, "runs in the process " + std::to_string(process_->pid()));
    first_start_is({});
}

/// What starting again would not mend.
void Supervisor::refuse(const Error& error) {
    ends_.resize(settings_.most_ends, Clock::now());
    condemn(error.message);
    first_start_is(std::unexpected(error));
}

std::uint32_t Supervisor::begin(Conversation& conversation) {
    if (facts().state != ProcessState::running || is_stopping_) return 0;
    do
        ++last_number_;
    while (last_number_ == 0 || conversations_.contains(last_number_));
    conversations_.emplace(last_number_, &conversation);
    return last_number_;
}

Supervisor::Down Supervisor::why_not() const {
    const auto now = facts();
    if (now.state == ProcessState::parked)
        return {
            "connector_parked",
            "its process ended too often and is parked until somebody resumes it: " + now.last_end,
            kParkedRetry};
    const auto left = std::chrono::duration_cast<milliseconds>(next_start_ - Clock::now());
    const std::string why = now.last_end.empty() ? "it is being started" : now.last_end;
    return {"connector_down", "its process does not run: " + why,
            std::max(left, settings_.first_pause)};
}

void Supervisor::send(const std::string& frame) {
    if (process_) process_->send(frame);
}

void Supervisor::condemn(const std::string& reason, std::uint32_t call) {
    if (!process_ || condemned_) return;
    condemned_ = call != 0 ? call : process_->running_call();
    process_->kill(reason);
}

/// Whoever ends it from outside finds no call running, and then none did it.
std::function<bool(std::uint32_t)> Supervisor::who_did_it() const {
    if (condemned_ && !conversations_.contains(*condemned_))
        return [](std::uint32_t) { return true; };
    const std::uint32_t guilty = condemned_ ? *condemned_ : process_ ? process_->running_call() : 0;
    return [guilty](std::uint32_t call) { return call == guilty; };
}

void Supervisor::ended(const std::string& reason) {
    const auto did_it = who_did_it();
    process_.reset();
    lines_.finish();
    timer_.cancel();
    const auto broken = std::exchange(conversations_, {});
    for (const auto& [number, conversation] : broken)
        conversation->broken(reason, did_it(number));
    if (is_stopping_) {
        set_state(ProcessState::stopped);
        if (stopped_) std::exchange(stopped_, nullptr)();
        return;
    }
    write_log(context_, OH_LOG_ERROR, "its process ended: " + reason);
    {
        const std::lock_guard lock(mutex_);
        ++facts_.ends;
        facts_.last_end = context_.mask(reason);
    }
    restart_later();
    first_start_is({});
}

void Supervisor::restart_later() {
    const auto now = Clock::now();
    ends_.push_back(now);
    while (ends_.size() > settings_.most_ends || now - ends_.front() > settings_.ends_within)
        ends_.pop_front();
    if (ends_.size() >= settings_.most_ends) return park();
    if (now - spawned_at_ > settings_.settled_after) ends_in_a_row_ = 0;
    constexpr std::uint32_t kMostDoublings = 20;
    const auto pause =
        std::min(settings_.first_pause * (1U << std::min(ends_in_a_row_, kMostDoublings)),
                 settings_.longest_pause);
    ++ends_in_a_row_;
    next_start_ = now + pause;
    set_state(ProcessState::waiting);
    timer_.expires_at(next_start_);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (!error && !self->is_stopping_) self->spawn_now();
    });
}

void Supervisor::park() {
    set_state(ProcessState::parked);
    write_log(context_, OH_LOG_ERROR,
              "its process ended too often and is not started again until somebody resumes it");
}

void Supervisor::resume() {
    boost::asio::post(services_.io, [self = shared_from_this()] {
        if (self->facts().state != ProcessState::parked || self->is_stopping_) return;
        self->ends_.clear();
        self->ends_in_a_row_ = 0;
        self->spawn_now();
    });
}

void Supervisor::look_later() {
    timer_.expires_after(settings_.heartbeat);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (!error) self->look();
    });
}

/// Says so itself.
bool Supervisor::is_hung() {
    const auto now = Clock::now();
    const bool starts = facts().state == ProcessState::starting;
    if (starts && now - spawned_at_ > settings_.start_deadline)
        condemn("it was not ready in time");
    else if (!starts && unanswered_ >= settings_.missed_beats)
        condemn("it did not answer: it computes or waits without the host's functions");
    else if (now > hurry_until_)
        condemn("it did not end in time");
    else if (const auto overdue = std::ranges::find_if(conversations_,
                                                       [&](const auto& each) {
                                                           return now - each.second->begun() >
                                                                  services_.settings.call_deadline +
                                                                      settings_.overrun;
                                                       });
             overdue != conversations_.end())
        condemn("a call did not end at its deadline", overdue->first);
    else
        return false;
    return true;
}

/// Counted in beats, not in time: a hub that was itself stopped for a while ends nobody for that.
void Supervisor::look() {
    if (!process_ || is_hung()) return;
    if (facts().state == ProcessState::running) {
        // One that is made to wait cannot answer.
        if (!process_->is_held()) ++unanswered_;
        send(FrameWriter(FrameType::ping, 0).take());
    }
    look_later();
}

void Supervisor::hurry() {
    hurry_until_ = std::min(hurry_until_, Clock::now() + settings_.stop_deadline);
}

void Supervisor::stop(std::function<void()> stopped) {
    is_stopping_ = true;
    if (!process_) {
        timer_.cancel();
        set_state(ProcessState::stopped);
        return stopped();
    }
    stopped_ = std::move(stopped);
    hurry();
    send(FrameWriter(FrameType::destroy, 0).take());
}

}  // namespace orderhub::connectors
