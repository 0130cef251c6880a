#include "salesforce_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "http_types.hpp"
#include "text.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

constexpr std::size_t kMostLocators = 1000;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

[[noreturn]] void no_field(std::string_view name, const Object& object) {
    throw Refusal(400, "INVALID_FIELD",
                  fmt::format("No such column '{}' on entity '{}'. If you are attempting to use a "
                              "custom field, be sure to "
                              "append the '__c' after the custom field name.",
                              name, object.name));
}

const Object& object_named(const std::string& name) {
    const Object* object = find_object(name);
    if (object == nullptr)
        throw Refusal(400, "INVALID_TYPE",
                      fmt::format("sObject type '{}' is not supported.", name));
    return *object;
}

/// The row that a reference points to; null if it is empty.
json::object* parent_of(State& state, const Field& reference, const json::object& row) {
    const std::string id = text_of(row, reference.name);
    for (const std::string& target : reference.targets)
        if (json::object* found = find_row(state, object_named(target), id)) return found;
    return nullptr;
}

struct Place {
    const Field* field;
    const json::object* row;  ///< null behind an empty reference
};

/// Where a (dotted) field of a row is.
Place place_of(State& state, const Object& object, const json::object* row,
               const std::string& path) {
    const std::size_t dot = path.find('.');
    if (dot == std::string::npos) {
        const Field* field = object.field(path);
        if (field == nullptr) no_field(path, object);
        return {field, row};
    }
    const Field* reference = object.relation(path.substr(0, dot));
    if (reference == nullptr)
        throw Refusal(
            400, "INVALID_FIELD",
            fmt::format("Didn't understand relationship '{}' in field path.", path.substr(0, dot)));
    return place_of(state, object_named(reference->targets.front()),
                    row ? parent_of(state, *reference, *row) : nullptr, path.substr(dot + 1));
}

/// Less, equal or more; instants and numbers by value, texts without case.
int compare(const Field& field, const json::value& value, const Literal& literal) {
    if (field.type == "instant") {
        const auto of = [](std::string_view text) {
            return parse_instant(text.substr(0, text.find('+')));
        };
        const std::int64_t left = of(std::string_view(value.as_string()));
        const std::int64_t right = of(literal.text);
        return left < right ? -1 : left > right ? 1 : 0;
    }
    if (field.type == "number") {
        const double left = value.to_number<double>();
        const double right = std::stod(literal.text);
        return left < right ? -1 : left > right ? 1 : 0;
    }
    const std::string text =
        field.type == "bool" ? (value.as_bool() ? "true" : "false") : lower(scalar_text(value));
    return text.compare(lower(literal.text));
}

bool equals(const Field& field, const json::value& value, const Literal& literal) {
    if (literal.kind == Literal::Kind::Null || value.is_null())
        return literal.kind == Literal::Kind::Null && value.is_null();
    if (field.type == "ref" || field.name == "Id")
        return scalar_text(value).substr(0, 15) == literal.text.substr(0, 15);
    return compare(field, value, literal) == 0;
}

bool like(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '%')
        return like(text, pattern.substr(1)) || (!text.empty() && like(text.substr(1), pattern));
    return !text.empty() && (pattern[0] == '_' || pattern[0] == text[0]) &&
           like(text.substr(1), pattern.substr(1));
}

void check_literal(const Field& field, const Literal& literal) {
    using Kind = Literal::Kind;
    const Kind kind = literal.kind;
    const bool fits = kind == Kind::Null || (field.type == "instant"  ? kind == Kind::Instant
                                             : field.type == "bool"   ? kind == Kind::Boolean
                                             : field.type == "number" ? kind == Kind::Number
                                                                      : kind == Kind::Text);
    if (!fits)
        throw Refusal(
            400, "INVALID_FIELD",
            fmt::format("value of filter criterion for field '{}' must be of type {}", field.name,
                        field.type == "instant" ? "dateTime and should not be enclosed in quotes"
                                                : field.type));
}

bool holds(State& state, const Object& object, const json::object* row,
           const Condition& condition) {
    using Kind = Condition::Kind;
    const auto part = [&](const Condition& each) { return holds(state, object, row, each); };
    if (condition.kind == Kind::And) return std::ranges::all_of(condition.parts, part);
    if (condition.kind == Kind::Or) return std::ranges::any_of(condition.parts, part);
    if (condition.kind == Kind::Not) return !part(condition.parts.front());
    const Place place = place_of(state, object, row, condition.field);
    if (place.field->type == "long")
        throw Refusal(
            400, "INVALID_FIELD",
            fmt::format("field '{}' can not be filtered in a query call", place.field->name));
    for (const Literal& literal : condition.values)
        check_literal(*place.field, literal);
    const json::value value = place.row ? place.row->at(place.field->name) : json::value{};
    const auto same = [&](const Literal& literal) { return equals(*place.field, value, literal); };
    const std::string& op = condition.op;
    if (op == "in") return std::ranges::any_of(condition.values, same);
    if (op == "not in") return std::ranges::none_of(condition.values, same);
    const Literal& literal = condition.values.front();
    if (op == "=") return same(literal);
    if (op == "!=") return !same(literal);
    if (value.is_null() || literal.kind == Literal::Kind::Null) return false;
    if (op == "like") return like(lower(scalar_text(value)), lower(literal.text));
    const int order = compare(*place.field, value, literal);
    return op == "<" ? order < 0 : op == "<=" ? order <= 0 : op == ">" ? order > 0 : order >= 0;
}

/// A condition that no row has met is checked all the same.
void check_condition(State& state, const Object& object, const Query& query) {
    if (!query.where.empty()) holds(state, object, nullptr, query.where.front());
}

void sort_rows(State& state, const Object& object, const Query& query,
               std::vector<const json::object*>& rows) {
    const auto before = [&](const json::object* a, const json::object* b) {
        for (const Order& order : query.order) {
            const std::string left = scalar_text(
                place_of(state, object, a, order.field).row->at(object.field(order.field)->name));
            const std::string right = scalar_text(
                place_of(state, object, b, order.field).row->at(object.field(order.field)->name));
            if (left != right) return order.descending ? left > right : left < right;
        }
        return false;
    };
    for (const Order& order : query.order)
        if (object.field(order.field) == nullptr) no_field(order.field, object);
    std::ranges::sort(rows, before);
}

json::object attributes(const Object& object, const std::string& id, const std::string& version) {
    return {{"type", object.name},
            {"url", fmt::format("/services/data/v{}/sobjects/{}/{}", version, object.name, id)}};
}

std::vector<const json::object*> chosen(State& state, const Object& object, const Query& query,
                                        const Condition* also) {
    std::vector<const json::object*> rows;
    check_condition(state, object, query);
    for (const auto& [id, row] : rows_of(state, object)) {
        const json::object& fields = row.get_object();
        if (fields.at("IsDeleted").as_bool() || (also && !holds(state, object, &fields, *also)))
            continue;
        if (query.where.empty() || holds(state, object, &fields, query.where.front()))
            rows.push_back(&fields);
    }
    sort_rows(state, object, query, rows);
    const auto skipped = std::min<std::size_t>(rows.size(), static_cast<std::size_t>(query.offset));
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(skipped));
    if (query.limit >= 0 && rows.size() > static_cast<std::size_t>(query.limit))
        rows.resize(static_cast<std::size_t>(query.limit));
    return rows;
}

void put_field(State& state, const Object& object, const json::object& row, const std::string& path,
               json::object& out, const std::string& version) {
    const std::size_t dot = path.find('.');
    if (dot == std::string::npos) {
        const Field* field = place_of(state, object, &row, path).field;
        out[field->name] = row.at(field->name);
        return;
    }
    place_of(state, object, nullptr, path);
    const Field* reference = object.relation(path.substr(0, dot));
    const json::object* parent = parent_of(state, *reference, row);
    json::value& shown = out[reference->relation];
    if (parent == nullptr) return;
    const Object& of = *object_of_id(text_of(*parent, "Id"));
    if (!shown.is_object())
        shown = json::object{{"attributes", attributes(of, text_of(*parent, "Id"), version)}};
    put_field(state, of, *parent, path.substr(dot + 1), shown.get_object(), version);
}

json::array select(State& state, const Object& object, const Query& query, const Condition* also,
                   const std::string& version);

json::value children(State& state, const Object& object, const json::object& row,
                     const Query& query, const std::string& version) {
    const Child* child = object.child(query.from);
    if (child == nullptr)
        throw Refusal(400, "INVALID_TYPE",
                      fmt::format("Didn't understand relationship '{}' in FROM part of query call.",
                                  query.from));
    const Condition of_parent{Condition::Kind::Compare,
                              {},
                              child->field,
                              "=",
                              {{Literal::Kind::Text, text_of(row, "Id")}}};
    json::array rows = select(state, object_named(child->object), query, &of_parent, version);
    if (rows.empty()) return nullptr;
    return json::object{{"totalSize", rows.size()}, {"done", true}, {"records", std::move(rows)}};
}

json::array select(State& state, const Object& object, const Query& query, const Condition* also,
                   const std::string& version) {
    for (const std::string& path : query.fields)
        place_of(state, object, nullptr, path);
    json::array out;
    for (const json::object* row : chosen(state, object, query, also)) {
        json::object shown{{"attributes", attributes(object, text_of(*row, "Id"), version)}};
        for (const std::string& path : query.fields)
            put_field(state, object, *row, path, shown, version);
        for (const Query& child : query.children)
            shown[child.from] = children(state, object, *row, child, version);
        out.push_back(std::move(shown));
    }
    return out;
}

json::object page(State& state, json::array rows, std::int64_t total, const std::string& version) {
    const auto size = static_cast<std::size_t>(int_of(state.switches, "page_size", 2000));
    json::object out{{"totalSize", total}, {"done", rows.size() <= size}};
    if (rows.size() > size) {
        const std::string locator = fmt::format("01g{:015}-{}", ++state.locators_made, size);
        if (state.locators.size() >= kMostLocators) state.locators.clear();
        state.locators[locator] =
            json::object{{"total", total}, {"rows", json::array(rows.begin() + size, rows.end())}};
        rows.erase(rows.begin() + size, rows.end());
        out["nextRecordsUrl"] = fmt::format("/services/data/v{}/query/{}", version, locator);
    }
    out["records"] = std::move(rows);
    return out;
}

}  // namespace

json::array run_query(State& state, const Query& query, const std::string& version) {
    return select(state, object_named(query.from), query, nullptr, version);
}

json::object first_page(State& state, json::array rows, const std::string& version) {
    const auto total = static_cast<std::int64_t>(rows.size());
    return page(state, std::move(rows), total, version);
}

json::object further_page(State& state, const std::string& locator, const std::string& version) {
    const json::value* kept = state.locators.if_contains(locator);
    if (kept == nullptr) throw Refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    const json::object found = kept->as_object();
    return page(state, found.at("rows").as_array(), int_of(found, "total"), version);
}

}  // namespace orderhub::sandbox::salesforce
