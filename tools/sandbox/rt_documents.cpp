#include "rt_documents.hpp"

#include <fmt/format.h>

#include "text.hpp"

namespace orderhub::sandbox::rt {
namespace {

constexpr std::string_view kUnset = "1970-01-01T00:00:00Z";

std::string instant(std::int64_t us) {
    return us == 0 ? std::string(kUnset) : iso_seconds(us);
}

json::array user_references(const std::string& base, const std::vector<std::string>& names) {
    json::array out;
    for (const auto& name : names)
        out.push_back(reference(base, "user", name));
    return out;
}

json::array custom_fields(const Ticket& ticket, const std::string& base) {
    json::array out;
    for (const CustomField& field : kCustomFields) {
        json::object one = reference(base, "customfield", std::to_string(field.id));
        one["name"] = field.name;
        const auto found = ticket.fields.find(std::string(field.name));
        one["values"] = found == ticket.fields.end() ? json::array{} : json::array{found->second};
        out.push_back(std::move(one));
    }
    return out;
}

json::object hyperlink(std::string_view ref, const std::string& url) {
    return {{"ref", ref}, {"_url", url}};
}

json::object self_link(const std::string& base, std::string_view type, std::int64_t id) {
    return {{"ref", "self"},
            {"type", type},
            {"id", id},
            {"_url", fmt::format("{}/{}/{}", base, type, id)}};
}

json::array ticket_links(const Ticket& ticket, const std::string& base) {
    const std::string url = fmt::format("{}/ticket/{}", base, ticket.id);
    json::array out{self_link(base, "ticket", ticket.id)};
    for (const CustomField& field : kCustomFields) {
        json::object one = reference(base, "customfield", std::to_string(field.id));
        one["ref"] = "customfield";
        one["name"] = field.name;
        out.push_back(std::move(one));
    }
    for (const char* ref : {"history", "correspond", "comment"}) {
        out.push_back(hyperlink(ref, url + "/" + ref));
    }
    for (const Link& link : ticket.links) {
        const bool external = link.target.find(':') != std::string::npos;
        json::object one = external ? json::object{{"type", "external"}, {"_url", link.target}}
                                    : reference(base, "ticket", link.target);
        one["ref"] = link.kind;
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

std::size_t content_size(const Attachment& one) {
    return one.encoded ? base64_decode(one.content).size() : one.content.size();
}

json::object reference(const std::string& base, std::string_view type, const std::string& id) {
    return {{"id", id}, {"type", type}, {"_url", fmt::format("{}/{}/{}", base, type, id)}};
}

json::object ticket_document(const State& state, const Ticket& ticket, const HttpRequest& request,
                             const std::string& base) {
    json::object out{{"id", ticket.id}};
    out["Type"] = "ticket";
    out["EffectiveId"] = reference(base, "ticket", std::to_string(ticket.id));
    out["Subject"] = ticket.subject;
    out["Status"] = ticket.status;
    json::object queue = reference(base, "queue", std::to_string(queue_id(ticket.queue)));
    expand(queue, state, request, "Queue");
    out["Queue"] = std::move(queue);
    out["Requestor"] = user_references(base, ticket.requestors);
    out["Cc"] = user_references(base, ticket.cc);
    out["AdminCc"] = json::array{};
    out["Owner"] = reference(base, "user", ticket.owner);
    out["Creator"] = reference(base, "user", ticket.creator);
    out["LastUpdatedBy"] = reference(base, "user", ticket.updater);
    out["Created"] = instant(ticket.created);
    out["LastUpdated"] = instant(ticket.updated);
    out["Resolved"] = instant(ticket.resolved);
    for (const char* date : {"Due", "Started", "Starts"})
        out[date] = kUnset;
    out["Priority"] = std::to_string(ticket.priority);
    for (const char* zero :
         {"InitialPriority", "FinalPriority", "TimeEstimated", "TimeLeft", "TimeWorked"}) {
        out[zero] = "0";
    }
    out["CustomFields"] = custom_fields(ticket, base);
    out["_hyperlinks"] = ticket_links(ticket, base);
    return out;
}

json::object transaction_document(const State& state, const Transaction& one,
                                  const std::string& base) {
    json::array links{self_link(base, "transaction", one.id)};
    for (const Attachment& attachment : state.attachments) {
        if (attachment.transaction != one.id) continue;
        links.push_back(
            hyperlink("attachment", fmt::format("{}/attachment/{}", base, attachment.id)));
    }
    json::object out{{"id", one.id},
                     {"Created", iso_seconds(one.created)},
                     {"Type", one.type},
                     {"TimeTaken", "0"},
                     {"Creator", reference(base, "user", one.creator)},
                     {"Object", reference(base, "ticket", std::to_string(one.ticket))},
                     {"_hyperlinks", std::move(links)}};
    const std::pair<const char*, const std::string*> optional[] = {{"Data", &one.data},
                                                                   {"Field", &one.field},
                                                                   {"OldValue", &one.old_value},
                                                                   {"NewValue", &one.new_value}};
    for (const auto& [name, value] : optional) {
        if (!value->empty()) out[name] = *value;
    }
    return out;
}

json::object attachment_document(const Attachment& one, const std::string& base) {
    std::string content =
        one.encoded ? base64_encode(base64_decode(one.content)) : base64_encode(one.content);
    if (!content.empty()) content += "\n";
    const std::size_t size = content_size(one);
    json::object out{
        {"id", one.id},
        {"Subject", one.subject},
        {"MessageId",
         one.parent == 0 ? fmt::format("rt-sandbox-{}@desk.example.test", one.id) : std::string{}},
        {"ContentType", one.content_type},
        {"Creator", reference(base, "user", one.creator)},
        {"Created", iso_seconds(one.created)},
        {"TransactionId", reference(base, "transaction", std::to_string(one.transaction))},
        {"Parent", one.parent == 0
                       ? json::value("0")
                       : json::value(reference(base, "attachment", std::to_string(one.parent)))},
        {"Headers", fmt::format("Content-Type: {}; charset=\"utf-8\"\nContent-Length: {}",
                                one.content_type, size)},
        {"Content", content},
        {"_hyperlinks", json::array{self_link(base, "attachment", one.id)}}};
    if (!one.filename.empty()) out["Filename"] = one.filename;
    return out;
}

json::object user_document(const User& user, const std::string& base) {
    return {{"id", user.id},
            {"Name", user.name},
            {"EmailAddress", user.email},
            {"RealName", user.real_name},
            {"Privileged", user.privileged ? 1 : 0},
            {"Disabled", "0"},
            {"Comments", user.privileged ? "" : "Autocreated when added as a watcher"},
            {"Memberships", json::array{}},
            {"CustomFields", json::array{}},
            {"Created", iso_seconds(user.created)},
            {"LastUpdated", iso_seconds(user.created)},
            {"Creator", reference(base, "user", "RT_System")},
            {"LastUpdatedBy", reference(base, "user", "RT_System")},
            {"_hyperlinks", json::array{self_link(base, "user", user.id)}}};
}

json::object queue_document(const std::string& name, const std::string& base) {
    json::array fields;
    for (const CustomField& field : kCustomFields) {
        json::object one = reference(base, "customfield", std::to_string(field.id));
        one["ref"] = "customfield";
        one["name"] = field.name;
        fields.push_back(std::move(one));
    }
    return {{"id", queue_id(name)},
            {"Name", name},
            {"Created", kUnset},
            {"LastUpdated", kUnset},
            {"Creator", reference(base, "user", "RT_System")},
            {"LastUpdatedBy", reference(base, "user", "RT_System")},
            {"Description", name == "Support" ? "Customer support" : "Refunds"},
            {"Lifecycle", "default"},
            {"Disabled", "0"},
            {"SortOrder", "0"},
            {"CorrespondAddress", name == "Support" ? "support@example.test" : ""},
            {"CommentAddress", ""},
            {"AdminCc", json::array{}},
            {"Cc", json::array{}},
            {"CustomFields", json::array{}},
            {"TicketCustomFields", std::move(fields)},
            {"TicketTransactionCustomFields", json::array{}},
            {"_hyperlinks", json::array{self_link(base, "queue", queue_id(name))}}};
}

}  // namespace orderhub::sandbox::rt
