#include "hub/connectors/instance.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/context/fiber.hpp>
#include <boost/json/parse.hpp>
#include <new>
#include <orderhub/http.hpp>

#include "hub/connectors/host_table.hpp"
#include "hub/connectors/taps.hpp"
#include "hub/connectors/webhook.hpp"
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

std::vector<oh_header> borrow_headers(const std::vector<Header>& headers) {
    std::vector<oh_header> borrowed;
    for (const Header& header : headers)
        borrowed.push_back({sdk::borrow(header.name), sdk::borrow(header.value)});
    return borrowed;
}

}  // namespace

struct LoadedInstance::Running {
    Running(const InstanceContext& context, Services& services, CallKind kind, Work body, Done then)
        : call(context, services, kind), work(std::move(body)), done(std::move(then)) {}

    void run(Waiter& waiter) {
        call.waiter = &waiter;
        try {
            result = call.finish(work(call));
        } catch (const boost::context::detail::forced_unwind&) {
            throw;
        } catch (...) {
            is_broken = true;
        }
        if (is_broken) result = call.finish_broken();
    }

    oh_call call;
    Work work;
    Done done;
    CallResult result;
    bool is_broken = false;
};

LoadedInstance::LoadedInstance(Services& services, Library library, InstanceContext context)
    : services_(services), library_(std::move(library)), context_(std::move(context)) {}

Result<void> LoadedInstance::create(const std::string& config) {
    const OutsideCall outside(context_);
    oh_str error{};
    std::string words = "it gave no reason";
    try {
        const auto& taps = services_.settings.taps;
        const oh_host* lent = taps && taps->table ? taps->table : &host_table();
        if (library_.table->create(lent, sdk::borrow(config), &self_, &error) == OH_DONE) return {};
        if (error.len > 0) words = sdk::view(error);
    } catch (...) {
        words = "it let an exception escape";
    }
    self_ = nullptr;
    return fail(ErrorKind::Invalid, "bad_config",
                context_.name +
                    ": the connector refuses its configuration: " + context_.secrets.mask(words));
}

void LoadedInstance::interrupt() {
    for (oh_call* call : running_)
        call->interrupt();
}

void LoadedInstance::destroy() {
    if (!self_) return;
    const OutsideCall outside(context_);
    library_.table->destroy(self_);
    self_ = nullptr;
}

void LoadedInstance::submit(CallKind kind, bool supported, Work work, Done done) {
    if (!supported)
        work = [](oh_call& call) {
            call.fail("not_supported", "this connector cannot do that", 0);
            return oh_outcome{OH_REJECTED};
        };
    if (!services_.gate.enter())
        return done(without_call(Outcome::retry, "stopping", "the hub is being stopped"));
    boost::asio::post(services_.io, [this, kind, work = std::move(work), done = std::move(done)] {
        start(std::make_shared<Running>(context_, services_, kind, work, done));
    });
}

void LoadedInstance::start(const std::shared_ptr<Running>& running) {
    const auto refuse = [&](std::string message) {
        running->done(without_call(Outcome::retry, "busy", std::move(message)));
        services_.gate.leave();
    };
    if (running_.size() >= kMostCalls)
        return refuse("too many calls of this connector are under way");
    running_.insert(&running->call);
    const auto finished = [this, running] {
        running_.erase(&running->call);
        running->done(std::move(running->result));
        services_.gate.leave();
    };
    try {
        services_.calls.run([running](Waiter& waiter) { running->run(waiter); }, finished);
    } catch (const std::bad_alloc&) {
        running_.erase(&running->call);
        refuse("there is no memory for another call");
    }
}

void LoadedInstance::check(Done done) {
    submit(
        CallKind::check, true,
        [this](oh_call& call) { return library_.table->check(self_, &call); }, std::move(done));
}

void LoadedInstance::receive(InboundMessage message, Done done) {
    const auto work = [this, message = std::move(message)](oh_call& call) {
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
    };
    submit(CallKind::receive, library_.table->receive != nullptr, work, std::move(done));
}

void LoadedInstance::poll(std::string cursor, Done done) {
    const auto work = [this, cursor = std::move(cursor)](oh_call& call) {
        return library_.table->poll(self_, &call, sdk::borrow(cursor));
    };
    submit(CallKind::poll, library_.table->poll != nullptr, work, std::move(done));
}

void LoadedInstance::execute(CommandCall command, Done done) {
    const auto& known = context_.manifest.commands;
    const bool supported = std::ranges::find(known, command.kind) != known.end();
    const auto checked_done = [this, kind = command.kind, done = std::move(done)](
                                  CallResult result) { done(checked(kind, std::move(result))); };
    const auto work = [this, command = std::move(command)](oh_call& call) {
        const oh_command raw{sizeof(oh_command), sdk::borrow(command.kind),
                             sdk::borrow(command.key), sdk::borrow(command.payload),
                             command.attempt};
        call.owner = command.owner;
        return library_.table->execute(self_, &call, &raw);
    };
    submit(CallKind::execute, supported, work, checked_done);
}

CallResult LoadedInstance::checked(const std::string& command_kind, CallResult result) const {
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

Result<std::string> LoadedInstance::verify(const std::vector<Header>& headers,
                                           const std::string& body, std::int64_t now_ms) const {
    const auto& scheme = context_.manifest.webhook;
    const std::string* secret = scheme ? context_.secrets.find(scheme->secret_key) : nullptr;
    if (!secret)
        return fail(ErrorKind::NotFound, "no_webhook", context_.name + " takes no webhooks");
    return verify_webhook(*scheme, *secret, headers, body, now_ms);
}

}  // namespace orderhub::connectors
