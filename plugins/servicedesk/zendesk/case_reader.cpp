#include "case_reader.hpp"

#include <algorithm>

namespace orderhub::zendesk {
namespace {

void add(CaseDocument& document, const Json& page) {
    if (page["comments"].is_array())
        for (const Json& comment : page["comments"].items())
            document.comments.push_back(comment);
    add_by_id(document.people, page["users"]);
}

}  // namespace

bool CaseReader::serves(const Json& ticket) const {
    const Json& group = ticket["group_id"];
    return settings_.groups.empty() ||
           (group.is_number() &&
            std::ranges::find(settings_.groups, group.text_or_digits()) != settings_.groups.end());
}

void CaseReader::emit(std::string_view id) {
    const std::string observed_at = call_.now();
    const auto found = client_.ticket(id);
    if (!found) return;
    CaseDocument document{found->at("ticket"), {}, {}, {}, observed_at};
    add_by_id(document.people, (*found)["users"]);
    add_by_id(document.groups, (*found)["groups"]);
    if (serves(document.ticket)) emit_document(std::move(document));
}

std::size_t CaseReader::emit_page(const Json& page, const std::string& observed_at) {
    ById people;
    ById groups;
    add_by_id(people, page["users"]);
    add_by_id(groups, page["groups"]);
    std::size_t emitted = 0;
    for (const Json& ticket : page.at("tickets").items()) {
        if (!serves(ticket)) continue;
        emit_document({ticket, {}, people, groups, observed_at});
        ++emitted;
    }
    return emitted;
}

void CaseReader::emit_document(CaseDocument document) {
    if (!(document.ticket["status"] == Json("deleted"))) add_comments(document);
    const auto emit = [&] { call_.emit(to_case(settings_, document)); };
    if (left_out_)
        left_out_->take(document.ticket.at("id").text_or_digits(), emit);
    else
        sdk::map_or_reject(emit);
}

/// The newest, and the first if there are more than those.
void CaseReader::add_comments(CaseDocument& document) {
    const std::string id = document.ticket.at("id").text_or_digits();
    bool is_whole = true;
    client_.newest_comments(id, [&](const Json& page) {
        add(document, page);
        is_whole = !(page["meta"]["has_more"] == Json(true));
        return document.comments.size() < settings_.max_messages;
    });
    if (!is_whole) add(document, client_.first_comment(id));
}

}  // namespace orderhub::zendesk
