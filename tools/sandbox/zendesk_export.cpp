#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "seed.hpp"
#include "text.hpp"
#include "zendesk.hpp"

// The incremental export, and what an account begins with.
namespace orderhub::sandbox::zendesk {
namespace {

constexpr std::int64_t kMicro = 1'000'000;

std::int64_t number_of(const std::string& text) {
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

/// A cursor is the base64 of the instant and id behind which it goes on:
/// "1795342530000000.0||35436|".
std::string cursor_of(const json::object& ticket) {
    return base64_encode(
        fmt::format("{}.0||{}|", int_of(ticket, "generated_us"), int_of(ticket, "id")));
}

/// From which instant on; exclusive of the ticket that a cursor names, whose instant is its own.
std::int64_t start_of(const HttpRequest& request, std::int64_t newest_s) {
    const std::string cursor = request.param("cursor");
    if (!cursor.empty()) {
        const std::string text = base64_decode(cursor);
        const std::int64_t at = number_of(text.substr(0, text.find('.')));
        if (at < 0) throw refusal(400, "InvalidValue", "cursor is not valid");
        return at + 1;
    }
    const std::int64_t start = number_of(request.param("start_time"));
    if (start < 0) throw refusal(400, "InvalidValue", "start_time is needed");
    if (start > newest_s)
        throw refusal(422, "InvalidValue",
                      "Too recent start_time. Use a start_time older than 60 seconds");
    return start * kMicro;
}

}  // namespace

json::object read_export(State& state, const HttpRequest& request) {
    count(state, "export", int_of(state.switches, "export_limit", 10), 60);
    const std::int64_t now_s = now_us() / kMicro;
    const std::int64_t from = start_of(request, now_s - 60);
    const std::int64_t to = (now_s - int_of(state.switches, "hold_back_s", 60) + 1) * kMicro;
    std::vector<const json::object*> rows;
    for (const auto& [id, ticket] : state.tickets) {
        const std::int64_t at = int_of(ticket.as_object(), "generated_us");
        if (at >= from && at < to) rows.push_back(&ticket.as_object());
    }
    std::ranges::sort(rows, {},
                      [](const json::object* row) { return int_of(*row, "generated_us"); });
    const std::int64_t size =
        request.param("per_page").empty() ? 1000 : number_of(request.param("per_page"));
    if (size < 1 || size > 1000) throw refusal(400, "InvalidValue", "per_page");
    const bool is_end = static_cast<std::int64_t>(rows.size()) <= size;
    if (!is_end) rows.resize(static_cast<std::size_t>(size));
    json::array tickets;
    std::vector<std::int64_t> requesters;
    for (const json::object* row : rows) {
        tickets.push_back(shown(*row));
        requesters.push_back(int_of(*row, "requester_id"));
    }
    const json::value after = rows.empty() ? json::value() : json::value(cursor_of(*rows.back()));
    return {{"tickets", tickets},
            {"users", users_of(state, requesters)},
            {"groups", json::array{json::object{{"id", kGroup}, {"name", "Support"}}}},
            {"after_cursor", after},
            {"before_cursor", nullptr},
            {"end_of_stream", is_end}};
}

}  // namespace orderhub::sandbox::zendesk

namespace orderhub::sandbox {

void seed_zendesk(World& world) {
    using namespace zendesk;
    const auto user = [&](std::int64_t id, const char* name, const char* email, const char* role) {
        world.zendesk.users.push_back(json::object{{"id", id},
                                                   {"name", name},
                                                   {"email", email},
                                                   {"phone", nullptr},
                                                   {"role", role},
                                                   {"active", true}});
    };
    user(kHub, "OrderHub", "hub@acme.example.test", "admin");
    user(kAgent, "Agent One", "agent1@acme.example.test", "agent");
    user(20'978'392, "Ada Lovelace", "ada@example.test", "end-user");
    const char* const titles[] = {"Order number", "Order address", "Order digest", "Order total",
                                  "Link key"};
    for (std::int64_t index = 0; index < 5; ++index)
        world.zendesk.fields.push_back(json::object{{"id", kFirstField + index},
                                                    {"type", index == 2 ? "textarea" : "text"},
                                                    {"title", titles[index]},
                                                    {"active", true}});
}

}  // namespace orderhub::sandbox
