// Gives routing the loaded connectors to call.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/routing/ports.hpp"

namespace orderhub::connectors {

inline routing::CallResult to_routing(CallResult result) {
    routing::CallResult out;
    switch (result.outcome) {
        case Outcome::done:
            out.outcome = routing::Outcome::done;
            break;
        case Outcome::retry:
            out.outcome = routing::Outcome::retry;
            break;
        case Outcome::rejected:
            out.outcome = routing::Outcome::rejected;
            break;
        case Outcome::unknown:
            out.outcome = routing::Outcome::unknown;
            break;
    }
    out.code = std::move(result.code);
    out.message = std::move(result.message);
    out.retry_after = result.retry_after;
    for (auto& record : result.records)
        out.records.push_back(
            {std::move(record.kind), std::move(record.external_id), std::move(record.json)});
    out.cursor = std::move(result.cursor);
    out.result = std::move(result.result);
    out.state = std::move(result.state);
    return out;
}

/// One instance as routing calls it. `instance` must outlive it.
class InstanceCaller final : public routing::Caller {
public:
    explicit InstanceCaller(Instance& instance) : instance_(instance) {}

    std::string name() const override { return instance_.name(); }
    std::uint32_t concurrency() const override { return instance_.manifest().concurrency; }
    std::optional<std::chrono::milliseconds> poll_interval() const override {
        return instance_.manifest().poll_interval;
    }
    void receive(const routing::InboxMessage& message, Done done) override {
        instance_.receive({message.message_id, headers_of(message.headers), message.content_type,
                           message.body, message.received_at},
                          converting(std::move(done)));
    }
    void poll(const std::string& cursor, Done done) override {
        instance_.poll(cursor, converting(std::move(done)));
    }
    void execute(const routing::Delivery& delivery, Done done) override {
        instance_.execute({delivery.kind, delivery.key, delivery.payload, delivery.attempts},
                          converting(std::move(done)));
    }

private:
    static Instance::Done converting(Done done) {
        return [done = std::move(done)](CallResult result) { done(to_routing(std::move(result))); };
    }
    static std::vector<Header> headers_of(const std::string& text) {
        std::vector<Header> headers;
        boost::system::error_code error;
        const auto parsed = boost::json::parse(text, error);
        if (error || !parsed.is_object()) return headers;
        for (const auto& [name, value] : parsed.as_object())
            if (value.is_string())
                headers.push_back({std::string(name), std::string(value.as_string())});
        return headers;
    }

    Instance& instance_;
};

/// One for each instance of the host.
inline std::vector<std::unique_ptr<InstanceCaller>> callers_of(Host& host) {
    std::vector<std::unique_ptr<InstanceCaller>> callers;
    for (Instance* instance : host.instances())
        callers.push_back(std::make_unique<InstanceCaller>(*instance));
    return callers;
}

}  // namespace orderhub::connectors
