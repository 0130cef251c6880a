#include "case_writer.hpp"

#include <utility>
#include <vector>

#include "queries.hpp"
#include "salesforce_platform/soql.hpp"

namespace orderhub::service_cloud {
namespace {

constexpr std::size_t kLongestComment = 4000;
constexpr std::size_t kLongestFeedItem = 10'000;

std::string checked(const std::string& case_id) {
    if (!salesforce::is_id(case_id))
        throw sdk::rejected("bad_case_id", "the id of a case has 15 or 18 letters and digits");
    return case_id;
}

}  // namespace

std::optional<std::string> CaseWriter::link(const sdk::CaseLink& link) {
    const std::string case_id = checked(link.case_.external_id);
    const Json fields = fields_of(link);
    if (!link.refresh.value_or(false)) return once(case_id, link_words(link), fields);
    // Written twice it is the same.
    if (!fields.members().empty())
        client_.change_together({{"PATCH", "/sobjects/Case/" + case_id, "case", fields}});
    return std::nullopt;
}

Json CaseWriter::fields_of(const sdk::CaseLink& link) {
    Json fields = link_fields(settings_.fields, link, command_.key);
    const std::string& lookup = settings_.fields.order_summary;
    if (lookup.empty()) return fields;
    if (link.order.number.empty())
        fields.set(lookup, Json());
    else if (const auto summary = order_summary(link.order.number))
        fields.set(lookup, *summary);
    return fields;
}

std::string CaseWriter::note(const sdk::CaseNote& note) {
    return once(checked(note.case_.external_id), note.text, Json::object());
}

std::string CaseWriter::once(const std::string& case_id, const std::string& words,
                             const Json& fields) {
    return sdk::do_once(
        call_, command_, [&] { return find_note(case_id); },
        [&] { return write(case_id, words, fields); });
}

std::string CaseWriter::write(const std::string& case_id, const std::string& words,
                              const Json& fields) {
    std::vector<salesforce::Part> parts;
    if (!fields.members().empty())
        parts.push_back({"PATCH", "/sobjects/Case/" + case_id, "case", fields});
    const std::size_t first_note = parts.size();
    const std::size_t most = settings_.notes_are_feed_items ? kLongestFeedItem : kLongestComment;
    for (const std::string& text : note_texts(words, command_.key, most))
        parts.push_back(note_part(case_id, text, parts.size()));
    const std::vector<Json> made = client_.change_together(parts);
    const Json& id = made.at(first_note)["id"];
    if (!id.is_text()) throw sdk::unknown("bad_answer", "the note that was made has no id");
    return id.text();
}

salesforce::Part CaseWriter::note_part(const std::string& case_id, const std::string& text,
                                       std::size_t number) const {
    const std::string name = "note" + std::to_string(number);
    if (settings_.notes_are_feed_items)
        return {
            "POST", "/sobjects/FeedItem", name,
            Json::object({{"ParentId", case_id}, {"Body", text}, {"Visibility", "InternalUsers"}})};
    return {"POST", "/sobjects/CaseComment", name,
            Json::object({{"ParentId", case_id}, {"CommentBody", text}, {"IsPublished", false}})};
}

std::optional<std::string> CaseWriter::find_note(const std::string& case_id) {
    const std::string line = marker(command_.key);
    std::optional<std::string> found;
    client_.query(notes_query(settings_, case_id), [&](const Json& row) {
        if (note_text(row).find(line) != std::string::npos) found = row.at("Id").text();
        return !found;
    });
    return found;
}

/// Order numbers of summaries need not be unique; one of several is no link.
std::optional<std::string> CaseWriter::order_summary(const std::string& order_number) {
    const std::vector<Json> rows = client_.query_all(order_summary_query(order_number));
    if (rows.size() == 1) return rows.front().at("Id").text();
    call_.log(OH_LOG_WARN,
              rows.empty()
                  ? "no order summary has the order's number; the lookup is left alone"
                  : "several order summaries have the order's number; the lookup is left alone");
    return std::nullopt;
}

}  // namespace orderhub::service_cloud
