#include "rt_documents.hpp"
#include "text.hpp"

namespace orderhub::sandbox::rt {

std::vector<std::string> names_in(const HttpRequest& request, const std::string& member) {
    std::vector<std::string> out;
    std::string rest = request.param(member);
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        out.push_back(rest.substr(0, comma));
        rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    }
    return out;
}

void expand(json::object& reference, const State& state, const HttpRequest& request,
            const std::string& role) {
    for (const auto& name : names_in(request, "fields[" + role + "]")) {
        const std::string id = text_of(reference, "id");
        if (role == "Queue") {  // its id is no user's
            if (name == "Name") reference["Name"] = queue_name(id);
            continue;
        }
        const User* user = find_user(state, id);
        if (user == nullptr) continue;
        if (name == "Name") reference["Name"] = user->name;
        if (name == "EmailAddress") reference["EmailAddress"] = user->email;
        if (name == "RealName") reference["RealName"] = user->real_name;
    }
}

json::object ticket_row(const State& state, const Ticket& ticket, const HttpRequest& request,
                        const std::string& base) {
    json::object out = reference(base, "ticket", std::to_string(ticket.id));
    const json::object whole = ticket_document(state, ticket, request, base);
    for (const auto& name : names_in(request, "fields")) {
        const auto* found = whole.if_contains(name);
        out[name] = found == nullptr ? json::value("") : *found;
        if (name != "Requestor" && name != "Cc") continue;
        for (auto& one : out[name].as_array())
            expand(one.as_object(), state, request, name);
    }
    return out;
}

json::object transaction_row(const Transaction& one, const HttpRequest& request,
                             const std::string& base) {
    const json::object known{{"Type", one.type},
                             {"Field", one.field},
                             {"OldValue", one.old_value},
                             {"NewValue", one.new_value},
                             {"Data", one.data},
                             {"Created", iso_seconds(one.created)},
                             {"ObjectType", "RT::Ticket"},
                             {"ObjectId", std::to_string(one.ticket)},
                             {"Creator", reference(base, "user", one.creator)}};
    json::object out = reference(base, "transaction", std::to_string(one.id));
    for (const auto& name : names_in(request, "fields")) {
        const auto* found = known.if_contains(name);
        out[name] = found == nullptr ? json::value("") : *found;
    }
    return out;
}

json::object attachment_row(const Attachment& one, const HttpRequest& request,
                            const std::string& base) {
    const json::object whole = attachment_document(one, base);
    json::object out = reference(base, "attachment", std::to_string(one.id));
    for (const auto& name : names_in(request, "fields")) {
        const auto* found = whole.if_contains(name);
        out[name] = found == nullptr ? json::value("") : *found;
        if (name == "ContentLength") out[name] = std::to_string(content_size(one));
        // in lists these two are plain ids, not references
        if (name == "TransactionId") out[name] = std::to_string(one.transaction);
        if (name == "Parent") out[name] = std::to_string(one.parent);
    }
    return out;
}

}  // namespace orderhub::sandbox::rt
