#include "hub/runtime/rehearsal.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <future>
#include <memory>
#include <set>

#include "hub/routing/json_changes.hpp"
#include "hub/runtime/connector_caller.hpp"

namespace orderhub::runtime {

namespace {

namespace json = boost::json;

constexpr const char* kUndone = "rehearsed";

Result<std::vector<routing::Record>> records_of(connectors::Host& host,
                                                const routing::InboxMessage& message) {
    if (!message.record_kind.empty())
        return std::vector<routing::Record>{{message.record_kind, {}, message.body}};
    auto* instance = host.find(message.connector);
    if (instance == nullptr)
        return fail(ErrorKind::NotFound, "no_such_connector",
                    "There is no connector " + message.connector + ".");
    ConnectorCaller caller(*instance);
    auto promise = std::make_shared<std::promise<routing::CallResult>>();
    auto answer = promise->get_future();
    caller.receive(
        message, [promise](routing::CallResult result) { promise->set_value(std::move(result)); });
    auto result = answer.get();
    if (result.outcome == routing::Outcome::done) return std::move(result.records);
    return fail(ErrorKind::Invalid, result.code, result.message);
}

/// An order or case as it stands: nothing else of the hub is compared.
struct Subject {
    std::string id;
    std::string number;
    std::string document;
    std::string order_id;
    std::set<std::string> commands;
};

std::string external_id_of(const std::string& record) {
    json::error_code error;
    const json::value value = json::parse(record, error);
    if (error) return {};
    const auto* found = value.find_pointer("/source/external_id", error);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

Subject look(store::Transaction& unit, const std::string& connector,
             const routing::Record& record) {
    const std::string external = external_id_of(record.json);
    Subject subject;
    if (record.kind == "order") {
        const auto row = unit.order_by_source(connector, external);
        if (!row) return subject;
        subject = {row->id, row->number, row->document, row->id, {}};
    } else if (record.kind == "case") {
        const auto row = unit.case_by_source(connector, external);
        if (!row) return subject;
        subject = {row->id, row->external_id, row->document, row->order_id, {}};
    }
    for (const auto& step : unit.steps(subject.order_id))
        subject.commands.insert(step.delivery_id);
    return subject;
}

/// Those change with each reading and say nothing.
bool is_told(const json::value& change) {
    const std::string_view path = change.at("path").as_string();
    return path != "/version" && path != "/observed_at" && path != "/updated_at";
}

json::object difference(store::Transaction& unit, const routing::Record& record,
                        const Subject& before, const Subject& after) {
    json::object out{{"kind", record.kind},
                     {"id", after.id},
                     {"number", after.number},
                     {"is_new", before.id.empty()}};
    json::array changes;
    if (!before.id.empty())
        for (auto& change : routing::text_changes(before.document, after.document))
            if (is_told(change)) changes.push_back(std::move(change));
    json::array commands;
    for (const auto& step : unit.steps(after.order_id))
        if (!before.commands.contains(step.delivery_id)) commands.emplace_back(step.kind);
    out["changes"] = std::move(changes);
    out["commands"] = std::move(commands);
    return out;
}

bool says_something(const json::object& found) {
    return found.at("is_new").as_bool() || !found.at("changes").as_array().empty() ||
           !found.at("commands").as_array().empty();
}

}  // namespace

Result<json::array> rehearse(store::Store& store, connectors::Host& host,
                             const servicing::Service& service,
                             const routing::InboxMessage& message,
                             const servicing::Request& request) {
    const auto records = records_of(host, message);
    if (!records) return std::unexpected(records.error());
    json::array found;
    const auto outcome = store.write([&](store::Transaction& unit) -> Result<void> {
        found.clear();
        for (const auto& record : *records) {
            const Subject before = look(unit, message.connector, record);
            ORDERHUB_TRY(
                service.apply_record(unit, request, message.connector, record.kind, record.json));
            const Subject after = look(unit, message.connector, record);
            if (after.id.empty()) continue;
            auto one = difference(unit, record, before, after);
            one["sequence"] = message.sequence;
            if (says_something(one)) found.push_back(std::move(one));
        }
        return fail(ErrorKind::Conflict, kUndone, "nothing of it is kept");
    });
    if (!outcome && outcome.error().code != kUndone) return std::unexpected(outcome.error());
    return found;
}

}  // namespace orderhub::runtime
