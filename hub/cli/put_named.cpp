#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "hub/cli/action_puts.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct Kind {
    const char* noun;
    const char* pointer;               ///< the list in the order's document
    std::array<const char*, 2> names;  ///< by what its members are named, the id first
};

std::vector<std::string> ids_named(const json::value& order, const Kind& kind, const char* name,
                                   const std::string& named) {
    std::vector<std::string> ids;
    for (const json::value& each : items(order, kind.pointer))
        if (text(each, name) == named) ids.push_back(text(each, "/id"));
    return ids;
}

std::string names_in(const json::value& order, const Kind& kind) {
    std::string list;
    for (const json::value& each : items(order, kind.pointer))
        list += (list.empty() ? "" : ", ") + text(each, kind.names.back()) + " (" +
                text(each, "/id") + ")";
    return list.empty() ? "none" : printable(list);
}

Expected<void> put_id(const Written& written, const Kind& kind, json::object& input) {
    for (const char* name : kind.names) {
        const auto ids = ids_named(written.order, kind, name, written.word());
        if (ids.size() > 1)
            return failed(kConflict,
                          fmt::format("{} is the name of several {}s; give one of these ids: {}.",
                                      printable(written.word()), kind.noun, fmt::join(ids, ", ")));
        if (ids.size() != 1) continue;
        input[written.option.field] = ids.front();
        return {};
    }
    return failed(kNotFound, fmt::format("The order has no {} {}; it has {}.", kind.noun,
                                         printable(written.word()), names_in(written.order, kind)));
}

}  // namespace

Expected<void> put_return_order(const Written& written, json::object& input) {
    return put_id(written, {"return order", "/return_orders", {"/id", "/number"}}, input);
}
Expected<void> put_fulfilment(const Written& written, json::object& input) {
    return put_id(written, {"fulfilment", "/fulfilments", {"/id", "/external_id"}}, input);
}
Expected<void> put_refund(const Written& written, json::object& input) {
    return put_id(written, {"refund", "/refunds", {"/id", "/external_id"}}, input);
}
Expected<void> put_exception(const Written& written, json::object& input) {
    return put_id(written, {"exception", "/exceptions", {"/id", "/code"}}, input);
}

}  // namespace orderhub::cli
