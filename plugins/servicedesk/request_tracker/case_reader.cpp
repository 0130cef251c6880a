#include "case_reader.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "text.hpp"

namespace orderhub::request_tracker {
namespace {

constexpr std::int64_t kPersonAgeMs = 10 * 60 * 1000;
constexpr std::size_t kMostPeople = 2000;
constexpr std::size_t kMostTextBytes = 8 * 1024 * 1024;
constexpr std::size_t kMostCachedText = 256 * 1024;
constexpr std::int64_t kLongestPart =
    1024 * 1024;  ///< longer ones would not pass the host's limit for answers
constexpr int kMostPages = 50;

void append(std::vector<Entry>& entries, const json::array& items) {
    for (const json::value& item : items)
        if (const json::object* entry = item.if_object()) entries.push_back(to_entry(*entry));
}

auto is_of(std::string_view transaction) {
    return [transaction](const Part& part) { return part.transaction == transaction; };
}

}  // namespace

const std::optional<Person>* Memory::person(std::string_view name, std::int64_t now_ms) const {
    const auto found = people_.find(name);
    if (found == people_.end() || now_ms - found->second.read_at_ms > kPersonAgeMs) return nullptr;
    return &found->second.person;
}

void Memory::remember(const std::string& name, std::optional<Person> person, std::int64_t now_ms) {
    if (people_.size() >= kMostPeople) people_.clear();
    people_.insert_or_assign(name, Known{std::move(person), now_ms});
}

const std::string* Memory::text(std::string_view transaction) const {
    const auto found = texts_.find(transaction);
    return found == texts_.end() ? nullptr : &found->second;
}

void Memory::remember_text(const std::string& transaction, std::string text) {
    if (text.size() > kMostCachedText || texts_.contains(transaction)) return;
    if (text_bytes_ + text.size() > kMostTextBytes) {
        texts_.clear();
        text_bytes_ = 0;
    }
    text_bytes_ += text.size() + transaction.size();
    texts_.emplace(transaction, std::move(text));
}

std::optional<json::object> CaseReader::read(std::string_view ticket) {
    const auto document = client_.ticket(ticket, Hidden::as_missing);
    if (!document || !settings_.serves_queue(queue_name(document->body))) return std::nullopt;
    const std::vector<std::string> requestors = requestor_names(document->body);
    const std::optional<Person> requester =
        requestors.empty() ? std::nullopt : person(requestors.front());
    std::vector<CaseMessage> messages;
    for (const Entry& entry : choose_messages(history(document->id), settings_.max_messages))
        messages.push_back(message(document->id, entry, requestors));
    return to_case(settings_, *document, requester, messages);
}

std::vector<Entry> CaseReader::history(std::string_view ticket) {
    std::vector<Entry> entries;
    std::size_t messages = 0;
    bool whole = false;
    for (int page = 1; !whole && messages < settings_.max_messages && page <= kMostPages; ++page) {
        const json::array items = client_.newest_history(ticket, page);
        whole = items.empty();
        append(entries, items);
        messages = static_cast<std::size_t>(std::ranges::count_if(entries, is_message));
    }
    if (!whole) append(entries, client_.oldest_history(ticket));
    const auto number = [](const Entry& entry) { return to_number(entry.id); };
    std::ranges::sort(entries, {}, number);
    const auto doubled = std::ranges::unique(entries, {}, number);
    entries.erase(doubled.begin(), doubled.end());
    return entries;
}

std::optional<Person> CaseReader::person(const std::string& name) {
    const std::int64_t now = call_.now_ms();
    if (const auto* known = memory_.person(name, now)) return *known;
    const auto document = client_.user(name);
    std::optional<Person> found = document ? std::optional(to_person(*document)) : std::nullopt;
    if (!found && name.contains('@')) found = Person{name, {}, name, false};
    memory_.remember(name, found, now);
    return found;
}

CaseMessage CaseReader::message(std::string_view ticket, const Entry& entry,
                                const std::vector<std::string>& requestors) {
    std::optional<Person> author;
    const bool known_side = std::ranges::find(requestors, entry.creator) != requestors.end();
    if (entry.type == "Correspond" && !known_side) author = person(entry.creator);
    const std::string_view side = direction(entry, requestors, author ? &*author : nullptr);
    return {entry, std::string(side), text(ticket, entry.id)};
}

std::string CaseReader::text(std::string_view ticket, const std::string& transaction) {
    if (const std::string* known = memory_.text(transaction)) return *known;
    const std::vector<Part> candidates = parts_of(ticket, transaction);
    const Part* part = choose_part(candidates);
    std::string words;
    if (part && part->length > kLongestPart)
        words = "(a text of " + std::to_string(part->length) + " bytes; see the ticket)";
    else if (part)
        words = attachment_text(client_.attachment(part->id));
    memory_.remember_text(transaction, words);
    return words;
}

void CaseReader::read_parts(std::string_view ticket) {
    std::vector<Part> all;
    for (int page = 1; page <= kMostPages; ++page) {
        const json::array items = client_.attachments(ticket, page);
        if (items.empty()) break;
        for (const json::value& item : items)
            if (const json::object* part = item.if_object()) all.push_back(to_part(*part));
    }
    parts_ = std::move(all);
    parts_ticket_ = ticket;
}

std::vector<Part> CaseReader::parts_of(std::string_view ticket, std::string_view transaction) {
    std::vector<Part> own;
    const bool fresh = parts_ticket_ != ticket;
    if (fresh) read_parts(ticket);
    std::ranges::copy(parts_ | std::views::filter(is_of(transaction)), std::back_inserter(own));
    if (!own.empty() || fresh) return own;
    read_parts(ticket);  // the list may be older than this transaction
    std::ranges::copy(parts_ | std::views::filter(is_of(transaction)), std::back_inserter(own));
    return own;
}

}  // namespace orderhub::request_tracker
