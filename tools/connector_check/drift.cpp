// Two recordings compared by what the answers look like, not by what they say.
#include <boost/json/parse.hpp>
#include <cctype>

#include "recording.hpp"

namespace orderhub::kit {
namespace {

/// By place in the answer ("/data/order/lines/*/id"), the types that were seen there.
using Shape = std::map<std::string, std::set<std::string>>;

std::string type_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return "truth value";
        case json::kind::int64:
        case json::kind::uint64:
        case json::kind::double_:
            return "number";
        case json::kind::string:
            return "text";
        case json::kind::array:
            return "list";
        default:
            return "object";
    }
}

void add(Shape& shape, const std::string& place, const json::value& value) {
    shape[place].insert(type_of(value));
    if (value.is_object())
        for (const auto& [name, each] : value.get_object())
            add(shape, place + "/" + std::string(name), each);
    if (value.is_array())
        for (const json::value& each : value.get_array())
            add(shape, place + "/*", each);
}

/// Parts of a path that hold digits name one thing among many.
std::string path_pattern(const std::string& path) {
    std::string pattern;
    std::string part;
    const auto close = [&] {
        bool has_digit = false;
        for (const char c : part)
            has_digit = has_digit || (c >= '0' && c <= '9');
        pattern += has_digit && part.find('.') == part.npos ? "*" : part;
        part.clear();
    };
    for (const char c : path) {
        if (c == '/') {
            close();
            pattern += '/';
        } else {
            part += c;
        }
    }
    close();
    return pattern;
}

std::map<std::string, Shape> shapes_of(const Recording& recording) {
    std::map<std::string, Shape> all;
    for (const RecordedCall& call : recording.calls)
        for (const RecordedExchange& each : call.exchanges) {
            const std::string operation = each.operation.empty() ? "" : " " + each.operation;
            Shape& shape = all[each.method + " " + path_pattern(each.path) + operation];
            shape["status"].insert(std::to_string(each.status));
            json::error_code error;
            const json::value body = json::parse(each.body, error);
            if (error)
                shape["body"].insert("no JSON");
            else
                add(shape, "", body);
        }
    return all;
}

std::string words(const std::set<std::string>& types) {
    std::string all;
    for (const std::string& type : types)
        all += (all.empty() ? "" : " or ") + type;
    return all;
}

void compare(const std::string& request, const Shape& before, const Shape& after,
             std::vector<std::string>& lines) {
    for (const auto& [place, types] : before) {
        const auto found = after.find(place);
        if (found == after.end())
            lines.push_back(request + ": " + place + " (" + words(types) + ") is gone");
        else if (found->second != types)
            lines.push_back(request + ": " + place + " was " + words(types) + ", is " +
                            words(found->second));
    }
    for (const auto& [place, types] : after)
        if (!before.contains(place))
            lines.push_back(request + ": " + place + " (" + words(types) + ") is new");
}

}  // namespace

std::vector<std::string> drift(const Recording& before, const Recording& after) {
    std::vector<std::string> lines;
    const auto old_shapes = shapes_of(before);
    const auto new_shapes = shapes_of(after);
    for (const auto& [request, shape] : old_shapes) {
        const auto found = new_shapes.find(request);
        if (found == new_shapes.end())
            lines.push_back(request + ": not asked any more");
        else
            compare(request, shape, found->second, lines);
    }
    for (const auto& [request, shape] : new_shapes)
        if (!old_shapes.contains(request)) lines.push_back(request + ": asked for the first time");
    return lines;
}

}  // namespace orderhub::kit
