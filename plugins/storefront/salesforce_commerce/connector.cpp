// Salesforce B2B and D2C Commerce: orders, or the order summaries of Order Management.
#include <algorithm>
#include <map>
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "order_reader.hpp"
#include "salesforce_platform/soql.hpp"

namespace orderhub::salesforce_commerce {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::size_t kBatch = 50;  ///< rows of each object that one poll takes

using Marks = std::map<std::string, documents::Mark>;

Marks to_marks(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    const Json known = cursor.empty() ? Json() : Json::parse(cursor);
    const auto from = salesforce::instant_of(known["from"].text_or_empty());
    documents::Mark fresh;
    fresh.from_ms = from                         ? *from
                    : settings.poll_from_ms != 0 ? settings.poll_from_ms
                                                 : now_ms - kDayMs;
    fresh.from_ms -= fresh.from_ms % 1000;
    Marks marks;
    for (const salesforce::Feed& feed : feeds(settings)) {
        const Json& kept = known["marks"][feed.object];
        marks[feed.object] = kept.is_object() ? documents::to_mark(kept) : fresh;
    }
    return marks;
}

std::string to_cursor(const Marks& marks) {
    Json json = Json::object();
    for (const auto& [object, mark] : marks)
        json.set(object, documents::to_json(mark));
    return Json::object({{"marks", std::move(json)}}).dump();
}

/// Whether every unit that the order still has is named.
bool is_whole(const sdk::OrderCancel& cancel, const sdk::Order& record) {
    std::map<std::string, std::int64_t> wanted;
    for (const auto& line : cancel.lines)
        wanted[line.line] += line.quantity;
    return std::ranges::all_of(record.lines, [&](const sdk::OrderLine& line) {
        return line.kind != sdk::OrderLineKind::product ||
               wanted[line.external_id] >= line.quantity;
    });
}

}  // namespace

class SalesforceCommerce {
public:
    explicit SalesforceCommerce(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        salesforce::Client client(settings_.organisation, usage_, call);
        client.query_all(trial_query(settings_));
        sdk::LeftOut(call, "order").report();
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        usage_.must_leave_room(settings_.request_percent, call.now_ms());
        salesforce::Client client(settings_.organisation, usage_, call);
        Marks marks = to_marks(settings_, cursor, call.now_ms());
        Ids ids;
        for (const salesforce::Feed& feed : feeds(settings_))
            for (const auto& change : next_changes(client, feed, marks[feed.object], kBatch))
                if (salesforce::is_id(change.owner) &&
                    std::ranges::find(ids, change.owner) == ids.end())
                    ids.push_back(change.owner);
        sdk::LeftOut left_out(call, "order");
        OrderReader reader(settings_, client, call, &left_out);
        if (!has_tried_again_)
            left_out.try_again([&](const std::string& id) { reader.emit({id}); });
        reader.emit(ids);
        call.set_cursor(to_cursor(marks));
        has_tried_again_ = true;
        left_out.report();
    }

    /// Sets the configured status; being cancelled is done, whoever did it.
    sdk::OrderCancel::Result order_cancel(sdk::Call& call, const sdk::Command& command,
                                          const sdk::OrderCancel& wanted) {
        using Result = sdk::OrderCancel::Result;
        if (settings_.by_summary || settings_.cancelled_status.empty())
            throw sdk::rejected("not_supported",
                                "orders are not cancelled from here: door is not order, or "
                                "cancelled_status is not configured");
        const std::string id = wanted.order.external_id;
        if (!salesforce::is_id(id))
            throw sdk::rejected("bad_order_id",
                                "the id of an order has 15 or 18 letters and digits");
        salesforce::Client client(settings_.organisation, usage_, call);
        OrderReader reader(settings_, client, call);
        const auto order = [&] {
            auto found = reader.read(id);
            if (!found)
                throw sdk::rejected(
                    "no_such_order",
                    "the organisation has no such order, or the user does not see it");
            return std::move(*found);
        };
        const auto find = [&]() -> std::optional<Result> {
            return order().state == sdk::OrderState::cancelled ? std::optional(Result{id})
                                                               : std::nullopt;
        };
        const auto act = [&] {
            const sdk::Order now = order();
            if (now.state == sdk::OrderState::cancelled) return Result{id};
            if (!is_whole(wanted, now))
                throw sdk::rejected("partial_cancel",
                                    "only whole orders are cancelled from here; these lines must "
                                    "be cancelled by hand");
            Json fields = Json::object({{"Status", settings_.cancelled_status}});
            if (!settings_.key_field.empty()) fields.set(settings_.key_field, command.key);
            client.change_together({{"PATCH", "/sobjects/Order/" + id, "order", fields}});
            return Result{id};
        };
        Result result = sdk::do_once(call, command, find, act);
        // The command is done: if the order cannot be read now, a poll brings it. Where no answer
        // comes, the connector may be being stopped, and must not go on.
        const auto stop = sdk::attempt(call, [&] { reader.emit({id}); });
        if (stop && (stop->code == "stopping" || stop->code == "no_answer"))
            throw sdk::unknown(stop->code, stop->message);
        if (stop) call.log(OH_LOG_WARN, "the order could not be read back: " + stop->message);
        return result;
    }

private:
    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
    salesforce::Usage usage_;
};

}  // namespace orderhub::salesforce_commerce

ORDERHUB_CONNECTOR(orderhub::salesforce_commerce::SalesforceCommerce, ORDERHUB_MANIFEST);
