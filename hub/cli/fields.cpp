#include "hub/cli/fields.hpp"

#include <boost/json/serialize.hpp>

namespace orderhub::cli {

namespace json = boost::json;

std::string text(const json::value& from, std::string_view pointer) {
    json::error_code none;
    const json::value* found = from.find_pointer(pointer, none);
    if (found == nullptr || found->is_null() || found->is_structured()) return {};
    if (found->is_string()) return std::string(found->get_string());
    return json::serialize(*found);
}

std::int64_t whole_number(const json::value& from, std::string_view pointer) {
    json::error_code none;
    const json::value* found = from.find_pointer(pointer, none);
    if (found == nullptr) return 0;
    const auto number = found->to_number<std::int64_t>(none);
    return none ? 0 : number;
}

const json::array& items(const json::value& from, std::string_view pointer) {
    static const json::array kNone;
    json::error_code none;
    const json::value* found = from.find_pointer(pointer, none);
    return found != nullptr && found->is_array() ? found->get_array() : kNone;
}

std::string instant(const json::value& from, std::string_view pointer) {
    constexpr std::size_t kSeconds = 19;
    std::string at = text(from, pointer);
    const bool is_utc = at.size() > kSeconds && at[10] == 'T' && at.back() == 'Z';
    if (!is_utc) return at;
    at[10] = ' ';
    return at.substr(0, kSeconds) + 'Z';
}

}  // namespace orderhub::cli
