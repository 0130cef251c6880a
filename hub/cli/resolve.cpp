#include "hub/cli/resolve.hpp"

#include <fmt/format.h>

#include <span>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

struct Kind {
    const char* noun;
    const char* path;
    std::string_view prefix;  ///< of the hub's own ids
    std::span<const char* const> names;
};

constexpr const char* kOrderNames[] = {"/number", "/external_id"};
constexpr const char* kCaseNames[] = {"/external_id"};
constexpr Kind kOrder{"order", "/api/v1/orders", "os_", kOrderNames};
constexpr Kind kCase{"case", "/api/v1/cases", "cs_", kCaseNames};

std::string list_of(const std::vector<std::string>& ids) {
    return fmt::format("{}", fmt::join(ids, ", "));
}

/// The hub's search also finds by e-mail and tracking number; only an exact name counts here.
std::vector<std::string> ids_named(const boost::json::value& page, const char* name,
                                   const std::string& named) {
    std::vector<std::string> ids;
    for (const auto& item : items(page, "/items"))
        if (text(item, name) == named) ids.push_back(text(item, "/id"));
    return ids;
}

Expected<std::string> id_of(Session& session, const Kind& kind, const std::string& named) {
    if (named.starts_with(kind.prefix)) return named;
    const auto page = session.client.get(with_query(kind.path, {{"q", named}}));
    if (!page) return std::unexpected(page.error());
    for (const char* name : kind.names) {
        const auto ids = ids_named(page->document, name, named);
        if (ids.size() == 1) return ids.front();
        if (ids.size() > 1)
            return failed(kConflict, fmt::format("{} is the name of several {}s; give one of these "
                                                 "ids: {}.",
                                                 printable(named), kind.noun, list_of(ids)));
    }
    return failed(kNotFound, fmt::format("There is no {} {}.", kind.noun, printable(named)));
}

Expected<Answer> find(Session& session, const Kind& kind, const std::string& named) {
    const auto id = id_of(session, kind, named);
    if (!id) return std::unexpected(id.error());
    return session.client.get(std::string(kind.path) + "/" + encoded(*id));
}

}  // namespace

Expected<Answer> find_order(Session& session, const std::string& named) {
    return find(session, kOrder, named);
}
Expected<Answer> find_case(Session& session, const std::string& named) {
    return find(session, kCase, named);
}
Expected<std::string> order_id(Session& session, const std::string& named) {
    return id_of(session, kOrder, named);
}
Expected<std::string> case_id(Session& session, const std::string& named) {
    return id_of(session, kCase, named);
}

}  // namespace orderhub::cli
