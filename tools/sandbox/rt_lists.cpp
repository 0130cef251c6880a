#include "rt_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rt_query.hpp"

namespace orderhub::sandbox::rt {
namespace {

constexpr std::size_t kMaxPerPage = 100;
constexpr std::int64_t kSecond = 1'000'000;

std::size_t number_param(const HttpRequest& request, const std::string& name,
                         std::size_t fallback) {
    const std::string text = request.param(name);
    std::size_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && out > 0 ? out : fallback;
}

[[noreturn]] void unknown(const std::string& field) {
    throw BadQuery("Unknown field: " + field +
                   " at /usr/share/request-tracker5/lib/RT/Tickets.pm line 3187.\n");
}

Value text_value(std::vector<std::string> texts) {
    return {Value::Kind::Text, std::move(texts), 0};
}

Value instant_value(std::int64_t us) {
    return {Value::Kind::Instant, {}, us / kSecond};
}

std::vector<std::string> emails_of(const State& state, const std::vector<std::string>& users) {
    std::vector<std::string> out;
    for (const auto& name : users) {
        const User* user = find_user(state, name);
        out.push_back(user == nullptr ? name : user->email);
    }
    return out;
}

Value ticket_value(const State& state, const Ticket& ticket, const std::string& field) {
    if (field == "id") return {Value::Kind::Number, {}, ticket.id};
    if (field == "Queue") {
        return text_value({ticket.queue, std::to_string(queue_id(ticket.queue))});
    }
    if (field == "Status") return text_value({ticket.status});
    if (field == "Subject") return text_value({ticket.subject});
    if (field == "Owner") return text_value({ticket.owner});
    if (field == "Creator") return text_value({ticket.creator});
    if (field == "LastUpdated") return instant_value(ticket.updated);
    if (field == "Created") return instant_value(ticket.created);
    if (field == "Requestor" || field == "Requestor.EmailAddress") {
        return text_value(emails_of(state, ticket.requestors));
    }
    if (!field.starts_with("CF.{") && !field.starts_with("CustomField.{")) unknown(field);
    const auto open = field.find('{');
    const auto* known = find_field(field.substr(open + 1, field.find('}') - open - 1));
    if (known == nullptr) return text_value({});
    const auto found = ticket.fields.find(std::string(known->name));
    return text_value(found == ticket.fields.end() ? std::vector<std::string>{}
                                                   : std::vector<std::string>{found->second});
}

Value transaction_value(const State& state, const Transaction& one, const std::string& field) {
    if (field == "id") return {Value::Kind::Number, {}, one.id};
    if (field == "ObjectType") return text_value({"RT::Ticket"});
    if (field == "ObjectId") return {Value::Kind::Number, {}, one.ticket};
    if (field == "Type") return text_value({one.type});
    if (field == "Creator") return text_value({one.creator});
    if (field == "Created") return instant_value(one.created);
    if (field != "TicketQueue") unknown(field);
    for (const Ticket& ticket : state.tickets) {
        if (ticket.id == one.ticket) return text_value({ticket.queue});
    }
    return text_value({});
}

struct Order {
    std::string key;
    bool descending = false;
};

std::vector<Order> orders_of(const HttpRequest& request) {
    std::vector<Order> out;
    const auto [first, last] = request.params.equal_range("orderby");
    auto direction = request.params.lower_bound("order");
    for (auto at = first; at != last; ++at) {
        Order order{at->second, false};
        if (direction != request.params.upper_bound("order")) {
            order.descending = direction->second == "DESC";
            ++direction;
        }
        out.push_back(order);
    }
    return out;
}

int compare(const std::string& key, const Ticket& a, const Ticket& b) {
    const auto three_way = [](const auto& x, const auto& y) {
        return x < y ? -1 : (y < x ? 1 : 0);
    };
    if (key == "LastUpdated") return three_way(a.updated / kSecond, b.updated / kSecond);
    if (key == "Created") return three_way(a.created / kSecond, b.created / kSecond);
    if (key == "Subject") return three_way(a.subject, b.subject);
    if (key == "Status") return three_way(a.status, b.status);
    return three_way(a.id, b.id);
}

/// The request's address with another page number.
std::string page_url(const HttpRequest& request, std::size_t page) {
    std::string kept;
    std::string rest = request.method == "POST" ? "" : request.raw_query;
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string part = rest.substr(0, end);
        rest = end == std::string::npos ? "" : rest.substr(end + 1);
        if (!part.starts_with("page=")) kept += part + "&";
    }
    return fmt::format("{}{}?{}page={}", request.base_url, request.path, kept, page);
}

template <typename Row, typename Make>
json::object page_of(const std::vector<const Row*>& rows, const HttpRequest& request, Make make) {
    const std::size_t per_page = std::min(number_param(request, "per_page", 20), kMaxPerPage);
    const std::size_t page = number_param(request, "page", 1);
    json::array items;
    for (std::size_t i = (page - 1) * per_page; i < std::min(rows.size(), page * per_page); ++i) {
        items.push_back(make(*rows[i]));
    }
    const std::size_t count = items.size();
    return {{"count", count},   {"page", page},     {"per_page", per_page},
            {"pages", nullptr}, {"total", nullptr}, {"items", std::move(items)}};
}

template <typename Row>
void reverse_if_asked(std::vector<const Row*>& rows, const HttpRequest& request) {
    if (request.param("order") == "DESC") std::reverse(rows.begin(), rows.end());
}

HttpReply bad_query(const BadQuery& bad) {
    return json_reply({{"message", bad.what()}}, 400);
}

}  // namespace

HttpReply search_tickets(const State& state, const HttpRequest& request, const std::string& base) {
    std::vector<const Ticket*> found;
    try {
        const Query query = Query::parse(request.param("query"));
        for (const Ticket& ticket : state.tickets) {
            const Lookup row = [&](const std::string& field) {
                return ticket_value(state, ticket, field);
            };
            if (query.matches(row)) found.push_back(&ticket);
        }
        if (state.tickets.empty()) {
            const Ticket none;
            query.matches(
                [&](const std::string& field) { return ticket_value(state, none, field); });
        }
    } catch (const BadQuery& bad) {
        return bad_query(bad);
    }
    const auto orders = orders_of(request);
    std::sort(found.begin(), found.end(), [&](const Ticket* a, const Ticket* b) {
        for (const Order& order : orders) {
            const int way = compare(order.key, *a, *b);
            if (way != 0) return order.descending ? way > 0 : way < 0;
        }
        return a->id < b->id;
    });
    json::object out = page_of(found, request, [&](const Ticket& ticket) {
        return ticket_row(state, ticket, request, base);
    });
    const auto per_page = static_cast<std::size_t>(int_of(out, "per_page", 20));
    const std::size_t page = number_param(request, "page", 1);
    const std::size_t pages = (found.size() + per_page - 1) / per_page;
    out["total"] = found.size();
    // an empty result counts its pages with a floating-point zero
    out["pages"] = pages == 0 ? json::parse("0.0") : json::value(pages);
    if (page < pages) out["next_page"] = page_url(request, page + 1);
    if (page > 1)
        out["prev_page"] = page_url(request, std::min(page - 1, std::max<std::size_t>(pages, 1)));
    return json_reply(out);
}

HttpReply search_transactions(const State& state, const HttpRequest& request,
                              const std::string& base) {
    std::vector<const Transaction*> found;
    try {
        const Query query = Query::parse(request.param("query"));
        for (const Transaction& one : state.transactions) {
            const Lookup row = [&](const std::string& field) {
                return transaction_value(state, one, field);
            };
            if (query.matches(row)) found.push_back(&one);
        }
    } catch (const BadQuery& bad) {
        return bad_query(bad);
    }
    reverse_if_asked(found, request);
    return json_reply(page_of(found, request, [&](const Transaction& one) {
        return transaction_row(one, request, base);
    }));
}

HttpReply ticket_history(const State& state, std::int64_t ticket, const HttpRequest& request,
                         const std::string& base) {
    std::vector<const Transaction*> found;
    for (const Transaction& one : state.transactions) {
        if (one.ticket == ticket) found.push_back(&one);
    }
    reverse_if_asked(found, request);
    return json_reply(page_of(found, request, [&](const Transaction& one) {
        return transaction_row(one, request, base);
    }));
}

HttpReply ticket_attachments(const State& state, std::int64_t ticket, const HttpRequest& request,
                             const std::string& base) {
    std::vector<const Attachment*> found;
    for (const Attachment& one : state.attachments) {
        if (one.ticket == ticket) found.push_back(&one);
    }
    reverse_if_asked(found, request);
    return json_reply(page_of(
        found, request, [&](const Attachment& one) { return attachment_row(one, request, base); }));
}

}  // namespace orderhub::sandbox::rt
