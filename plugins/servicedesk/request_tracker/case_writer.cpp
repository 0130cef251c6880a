#include "case_writer.hpp"

#include <algorithm>

#include "text.hpp"

namespace orderhub::request_tracker {
namespace {

constexpr int kMostPages = 50;

/// RT answers 500, not 403, to some changes that its user has no right to make. A failure that
/// stays after this many attempts, with nothing written, is one of those.
constexpr std::uint32_t kAttemptsToBelieve500 = 5;

std::string case_id(const sdk::Command& command) {
    const auto& id = command.payload.at("case").at("external_id").as_string();
    if (to_number(id) == 0) throw sdk::rejected("bad_case_id", "a ticket id is a number");
    return std::string(id);
}

/// A page of something that stands before RT: RT itself always answers JSON.
bool is_page(const sdk::HttpResponse& response) {
    return response.ok() && response.header("content-type").starts_with("text/html");
}

bool may_have_happened(const sdk::HttpResponse& response) {
    return is_page(response) || (response.status >= 500 && response.status != 503);
}

/// Sends a change. If its outcome stays open, gives no response and says why in `doubt`.
template <class Send>
std::optional<sdk::HttpResponse> try_change(std::optional<sdk::Stop>& doubt, Send&& send) {
    doubt.reset();
    std::optional<sdk::HttpResponse> response;
    try {
        response = send();
    } catch (sdk::Stop& stop) {
        doubt = std::move(stop);
    }
    if (doubt && doubt->outcome != OH_UNKNOWN) throw *doubt;
    if (!response || !may_have_happened(*response)) return response;
    doubt = is_page(*response)
                ? sdk::unknown("bad_answer", "a page for people came in place of RT's answer")
                : sdk::stop_for_status(*response, sdk::Effect::write, words_of(*response));
    return std::nullopt;
}

/// What is left to say after a look that did not find the change.
sdk::Stop still_in_doubt(const sdk::Stop& doubt, std::uint32_t attempt) {
    if (doubt.code == "server_error" && attempt >= kAttemptsToBelieve500)
        return sdk::rejected(doubt.code, doubt.message + " (each time; has the user the rights?)");
    return doubt;
}

/// True if the External Id may take our key: it is empty or holds an earlier key of ours.
bool is_free(std::string_view external_id) {
    return external_id.empty() || external_id.starts_with("orderhub:");
}

}  // namespace

TicketDocument CaseWriter::ticket() {
    auto found = client_.ticket(case_id(command_), Hidden::as_error);
    if (!found) throw sdk::rejected("no_such_case", "Request Tracker has no such ticket");
    return std::move(*found);
}

json::object CaseWriter::link() {
    TicketDocument document = ticket();
    const std::string id = document.id;
    write_fields(std::move(document));
    const json::value* refresh = command_.payload.if_contains("refresh");
    if (refresh != nullptr && refresh->is_bool() && refresh->get_bool()) return {};
    const json::object& order = command_.payload.at("order").as_object();
    std::string text = "Order " + scalar_text(order, "number") + "\n";
    text.append(scalar_text(order, "digest")).append("\n").append(scalar_text(order, "url"));
    return comment(id, text);
}

json::object CaseWriter::note() {
    return comment(ticket().id, scalar_text(command_.payload, "text"));
}

json::object CaseWriter::wanted_fields(const TicketDocument& ticket) const {
    const json::object& order = command_.payload.at("order").as_object();
    const FieldNames& names = settings_.fields;
    json::object wanted{{names.order_number, scalar_text(order, "number")},
                        {names.order_summary, scalar_text(order, "digest")},
                        {names.order_summary_url, scalar_text(order, "url")}};
    if (order.contains("total")) wanted[names.order_total] = scalar_text(order, "total");
    const auto external =
        names.external_id.empty() ? std::nullopt : field_value(ticket.body, names.external_id);
    if (external && is_free(*external))
        wanted[names.external_id] = "orderhub:" + std::string(command_.key);
    return wanted;
}

void CaseWriter::write_fields(TicketDocument ticket) {
    for (int round = 0; round < 2; ++round) {
        const json::object wanted = wanted_fields(ticket);
        json::object changes;
        for (const auto& [name, value] : wanted) {
            const auto present = field_value(ticket.body, name);
            if (!present)
                throw sdk::rejected("no_such_field", "the ticket has no custom field named \"" +
                                                         std::string(name) + "\"");
            if (normalised(*present) != normalised(value.as_string())) changes[name] = value;
        }
        if (changes.empty()) return;
        bool stale = false;
        const std::string words = change(ticket, changes, stale);
        if (!stale) return check_written(changes, words);
        ticket = this->ticket();
    }
    throw sdk::retry("conflict", "the ticket was changed by others at the same time, twice");
}

std::string CaseWriter::change(const TicketDocument& ticket, const json::object& fields,
                               bool& stale) {
    json::object named;
    for (const auto& [name, value] : fields)
        named[name] = value.as_string().empty() ? json::value(nullptr) : value;
    const json::object body{{"CustomFields", std::move(named)}};
    const auto response =
        try_change(doubt_, [&] { return client_.change_ticket(ticket.id, ticket.etag, body); });
    stale = response && response->status == 412;
    if (stale) return {};
    if (response && !response->ok())
        throw sdk::stop_for_status(*response, sdk::Effect::write, words_of(*response));
    wrote_ = true;
    return response ? words_of(*response) : std::string{};
}

void CaseWriter::check_written(const json::object& fields, std::string_view words) {
    const TicketDocument now = ticket();
    for (const auto& [name, value] : fields) {
        const std::string present = field_value(now.body, name).value_or("");
        if (normalised(present) == normalised(value.as_string())) continue;
        if (doubt_) throw still_in_doubt(*doubt_, command_.attempt);
        throw sdk::rejected(
            "field_not_written",
            "custom field \"" + std::string(name) + "\" kept its old value: " +
                (words.empty() ? "Request Tracker gave no reason" : std::string(words)));
    }
}

json::object CaseWriter::comment(std::string_view ticket, std::string_view text) {
    if (command_.must_look_first())
        if (const auto found = find_comment(ticket)) return {{"external_id", *found}};
    const std::string content =
        normalised(to_valid_utf8(text)) + "\n\n" + marker(command_.key) + "\n";
    const auto response = try_change(doubt_, [&] { return client_.comment(ticket, content); });
    if (response && !response->ok())
        throw sdk::stop_for_status(*response, sdk::Effect::write, words_of(*response));
    wrote_ = true;
    if (response)
        if (const auto made = made_comment(*response)) return {{"external_id", *made}};
    if (const auto found = find_comment(ticket)) return {{"external_id", *found}};
    if (doubt_) throw still_in_doubt(*doubt_, command_.attempt);
    throw sdk::unknown(
        "no_comment", "the comment was accepted but is not in the history: " + words_of(*response));
}

/// The comment that an answer says was made, if RT then has it.
std::optional<std::string> CaseWriter::made_comment(const sdk::HttpResponse& response) {
    const std::string_view location = response.header("location");
    const std::string_view id = location.substr(location.rfind('/') + 1);
    if (to_number(id) == 0) return std::nullopt;
    const auto transaction = client_.transaction(id);
    if (!transaction || scalar_text(*transaction, "Type") != "Comment") return std::nullopt;
    return std::string(id);
}

std::optional<std::string> CaseWriter::find_comment(std::string_view ticket) {
    const std::string line = marker(command_.key);
    for (int page = 1; page <= kMostPages; ++page) {
        const json::array items = client_.newest_history(ticket, page);
        if (items.empty()) return std::nullopt;
        for (const json::value& item : items) {
            const json::object* document = item.if_object();
            const Entry entry = document ? to_entry(*document) : Entry{};
            if (entry.type != "Comment" || entry.creator != settings_.hub_user) continue;
            if (reader_.text(ticket, entry.id).contains(line)) return entry.id;
        }
    }
    return std::nullopt;
}

}  // namespace orderhub::request_tracker
