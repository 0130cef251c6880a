#include "hub/connectors/edition.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/context/fiber.hpp>
#include <boost/json/parse.hpp>
#include <new>
#include <utility>

#include "hub/schemas/schemas.hpp"

namespace orderhub::connectors {
namespace {

/// Of one instance; each has a stack. Routing asks for far fewer, so this only bounds a mistake.
constexpr std::size_t kMostCalls = 1000;

CallResult without_call(Outcome outcome, std::string code, std::string message) {
    CallResult result;
    result.outcome = outcome;
    result.code = std::move(code);
    result.message = std::move(message);
    return result;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
    return std::ranges::find(list, text) != list.end();
}

bool can(const Manifest& manifest, const CallInput& input) {
    switch (kind_of(input)) {
        case CallKind::check:
            return true;
        case CallKind::receive:
            return manifest.webhook.has_value();
        case CallKind::poll:
            return manifest.poll_interval.has_value();
        case CallKind::execute:
            break;
    }
    return contains(manifest.commands, std::get<CommandCall>(input).kind);
}

}  // namespace

struct Edition::Running {
    Running(const InstanceContext& context, Services& services, Backend& its_backend,
            CallInput with, Done then)
        : call(context, services, kind_of(with)),
          backend(its_backend),
          input(std::move(with)),
          done(std::move(then)) {
        if (const auto* command = std::get_if<CommandCall>(&input)) call.owner = command->owner;
    }

    void run(Waiter& waiter) {
        call.waiter = &waiter;
        bool is_broken = false;
        try {
            result = call.finish(backend.run(call, input));
        } catch (const boost::context::detail::forced_unwind&) {
            throw;
        } catch (...) {
            is_broken = true;
        }
        if (is_broken) result = call.finish_broken();
    }

    oh_call call;
    Backend& backend;
    const CallInput input;
    Done done;
    CallResult result{};
};

void Edition::submit(CallInput input, Done done) {
    boost::asio::post(services_.io, [self = shared_from_this(), input = std::move(input),
                                     done = std::move(done)]() mutable {
        self->begin(std::move(input), std::move(done));
    });
}

void Edition::begin(CallInput input, Done done) {
    if (!can(context_.manifest, input)) {
        done(without_call(Outcome::rejected, "not_supported", "this connector cannot do that"));
        return leave();
    }
    const auto* command = std::get_if<CommandCall>(&input);
    if (command)
        done = [this, kind = command->kind, done = std::move(done)](CallResult result) {
            done(checked(kind, std::move(result)));
        };
    start(std::make_shared<Running>(context_, services_, *backend_, std::move(input),
                                    std::move(done)));
}

void Edition::start(const std::shared_ptr<Running>& running) {
    const auto refuse = [&](std::string message) {
        running->done(without_call(Outcome::retry, "busy", std::move(message)));
        leave();
    };
    if (running_.size() >= kMostCalls)
        return refuse("too many calls of this connector are under way");
    running_.insert(&running->call);
    const auto finished = [self = shared_from_this(), running] {
        self->running_.erase(&running->call);
        running->done(std::move(running->result));
        self->leave();
    };
    try {
        services_.calls.run([running](Waiter& waiter) { running->run(waiter); }, finished);
    } catch (const std::bad_alloc&) {
        running_.erase(&running->call);
        refuse("there is no memory for another call");
    }
}

void Edition::leave() {
    --inside_;
    end_if_idle();
    services_.gate.leave();
}

void Edition::interrupt() {
    backend_->interrupt();
    for (oh_call* call : running_)
        call->interrupt();
}

void Edition::retire(std::function<void()> retired) {
    retired_ = std::move(retired);
    end_if_idle();
}

void Edition::end_if_idle() {
    if (inside_ > 0 || !retired_) return;
    backend_->end([self = shared_from_this(), retired = std::exchange(retired_, nullptr)] {
        boost::asio::post(self->services_.io, [self, retired] {
            self->backend_.reset();
            retired();
        });
    });
}

CallResult Edition::checked(const std::string& command_kind, CallResult result) const {
    if (result.outcome != Outcome::done) return result;
    boost::json::error_code error;
    const auto document = boost::json::parse(result.result, error);
    const auto valid =
        error ? fail(ErrorKind::Invalid, "schema", "it is not JSON")
              : schemas::validate("commands/" + command_kind + ".schema.json#/$defs/result",
                                  document);
    if (valid) return result;
    // The effect is there, so it is neither rejected nor to be repeated: look again, and then a
    // person.
    return without_call(Outcome::unknown, "invalid_result",
                        "done, but the connector's result is not valid: " + valid.error().message);
}

}  // namespace orderhub::connectors
