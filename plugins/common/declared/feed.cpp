#include "declared/feed.hpp"

#include <algorithm>
#include <orderhub/pages.hpp>

#include "declared/dates.hpp"

namespace orderhub::declared {
namespace {

constexpr std::int64_t kDayMs = 24 * 3600 * 1000;
// Lists that compare by the second, and those that ask for what is after, not at.
constexpr std::int64_t kStepMs = 1000;

std::int64_t changed_at(const Rule& rule, const Json& item) {
    Documents documents;
    const Json& document = documents.put("document", item);
    const Found found = value_of(rule, {documents, document});
    const auto at = sdk::from_rfc3339(found.value.is_text() ? found.value.text() : "");
    if (!at) throw wrong(rule.place, found.at, shown(found.value) + "; expected an instant");
    return *at;
}

std::int64_t integer_or(const Json& json, std::int64_t otherwise) {
    return json.is_number() ? json.integer() : otherwise;
}

}  // namespace

Mark to_mark(const ListRule& list, std::string_view cursor, std::int64_t now_ms) {
    const std::int64_t start =
        list.start_ms != 0 ? list.start_ms : now_ms / kStepMs * kStepMs - kDayMs;
    Mark mark{.from_ms = start, .high_ms = start, .page = 0, .cursor = {}, .url = {}};
    if (cursor.empty()) return mark;
    const Json known = Json::parse(cursor);
    if (known["from"].is_text())
        mark.from_ms = mark.high_ms = sdk::from_rfc3339(known["from"].text()).value_or(start);
    mark.from_ms = integer_or(known["from_ms"], mark.from_ms);
    mark.high_ms = integer_or(known["high_ms"], mark.from_ms);
    mark.page = integer_or(known["page"], 0);
    mark.cursor = known["cursor"].text_or_empty();
    mark.url = known["url"].text_or_empty();
    return mark;
}

std::string to_cursor(const Mark& mark) {
    return Json::object({{"from_ms", mark.from_ms},
                         {"high_ms", mark.high_ms},
                         {"page", mark.page},
                         {"cursor", mark.cursor},
                         {"url", mark.url}})
        .dump();
}

Answer Feed::ask(const Mark& mark, const std::string& base_url) {
    Documents documents;
    documents.put("from", format_date(mark.from_ms, list_.from_form));
    documents.put("page", list_.first_page + mark.page);
    documents.put("offset", mark.page * list_.page_size);
    documents.put("page_size", list_.page_size);
    documents.put("cursor", mark.cursor.empty() ? Json() : Json(mark.cursor));
    const Json none;
    const Scope scope{documents, none};
    asked_ = mark.url;
    if (!mark.url.empty()) return client_.follow(list_.request, mark.url, scope);
    asked_ = list_.request.url.address(scope);
    if (asked_.starts_with('/')) asked_ = base_url + asked_;
    return client_.send(list_.request, scope, sdk::Effect::read);
}

Page Feed::next(Mark& mark, const std::string& base_url) {
    const Answer answer = ask(mark, base_url);
    Documents documents;
    const Found found = look_up(list_.items, {documents, documents.put("answer", answer.body)});
    if (!found.value.is_array())
        throw sdk::retry(
            "bad_answer",
            wrong("list.items", found.at, shown(found.value) + "; expected a list").what());
    Page page{found.value.items(), true};
    if (list_.changed_at)
        for (const Json& item : page.items)
            mark.high_ms = std::max(mark.high_ms, changed_at(*list_.changed_at, item));
    advance(mark, page, answer);
    return page;
}

void Feed::advance(Mark& mark, Page& page, const Answer& answer) const {
    switch (list_.paging) {
        case Paging::none:
            break;
        case Paging::page:
        case Paging::offset:
            go_by_number(mark, page);
            break;
        default:
            go_by_cursor(mark, page, answer);
    }
    if (page.is_last) end_pass(mark);
}

// In a list that begins with the oldest change, whatever changes while it is read moves the rest to
// earlier pages. So the window moves instead of the page number, as long as the time of change
// does.
void Feed::go_by_number(Mark& mark, Page& page) const {
    page.is_last = static_cast<std::int64_t>(page.items.size()) < list_.page_size;
    if (page.is_last) return;
    const bool moves =
        list_.changed_at && list_.is_oldest_first && mark.high_ms - kStepMs > mark.from_ms;
    mark.page = moves ? 0 : mark.page + 1;
    if (moves) mark.from_ms = mark.high_ms - kStepMs;
}

void Feed::go_by_cursor(Mark& mark, Page& page, const Answer& answer) const {
    Documents documents;
    const Scope scope{documents, documents.put("answer", answer.body)};
    std::string next =
        list_.next ? look_up(*list_.next, scope).value.text_or_empty() : answer.next_link;
    const bool has_more = !list_.more || is_true(look_up(*list_.more, scope).value);
    if (list_.paging == Paging::link) {
        next = sdk::absolute_url(asked_, next);
        page.is_last = next.empty() || next == asked_ || !has_more;
        mark.url = page.is_last ? "" : next;
        return;
    }
    page.is_last = next.empty() || next == mark.cursor || !has_more;
    if (!next.empty()) mark.cursor = next;
}

void Feed::end_pass(Mark& mark) const {
    mark.page = 0;
    if (!list_.keeps_cursor) mark.cursor.clear();
    if (list_.changed_at) mark.from_ms = std::max(mark.from_ms, mark.high_ms - list_.overlap_ms);
}

}  // namespace orderhub::declared
