#include <fmt/format.h>

#include <algorithm>

#include "b2c.hpp"
#include "text.hpp"

namespace orderhub::sandbox::b2c {
namespace {

constexpr std::int64_t kMostRows = 10'000;
constexpr std::int64_t kLongestPage = 200;

/// A query member as a number; -1 if it is none.
std::int64_t number_of(const HttpRequest& request, const char* name, std::int64_t otherwise) {
    const std::string text = request.param(name);
    return text.empty() ? otherwise : int_of(json::object{{"n", text}}, "n", -1);
}

bool contains_word(const std::string& list, const std::string& word) {
    return list.empty() || ("," + list + ",").contains("," + word + ",");
}

bool fits(const json::object& order, const HttpRequest& request) {
    const std::string status = text_of(order, "status");
    if (status == "created" || status == "failed") return false;
    for (const auto& [parameter, member] : {std::pair{"status", "status"},
                                            {"exportStatus", "exportStatus"},
                                            {"paymentStatus", "paymentStatus"},
                                            {"shippingStatus", "shippingStatus"}})
        if (!contains_word(request.param(parameter), text_of(order, member))) return false;
    const auto between = [&](const char* from, const char* to, const char* member) {
        const std::int64_t at = parse_instant(text_of(order, member));
        const std::string first = request.param(from);
        const std::string end = request.param(to);
        return (first.empty() || at >= parse_instant(first)) &&
               (end.empty() || at < parse_instant(end));
    };
    return between("lastModifiedDateFrom", "lastModifiedDateTo", "lastModified") &&
           between("creationDateFrom", "creationDateTo", "creationDate");
}

}  // namespace

HttpReply list_orders(const State& state, const HttpRequest& request) {
    const std::int64_t limit = number_of(request, "limit", 100);
    const std::int64_t offset = number_of(request, "offset", 0);
    const std::string sort = request.param("sortBy");
    if (limit < 1 || limit > kLongestPage || offset < 0 || offset + limit > kMostRows)
        return problem(400, "bad-request",
                       "limit must be 1 to 200, and offset + limit at most 10000");
    if (!sort.empty() && sort != "creation_date" && sort != "last_modified_date")
        return problem(400, "bad-request", "sortBy must be creation_date or last_modified_date");
    const char* member = sort == "last_modified_date" ? "lastModified" : "creationDate";
    std::vector<const json::object*> rows;
    for (const auto& [number, order] : state.orders)
        if (fits(order.get_object(), request)) rows.push_back(&order.get_object());
    const bool ascending = request.param("sortOrder") == "asc";
    std::ranges::sort(rows, [&](const json::object* a, const json::object* b) {
        const std::string left = text_of(*a, member);
        const std::string right = text_of(*b, member);
        if (left == right) return text_of(*a, "orderNo") < text_of(*b, "orderNo");
        return ascending ? left < right : right < left;
    });
    json::array data;
    for (std::size_t i = static_cast<std::size_t>(offset);
         i < rows.size() && data.size() < static_cast<std::size_t>(limit); ++i)
        data.push_back(*rows[i]);
    return json_reply({{"data", std::move(data)}});
}

}  // namespace orderhub::sandbox::b2c
