#include "rt_desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text.hpp"

namespace orderhub::sandbox::rt {
namespace {

std::vector<std::string> addresses(State& state, const json::object& body, std::string_view key) {
    std::vector<std::string> out;
    const auto* given = body.if_contains(key);
    if (given == nullptr) return out;
    const json::array list = given->is_array() ? given->get_array() : json::array{*given};
    for (const auto& one : list) {
        // what is no address is dropped without a word
        if (auto user = user_for(state, scalar_text(one))) out.push_back(*user);
    }
    return out;
}

}  // namespace

const CustomField* find_field(std::string_view name_or_id) {
    for (const CustomField& field : kCustomFields) {
        if (field.name == name_or_id || std::to_string(field.id) == name_or_id) return &field;
    }
    return nullptr;
}

std::int64_t queue_id(const std::string& name_or_id) {
    if (name_or_id == "Support" || name_or_id == "3") return 3;
    if (name_or_id == "Refunds" || name_or_id == "4") return 4;
    return 0;
}

std::string queue_name(const std::string& name_or_id) {
    const std::int64_t id = queue_id(name_or_id);
    return id == 0 ? "" : (id == 3 ? "Support" : "Refunds");
}

Ticket* find_ticket(State& state, std::int64_t id) {
    for (Ticket& ticket : state.tickets) {
        if (ticket.id == id) return &ticket;
    }
    return nullptr;
}

const User* find_user(const State& state, const std::string& name_or_id) {
    for (const User& user : state.users) {
        if (user.name == name_or_id || std::to_string(user.id) == name_or_id) return &user;
    }
    return nullptr;
}

std::optional<std::string> user_for(State& state, const std::string& text) {
    if (find_user(state, text) != nullptr) return text;
    for (const User& user : state.users) {
        if (user.email == text) return user.name;
    }
    if (text.find('@') == std::string::npos || text.find(' ') != std::string::npos) {
        return std::nullopt;
    }
    state.users.push_back({next_id(state.last_id, "user"), text, text, "", false, now_us()});
    return text;
}

Change::Change(World& world, Ticket& ticket, std::string actor)
    : world_(world), ticket_(ticket), actor_(std::move(actor)) {}

Change::~Change() {
    if (seen_.empty()) return;
    const json::value body = {
        {"event", "ticket.transactions"}, {"last_updated", iso_seconds(ticket_.updated)},
        {"queue", ticket_.queue},         {"status", ticket_.status},
        {"ticket_id", ticket_.id},        {"transactions", seen_}};
    world_.notices.push_back({"rt", json::serialize(body)});
}

std::int64_t Change::transaction(std::string_view type, std::string_view field,
                                 std::string_view old_value, std::string_view new_value,
                                 std::string_view data) {
    Transaction made;
    made.id = next_id(world_.rt.last_id, "transaction");
    made.ticket = ticket_.id;
    made.type = type;
    made.field = field;
    made.old_value = old_value;
    made.new_value = new_value;
    made.data = data;
    made.creator = type == "EmailRecord" ? "RT_System" : actor_;
    made.created = ticket_.updated = now_us();
    ticket_.updater = made.creator;
    ticket_.version = made.id;
    if (type != "EmailRecord") {
        seen_.push_back(json::object{{"created", iso_seconds(made.created)},
                                     {"creator", made.creator},
                                     {"field", text_or_null(made.field)},
                                     {"id", made.id},
                                     {"new_value", text_or_null(made.new_value)},
                                     {"old_value", text_or_null(made.old_value)},
                                     {"type", made.type}});
    }
    world_.rt.transactions.push_back(made);
    return made.id;
}

std::int64_t Change::message(std::string_view type, const json::object& body) {
    const std::string subject = text_of(body, "Subject");
    const bool create = type == "Create";
    const std::string data = create ? "" : (subject.empty() ? "No Subject" : subject + "\n");
    const std::int64_t id = transaction(type, "", "", "", data);
    const auto& files = array_of(body, "Attachments");
    std::int64_t parent = 0;
    if (!files.empty()) {
        attach(id, 0, {{"FileType", "multipart/mixed"}, {"Subject", subject}});
        parent = world_.rt.attachments.back().id;
    }
    const std::string kind = text_of(body, "ContentType", "text/plain");
    attach(id, parent,
           {{"FileType", kind},
            {"Text", text_of(body, "Content")},
            {"Subject", files.empty() ? subject : ""}});
    for (const auto& file : files)
        attach(id, parent, file.as_object());
    if (create || type == "Correspond") mail_record(subject);
    const std::string kind_name = create              ? "ticket.create"
                                  : type == "Comment" ? "ticket.comment"
                                                      : "ticket.correspond";
    const std::string text = text_of(body, "Content");
    world_.record({"rt", kind_name, fmt::format("ticket/{}", ticket_.id), "", "",
                   create ? ticket_.subject : text});
    return id;
}

void Change::attach(std::int64_t transaction, std::int64_t parent, const json::object& file) {
    Attachment made;
    made.id = next_id(world_.rt.last_id, "attachment");
    made.transaction = transaction;
    made.ticket = ticket_.id;
    made.parent = parent;
    made.subject = text_of(file, "Subject");
    made.filename = text_of(file, "FileName");
    made.content_type = text_of(file, "FileType", "text/plain");
    made.encoded = file.contains("FileContent");
    made.content = made.encoded ? text_of(file, "FileContent") : text_of(file, "Text");
    made.creator = actor_;
    made.created = now_us();
    world_.rt.attachments.push_back(std::move(made));
}

void Change::mail_record(std::string_view subject) {
    if (ticket_.requestors.empty()) return;
    const std::int64_t id =
        transaction("EmailRecord", "", "", "",
                    fmt::format("<rt-sandbox-{}@desk.example.test>", ticket_.version));
    const std::string title = fmt::format("[desk.example.test #{}] {}", ticket_.id, subject);
    attach(id, 0, {{"FileType", "text/plain"}, {"Text", "(mail sent)"}, {"Subject", title}});
}

std::int64_t create_ticket(World& world, const json::object& body, const std::string& actor) {
    State& state = world.rt;
    Ticket ticket;
    ticket.id = next_id(state.last_id, "ticket");
    ticket.queue = queue_name(text_of(body, "Queue"));
    ticket.subject = text_of(body, "Subject", "No Subject");
    ticket.status = text_of(body, "Status", "new");
    ticket.owner = text_of(body, "Owner", "Nobody");
    ticket.creator = actor;
    ticket.requestors = addresses(state, body, "Requestor");
    ticket.cc = addresses(state, body, "Cc");
    ticket.priority = int_of(body, "Priority");
    for (const auto& [name, value] : object_of(body, "CustomFields")) {
        const CustomField* field = find_field(std::string(name));
        if (field != nullptr) ticket.fields[std::string(field->name)] = scalar_text(value);
    }
    ticket.created = now_us();
    const std::int64_t id = ticket.id;
    state.tickets.push_back(std::move(ticket));
    Change(world, state.tickets.back(), actor).message("Create", body);
    return id;
}

}  // namespace orderhub::sandbox::rt
