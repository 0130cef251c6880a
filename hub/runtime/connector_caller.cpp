#include "hub/runtime/connector_caller.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace orderhub::runtime {

namespace {

routing::Outcome to_routing(connectors::Outcome outcome) {
    switch (outcome) {
        case connectors::Outcome::done:
            return routing::Outcome::done;
        case connectors::Outcome::retry:
            return routing::Outcome::retry;
        case connectors::Outcome::rejected:
            return routing::Outcome::rejected;
        case connectors::Outcome::unknown:
            break;
    }
    return routing::Outcome::unknown;
}

connectors::Instance::Done translate(routing::Caller::Done done) {
    return [done = std::move(done)](connectors::CallResult from) {
        routing::CallResult to;
        to.outcome = to_routing(from.outcome);
        to.code = std::move(from.code);
        to.message = std::move(from.message);
        to.retry_after = from.retry_after;
        for (auto& record : from.records)
            to.records.push_back(
                {std::move(record.kind), std::move(record.external_id), std::move(record.json)});
        to.cursor = std::move(from.cursor);
        to.result = std::move(from.result);
        to.state = std::move(from.state);
        done(std::move(to));
    };
}

std::vector<connectors::Header> headers_of(const std::string& text) {
    std::vector<connectors::Header> headers;
    if (text.empty()) return headers;
    const auto kept = boost::json::parse(text);
    for (const auto& [name, value] : kept.as_object())
        headers.push_back({std::string(name), std::string(value.as_string())});
    return headers;
}

}  // namespace

void ConnectorCaller::receive(const routing::InboxMessage& message, Done done) {
    instance_.receive({message.message_id, headers_of(message.headers), message.content_type,
                       message.body, message.received_at},
                      translate(std::move(done)));
}

void ConnectorCaller::poll(const std::string& cursor, Done done) {
    instance_.poll(cursor, translate(std::move(done)));
}

void ConnectorCaller::execute(const routing::Delivery& delivery, Done done) {
    instance_.execute(
        {delivery.kind, delivery.key, delivery.payload, delivery.attempts, delivery.owner},
        translate(std::move(done)));
}

}  // namespace orderhub::runtime
