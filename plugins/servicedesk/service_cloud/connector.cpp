// Salesforce Service Cloud: cases with their mails and comments, links and notes.
#include <algorithm>
#include <map>
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <string>
#include <vector>

#include "case_reader.hpp"
#include "case_writer.hpp"
#include "checks.hpp"
#include "queries.hpp"
#include "salesforce_platform/changes.hpp"
#include "salesforce_platform/soql.hpp"
#include "settings.hpp"

namespace orderhub::service_cloud {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::size_t kBatch = 25;  ///< rows of each object that one poll takes
constexpr std::size_t kMostNamed = 200;

/// How far each object has been read, by its name.
using Marks = std::map<std::string, documents::Mark>;

/// What an object that the cursor does not know begins with.
std::int64_t start_of(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    if (!cursor.empty()) {
        const Json json = Json::parse(cursor);
        if (const auto from = salesforce::instant_of(json["from"].text_or_empty())) return *from;
    }
    return settings.poll_from_ms != 0 ? settings.poll_from_ms : now_ms - kDayMs;
}

Marks to_marks(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    const Json known = cursor.empty() ? Json() : Json::parse(cursor);
    documents::Mark fresh;
    fresh.from_ms = start_of(settings, cursor, now_ms) / 1000 * 1000;
    Marks marks;
    for (const salesforce::Feed& feed : feeds(settings))
        marks[feed.object] = known["marks"][feed.object].is_object()
                                 ? documents::to_mark(known["marks"][feed.object])
                                 : fresh;
    return marks;
}

std::string to_cursor(const Marks& marks) {
    Json json = Json::object();
    for (const auto& [object, mark] : marks)
        json.set(object, documents::to_json(mark));
    return Json::object({{"marks", std::move(json)}}).dump();
}

void add_once(std::vector<std::string>& ids, const std::string& id) {
    if (salesforce::is_id(id) && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

}  // namespace

class ServiceCloud {
public:
    explicit ServiceCloud(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        salesforce::Client client(settings_.organisation, usage_, call);
        check_organisation(settings_, client);
        sdk::LeftOut(call, "case").report();
    }

    void receive(sdk::Call& call, const sdk::Message& message) {
        const Json notice = Json::parse(message.body);
        std::vector<std::string> ids;
        for (const Json& id : notice.at("case_ids").items())
            add_once(ids, id.text());
        if (ids.size() > kMostNamed)
            throw sdk::rejected("too_many", "a notice names at most 200 cases");
        salesforce::Client client(settings_.organisation, usage_, call);
        CaseReader(settings_, client, call).emit(ids);
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        usage_.must_leave_room(settings_.request_percent, call.now_ms());
        salesforce::Client client(settings_.organisation, usage_, call);
        Marks marks = to_marks(settings_, cursor, call.now_ms());
        std::vector<std::string> ids;
        for (const salesforce::Feed& feed : feeds(settings_))
            for (const auto& change : next_changes(client, feed, marks[feed.object], kBatch))
                add_once(ids, change.owner);
        sdk::LeftOut left_out(call, "case");
        CaseReader reader(settings_, client, call, &left_out);
        if (!has_tried_again_)
            left_out.try_again([&](const std::string& id) { reader.emit({id}); });
        reader.emit(ids);
        call.set_cursor(to_cursor(marks));
        has_tried_again_ = true;
        left_out.report();
    }

    sdk::CaseLink::Result case_link(sdk::Call& call, const sdk::Command& command,
                                    const sdk::CaseLink& link) {
        salesforce::Client client(settings_.organisation, usage_, call);
        return {CaseWriter(settings_, client, call, command).link(link)};
    }

    sdk::CaseNote::Result case_note(sdk::Call& call, const sdk::Command& command,
                                    const sdk::CaseNote& note) {
        salesforce::Client client(settings_.organisation, usage_, call);
        return {CaseWriter(settings_, client, call, command).note(note)};
    }

private:
    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
    salesforce::Usage usage_;
};

}  // namespace orderhub::service_cloud

ORDERHUB_CONNECTOR(orderhub::service_cloud::ServiceCloud, ORDERHUB_MANIFEST);
