// Addresses with {names} in them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace orderhub::vendure {

/// Replaces each {name} in `pattern` by its value, percent-encoded. Empty if the pattern is, or if
/// a name that it uses has an empty value.
std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace orderhub::vendure
