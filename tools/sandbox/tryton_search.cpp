#include <algorithm>

#include "http_types.hpp"
#include "tryton_store.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox::tryton {
namespace {

bool equal(const json::value& a, const json::value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    return compare_values(a, b) == 0;
}

/// SQL's LIKE: % and _ are wildcards unless a backslash stands before them.
bool like(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '%') {
        return like(text, pattern.substr(1)) || (!text.empty() && like(text.substr(1), pattern));
    }
    if (text.empty()) return false;
    const bool escaped = pattern.front() == '\\' && pattern.size() > 1;
    const char wanted = pattern[escaped ? 1 : 0];
    if (wanted != text.front() && (escaped || wanted != '_')) return false;
    return like(text.substr(1), pattern.substr(escaped ? 2 : 1));
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool holds(const std::string& op, const json::value& value, const json::value& wanted) {
    if (op == "=") return equal(value, wanted);
    if (op == "!=") return !equal(value, wanted);
    if (op == "in" || op == "not in") {
        const auto& list = wanted.as_array();
        const bool found = std::any_of(list.begin(), list.end(),
                                       [&](const json::value& one) { return equal(value, one); });
        return found == (op == "in");
    }
    if (value.is_null() || wanted.is_null()) return false;
    if (op == "like" || op == "ilike") {
        const bool fold = op == "ilike";
        const std::string text = scalar_text(value);
        const std::string pattern = scalar_text(wanted);
        return like(fold ? lower(text) : text, fold ? lower(pattern) : pattern);
    }
    const int order = compare_values(value, wanted);
    if (op == ">") return order > 0;
    if (op == ">=") return order >= 0;
    if (op == "<") return order < 0;
    if (op == "<=") return order <= 0;
    bare_error("'" + op + "'");
}

bool matches(const State& state, const std::string& model, const json::object& record,
             const json::value& domain) {
    if (!domain.is_array()) bare_error("domain is not a list");
    const auto& parts = domain.get_array();
    if (parts.empty()) return true;
    const std::string head = parts[0].is_string() ? scalar_text(parts[0]) : "";
    if (head != "OR" && head != "AND" && !head.empty()) {
        if (parts.size() < 3) bare_error("clause is too short");
        // several values come through an x2many member: one that fits is enough
        const auto values = reach(state, model, record, head);
        return std::any_of(values.begin(), values.end(), [&](const json::value& value) {
            return holds(scalar_text(parts[1]), value, parts[2]);
        });
    }
    const auto check = [&](const json::value& part) { return matches(state, model, record, part); };
    const auto first = parts.begin() + (head.empty() ? 0 : 1);
    return head == "OR" ? std::any_of(first, parts.end(), check)
                        : std::all_of(first, parts.end(), check);
}

bool before(const json::object& a, const json::object& b, const json::array& order) {
    for (const auto& one : order) {
        const auto& key = one.as_array();
        const std::string name = scalar_text(key[0]);
        if (!a.contains(name)) bare_error("'" + name + "'");
        const int way = compare_values(a.at(name), b.at(name));
        if (way == 0) continue;
        return scalar_text(key[1]).starts_with("DESC") ? way > 0 : way < 0;
    }
    return int_of(a, "id") < int_of(b, "id");
}

}  // namespace

std::vector<std::int64_t> search(const State& state, const std::string& model,
                                 const json::value& domain, const json::value& order, bool active) {
    std::vector<const json::object*> found;
    const auto records = state.records.find(model);
    if (records == state.records.end()) return {};
    for (const auto& record : records->second) {
        const auto& object = record.as_object();
        if (active && !bool_of(object, "active", true)) continue;
        if (matches(state, model, object, domain)) found.push_back(&object);
    }
    // invoices come newest first when nothing else is asked for
    if (model == "account.invoice") std::reverse(found.begin(), found.end());
    if (order.is_array()) {
        std::sort(found.begin(), found.end(),
                  [&](const auto* a, const auto* b) { return before(*a, *b, order.get_array()); });
    }
    std::vector<std::int64_t> out;
    for (const auto* record : found)
        out.push_back(int_of(*record, "id"));
    return out;
}

}  // namespace orderhub::sandbox::tryton
