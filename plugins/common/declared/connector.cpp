#include "declared/connector.hpp"

#include <orderhub/once.hpp>

#include "declared/command_runner.hpp"
#include "declared/feed.hpp"
#include "declared/record_maker.hpp"
#include "declared/schemas.hpp"

namespace orderhub::declared {
namespace {

constexpr std::size_t kMostRecords = 500;
constexpr std::size_t kMostNamed = 200;

/// Each document that a message holds.
std::vector<Json> documents_of(const Settings& settings, const Json& message) {
    if (!settings.message_items) return {message};
    Documents documents;
    Json found =
        look_up(*settings.message_items, {documents, documents.put("document", message)}).value;
    if (found.is_null()) return {};
    if (!found.is_array()) return {std::move(found)};
    return found.items();
}

bool is_wanted(const Settings& settings, const Json& item) {
    if (!settings.message_when) return true;
    Documents documents;
    const Json& document = documents.put("document", item);
    return holds(settings.message_when, {documents, document});
}

/// `body` with what the configuration made fail as a Stop; a message stays as it is.
template <class Body>
void mapped(Body&& body) {
    std::string why;
    try {
        return body();
    } catch (const MappingError& thrown) {
        why = thrown.what();
    } catch (const ScriptError& thrown) {
        why = std::string("configuration key ") + thrown.what();
    }
    throw sdk::rejected("unmapped", why);
}

}  // namespace

Connector::Connector(const sdk::Document& config, Kind kind)
    : kind_(std::move(kind)),
      settings_(to_settings(config, kind_)),
      shape_(schema_text("records/" + std::string(kind_.record))) {}

std::string Connector::summary() const {
    std::string can, cannot;
    for (const std::string_view command : kind_.commands)
        ((settings_.commands.contains(command) ? can : cannot) += " ") += command;
    std::string words = "reads by";
    words += settings_.has_messages ? " message" : "";
    words += settings_.list ? " list" : "";
    if (!settings_.has_messages && !settings_.list)
        words = "reads nothing (neither list nor message is configured)";
    words += can.empty() ? "; carries out nothing" : "; carries out" + can;
    return cannot.empty() ? words : words + "; not configured:" + cannot;
}

void Connector::check(sdk::Call& call) {
    Documents documents;
    const Json none;
    if (settings_.check) {
        mapped([&] {
            Client(settings_, call).send(*settings_.check, {documents, none}, sdk::Effect::read);
        });
    } else if (settings_.list) {
        Mark mark = to_mark(*settings_.list, {}, call.now_ms());
        mapped([&] { Feed(settings_, call).next(mark, settings_.base_url); });
    }
    const RecordMaker maker(settings_, kind_, shape_, call);
    if (const std::string words = maker.still_unmapped(Unmapped(call)); !words.empty())
        throw sdk::rejected("unmapped", "kept, because no " + std::string(kind_.record) +
                                            " can be made of it: " + words);
    // Of a check that is well these are not the words of a failure but what the operator is shown.
    call.fail({OH_DONE, "configured", summary()});
}

void Connector::receive(sdk::Call& call, const sdk::Message& message) {
    if (!settings_.has_messages)
        throw sdk::rejected("not_configured",
                            "configuration key message is not set: no message can be read");
    const Json document = Json::parse(message.body);
    RecordMaker maker(settings_, kind_, shape_, call);
    mapped([&] {
        const std::vector<Json> items = documents_of(settings_, document);
        if (items.size() > kMostNamed)
            throw sdk::rejected("too_many", "a message holds at most 200 documents");
        for (const Json& item : items) {
            if (!is_wanted(settings_, item)) continue;
            if (settings_.message_id)
                maker.read(id_of(settings_.message_id, item));
            else
                maker.believe(item, message.received_at_ms);
        }
    });
}

void Connector::poll(sdk::Call& call, std::string_view cursor) {
    if (!settings_.list) return;
    Unmapped unmapped(call);
    RecordMaker maker(settings_, kind_, shape_, call);
    if (!has_tried_again_) maker.try_again(unmapped);
    has_tried_again_ = true;
    Feed feed(settings_, call);
    Mark mark = to_mark(*settings_.list, cursor, call.now_ms());
    Page page;
    std::size_t taken = 0;
    do {
        const std::int64_t began = call.now_ms();
        mapped([&] { page = feed.next(mark, settings_.base_url); });
        for (const Json& item : page.items)
            maker.take(item, began, unmapped);
        taken += page.items.size();
    } while (!page.is_last && taken < kMostRecords && call.has_time());
    call.set_cursor(to_cursor(mark));
}

void Connector::execute(sdk::Call& call, const sdk::Command& command) {
    call.set_result(CommandRunner(settings_, call, command).run());
    read_after(call, command);
}

/// The order as it stands after a command. It is done, whatever comes of this; the next poll shows
/// the order, too.
void Connector::read_after(sdk::Call& call, const sdk::Command& command) {
    const Json& id = command.payload["order"]["external_id"];
    if (kind_.record != "order" || !settings_.read || !id.is_text()) return;
    const auto read = [&] { RecordMaker(settings_, kind_, shape_, call).read(id.text()); };
    auto trouble = sdk::attempt(call, read);
    // A request that is under way when the instance is stopped gets no answer; the next one says
    // so.
    if (trouble && trouble->code == "no_answer") trouble = sdk::attempt(call, read);
    if (trouble && trouble->code == "stopping") throw sdk::Stop(*trouble);
    if (trouble)
        call.log(OH_LOG_WARN, "order " + id.text() + " was not read after " +
                                  std::string(command.kind) + ": " + trouble->message);
}

}  // namespace orderhub::declared
