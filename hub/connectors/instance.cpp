#include "hub/connectors/instance.hpp"

#include <utility>

#include "hub/connectors/webhook.hpp"
#include "hub/connectors/webhook_scheme.hpp"

namespace orderhub::connectors {

std::shared_ptr<Edition> ConfiguredInstance::current() const {
    const std::lock_guard lock(mutex_);
    return editions_.back();
}

std::shared_ptr<Edition> ConfiguredInstance::replace(std::shared_ptr<Edition> next) {
    const std::lock_guard lock(mutex_);
    auto before = editions_.back();
    editions_.push_back(std::move(next));
    return before;
}

// Under the lock, so that it is not retired meanwhile.
std::optional<ProcessFacts> ConfiguredInstance::process() const {
    const std::lock_guard lock(mutex_);
    return editions_.back()->process();
}

void ConfiguredInstance::resume() {
    const std::lock_guard lock(mutex_);
    editions_.back()->resume();
}

void ConfiguredInstance::submit(CallInput input, Done done) {
    if (!services_.gate.enter()) {
        CallResult stopping;
        stopping.outcome = Outcome::retry;
        stopping.code = "stopping";
        stopping.message = "the hub is being stopped";
        return done(std::move(stopping));
    }
    std::shared_ptr<Edition> edition;
    {
        // It has entered before anybody can retire it.
        const std::lock_guard lock(mutex_);
        edition = editions_.back();
        edition->enter();
    }
    edition->submit(std::move(input), std::move(done));
}

Result<std::string> ConfiguredInstance::verify(const std::vector<Header>& headers,
                                               const std::string& body, std::int64_t now_ms) const {
    const auto edition = current();
    const InstanceContext& context = edition->context();
    const auto& scheme = context.manifest.webhook;
    const std::string* secret = scheme ? context.secrets.find(scheme->secret_key) : nullptr;
    if (!secret) return fail(ErrorKind::NotFound, "no_webhook", name_ + " takes no webhooks");
    if (is_ping(context.ping, body))
        return fail(ErrorKind::Denied, "ping", "nothing but a trial of the address, and unsigned");
    auto verdict = verify_webhook(*scheme, *secret, headers, body, now_ms);
    const std::string* previous = context.secrets.find(kPreviousSecret);
    if (verdict || !previous || verdict.error().code != "bad_signature") return verdict;
    return verify_webhook(*scheme, *previous, headers, body, now_ms);
}

}  // namespace orderhub::connectors
