#include "case_writer.hpp"

namespace orderhub::zendesk {
namespace {

constexpr int kRounds = 3;
constexpr std::uint64_t kConflictDelayMs = 2'000;  ///< the guard's stamps have whole seconds

}  // namespace

std::optional<std::string> CaseWriter::link(const sdk::CaseLink& link) {
    const std::string id = checked_id(link.case_.external_id);
    const Json fields = link_fields(settings_.fields, link, command_.key);
    std::optional<std::string> comment;
    if (!link.refresh.value_or(false)) comment = comment_once(id, link_words(link), fields);
    const auto trouble = sdk::attempt(call_, [&] { show(id, fields); });
    if (trouble && trouble->outcome == OH_RETRY && call_.has_written())
        throw sdk::unknown(trouble->code, trouble->message);
    if (trouble) throw sdk::Stop(*trouble);
    return comment;
}

std::string CaseWriter::note(const sdk::CaseNote& note) {
    return comment_once(checked_id(note.case_.external_id), note.text, Json::array());
}

std::string CaseWriter::comment_once(const std::string& ticket, std::string_view words,
                                     const Json& fields) {
    Json wanted = Json::object();
    if (!fields.items().empty()) wanted.set("custom_fields", fields);
    wanted.set("comment",
               Json::object({{"body", std::string(words) + "\n\n" + marker(command_.key)},
                             {"public", false}}));
    return sdk::do_once(
        call_, command_, [&] { return find_comment(ticket); },
        [&] {
            const Json answer = change(ticket, wanted);
            const auto made = made_comment(answer);
            shown_ = answer["ticket"];
            if (!made) throw sdk::unknown("bad_answer", "the answer names no comment");
            return *made;
        });
}

std::optional<std::string> CaseWriter::find_comment(const std::string& ticket) {
    const std::string line = marker(command_.key);
    std::optional<std::string> found;
    client_.newest_comments(ticket, [&](const Json& page) {
        for (const Json& comment : page.at("comments").items())
            if (is_note_with(comment, line)) found = comment.at("id").text_or_digits();
        return !found;
    });
    return found;
}

Json CaseWriter::ticket(const std::string& id) {
    auto found = client_.ticket(id);
    if (!found) throw sdk::rejected("no_such_case", "Zendesk has no such ticket");
    return found->at("ticket");
}

/// Zendesk refuses the change if the ticket was changed since it was read.
Json CaseWriter::change(const std::string& id, const Json& wanted) {
    for (int round = 0; round < kRounds; ++round) {
        Json guarded = wanted;
        guarded.set("updated_stamp", ticket(id).at("updated_at").text());
        guarded.set("safe_update", true);
        if (auto answer = client_.change_ticket(id, guarded)) return *answer;
    }
    throw sdk::retry("conflict", "the ticket is being changed by others at the same time",
                     kConflictDelayMs);
}

/// Writes the fields that do not show what they should. Zendesk drops what its user may not set and
/// says nothing of it.
void CaseWriter::show(const std::string& id, const Json& fields) {
    if (fields.items().empty()) return;
    if (!shown_.is_object()) shown_ = ticket(id);
    if (fields_that_differ(shown_, fields).empty()) return;
    const Json answer = change(id, Json::object({{"custom_fields", fields}}));
    const auto differing = fields_that_differ(answer["ticket"], fields);
    if (differing.empty()) return;
    throw sdk::rejected("field_not_written", "the ticket field " + differing.front() +
                                                 " kept its old value: may the user set it?");
}

}  // namespace orderhub::zendesk
