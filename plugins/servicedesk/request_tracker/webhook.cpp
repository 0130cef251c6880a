#include "webhook.hpp"

#include <algorithm>

#include "text.hpp"

namespace orderhub::request_tracker {

bool Notice::is_echo(std::string_view hub_user) const {
    return !transactions.empty() && std::ranges::all_of(transactions, [&](const Entry& entry) {
        return request_tracker::is_echo(entry, hub_user);
    });
}

Notice to_notice(std::string_view body) {
    json::error_code error;
    const json::value parsed = json::parse(body, error);
    const json::object* message = error ? nullptr : parsed.if_object();
    if (!message) throw sdk::rejected("bad_message", "the message is not a JSON object");
    if (scalar_text(*message, "event") != "ticket.transactions")
        throw sdk::rejected("unknown_event", "the message's event is not ticket.transactions");
    Notice notice{scalar_text(*message, "ticket_id"), scalar_text(*message, "queue"), {}};
    if (to_number(notice.ticket) == 0)
        throw sdk::rejected("bad_message", "the message's ticket_id is not a ticket id");
    const json::value* transactions = message->if_contains("transactions");
    if (!transactions || !transactions->is_array())
        throw sdk::rejected("bad_message", "the message has no list of transactions");
    for (const json::value& each : transactions->get_array())
        if (const json::object* item = each.if_object())
            notice.transactions.push_back({scalar_text(*item, "id"), scalar_text(*item, "type"),
                                           scalar_text(*item, "creator"),
                                           scalar_text(*item, "created")});
    return notice;
}

}  // namespace orderhub::request_tracker
