#include "salesforce_schema.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace orderhub::sandbox::salesforce {
namespace {

bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) ==
               std::tolower(static_cast<unsigned char>(y));
    });
}

void add_audit(Object& object) {
    object.fields.insert(object.fields.begin(),
                         {{"Id", "text", false, {}, {}},
                          {"IsDeleted", "bool", false, {}, {}},
                          {"CreatedDate", "instant", false, {}, {}},
                          {"CreatedById", "ref", false, "CreatedBy", {"User"}},
                          {"LastModifiedDate", "instant", false, {}, {}},
                          {"SystemModstamp", "instant", false, {}, {}}});
}

std::vector<Object> read_objects() {
    std::vector<Object> objects;
    std::istringstream lines{std::string(kServiceObjects) + std::string(kCommerceObjects)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string kind, name, first, second;
        if (!(words >> kind >> name)) continue;
        if (kind == "object") {
            words >> first;
            objects.push_back({name, first, {}, {}});
            add_audit(objects.back());
        } else if (kind == "child") {
            words >> first >> second;
            objects.back().children.push_back({name, first, second});
        } else {
            const bool read_only = kind.starts_with('-');
            Field field{name, kind.substr(read_only ? 1 : 0), !read_only, {}, {}};
            words >> field.relation;
            for (std::string target; words >> target;)
                field.targets.push_back(target);
            objects.back().fields.push_back(std::move(field));
        }
    }
    return objects;
}

const std::vector<Object>& objects() {
    static const std::vector<Object> all = read_objects();
    return all;
}

template <typename List, typename Match>
auto found(const List& list, Match match) -> decltype(&list.front()) {
    const auto at = std::ranges::find_if(list, match);
    return at == list.end() ? nullptr : &*at;
}

}  // namespace

const Field* Object::field(std::string_view wanted) const {
    return found(fields, [&](const Field& each) { return same(each.name, wanted); });
}
const Field* Object::relation(std::string_view wanted) const {
    return found(fields, [&](const Field& each) {
        return !each.relation.empty() && same(each.relation, wanted);
    });
}
const Child* Object::child(std::string_view wanted) const {
    return found(children, [&](const Child& each) { return same(each.relation, wanted); });
}

const Object* find_object(std::string_view name) {
    return found(objects(), [&](const Object& each) { return same(each.name, name); });
}
const Object* object_of_id(std::string_view id) {
    return found(objects(), [&](const Object& each) { return id.starts_with(each.prefix); });
}

}  // namespace orderhub::sandbox::salesforce
