#include <algorithm>

#include "graphql_schema.hpp"
#include "http_types.hpp"
#include "text.hpp"

namespace orderhub::sandbox::graphql {
namespace {

/// A nested list with its own `options` ({sort, skip, take}): in the Admin API that is an order's
/// history.
json::value windowed(const json::value& list, const json::object& options) {
    json::object out = list.as_object();
    json::array items = array_of(out, "items");
    const auto& sort = object_of(options, "sort");
    if (!sort.empty() && scalar_text(sort.begin()->value()) == "DESC") {
        std::reverse(items.begin(), items.end());
    }
    const auto skip = std::clamp<std::int64_t>(int_of(options, "skip"), 0,
                                               static_cast<std::int64_t>(items.size()));
    items.erase(items.begin(), items.begin() + skip);
    const auto take = int_of(options, "take", static_cast<std::int64_t>(items.size()));
    if (take >= 0 && take < static_cast<std::int64_t>(items.size())) {
        items.erase(items.begin() + take, items.end());
    }
    out["items"] = std::move(items);
    return out;
}

/// Rows `after` a cursor, at most `first`. Cursors are the place of a row, made opaque.
json::value paged(const json::value& list, const json::object& arguments) {
    const bool is_list = list.is_array();
    json::array rows = is_list ? list.get_array() : array_of(list.as_object(), "nodes");
    const std::string after = text_of(arguments, "after");
    const std::size_t begin =
        after.empty() ? 0 : std::min<std::size_t>(rows.size(), std::stoul(base64_decode(after)));
    const std::size_t end =
        std::min(rows.size(), begin + static_cast<std::size_t>(int_of(arguments, "first")));
    const bool has_next = end < rows.size();
    const json::array window(rows.begin() + static_cast<std::ptrdiff_t>(begin),
                             rows.begin() + static_cast<std::ptrdiff_t>(end));
    if (is_list) return window;
    json::object out = list.get_object();
    out["nodes"] = window;
    out["pageInfo"] = json::object{
        {"hasNextPage", has_next},
        {"endCursor",
         window.empty() ? json::value{} : json::value(base64_encode(std::to_string(end)))}};
    return out;
}

bool is_pageable(const json::value& value) {
    return value.is_array() || (value.is_object() && value.get_object().contains("nodes"));
}

class Projector {
public:
    Projector(const Document& document, const Schema& schema)
        : document_(document), schema_(schema) {}

    json::value value(const json::value& from, const std::vector<Selection>& selections) const {
        if (from.is_array()) {
            json::array out;
            for (const auto& element : from.get_array())
                out.push_back(value(element, selections));
            return out;
        }
        if (!from.is_object() || selections.empty()) return from;
        json::object out;
        collect(from.get_object(), selections, out);
        return out;
    }

private:
    void collect(const json::object& from, const std::vector<Selection>& selections,
                 json::object& into) const {
        const std::string actual = text_of(from, "__typename");
        for (const Selection& selection : selections) {
            if (selection.kind == Selection::Kind::Field) {
                field(from, selection, into);
                continue;
            }
            const bool spread = selection.kind == Selection::Kind::Spread;
            const Fragment* fragment = spread ? &document_.fragments.at(selection.name) : nullptr;
            if (schema_.matches(actual, spread ? fragment->type : selection.name)) {
                collect(from, spread ? fragment->selections : selection.children, into);
            }
        }
    }

    void field(const json::object& from, const Selection& selection, json::object& into) const {
        const auto* found = from.if_contains(selection.name);
        if (found == nullptr) {
            into[selection.alias] = nullptr;
            return;
        }
        const auto& options = object_of(selection.arguments, "options");
        json::value made;
        if (!options.empty() && selection.name == "history")
            made = value(windowed(*found, options), selection.children);
        else if (selection.arguments.contains("first") && is_pageable(*found))
            made = value(paged(*found, selection.arguments), selection.children);
        else
            made = value(*found, selection.children);
        auto* before = into.if_contains(selection.alias);
        if (before != nullptr && before->is_object() && made.is_object()) {
            for (auto& [name, member] : made.get_object())
                before->get_object()[name] = member;
        } else {
            into[selection.alias] = std::move(made);
        }
    }

    const Document& document_;
    const Schema& schema_;
};

}  // namespace

json::value project(const json::value& value, const std::vector<Selection>& selections,
                    const Document& document, const Schema& schema) {
    return Projector(document, schema).value(value, selections);
}

}  // namespace orderhub::sandbox::graphql
