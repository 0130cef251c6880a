#include <array>
#include <boost/json/array.hpp>
#include <charconv>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/view.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::array<std::string_view, 1> kStates{"parked"};

/// 0, which no message has, if it is no number.
std::int64_t sequence_of(const Call& call) {
    const auto text = call.parameter("sequence");
    std::int64_t sequence = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sequence);
    return error == std::errc{} && end == text.data() + text.size() ? sequence : 0;
}

Response parked_messages(const Parts& parts, Call& call) {
    if (auto known = only_parameters(call.target, {"state", "limit"}); !known) return known.error();
    const auto state = word_parameter(call.target, "state", kStates);
    const auto limit = number_parameter(call.target, "limit", kDefaultPage, 1, kMaxPage);
    if (!state) return state.error();
    if (!limit) return limit.error();
    return read_answer(parts.store, [&](store::Transaction& transaction) {
        boost::json::array items;
        for (const auto& message : transaction.parked_messages(static_cast<std::uint32_t>(*limit)))
            items.push_back(view(message, false));
        return Result<boost::json::object>(boost::json::object{{"items", std::move(items)}});
    });
}

Response show_message(const Parts& parts, Call& call) {
    return read_answer(
        parts.store, [&](store::Transaction& transaction) -> Result<boost::json::object> {
            const auto message = transaction.message(sequence_of(call));
            if (!message)
                return fail(ErrorKind::NotFound, "no_such_message", "There is no such message.");
            return view(*message, true);
        });
}

Response retry_message(const Parts& parts, Call& call) {
    const auto outcome =
        parts.operations.retry_message(sequence_of(call), "agent:" + call.caller.name);
    return outcome ? show_message(parts, call) : problem(outcome.error());
}

}  // namespace

void add_inbox_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = [&](auto method, auto pattern, auto function) {
        routes.push_back(route(method, pattern, Role::admin,
                               [&parts, function](Call& call) { return function(parts, call); }));
    };
    add("GET", "/api/v1/inbox", parked_messages);
    add("GET", "/api/v1/inbox/{sequence}", show_message);
    add("POST", "/api/v1/inbox/{sequence}:retry", retry_message);
}

}  // namespace orderhub::http
