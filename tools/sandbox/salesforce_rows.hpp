#pragma once

#include <string>
#include <string_view>

#include "http_types.hpp"
#include "salesforce_schema.hpp"
#include "world.hpp"

// The rows of the stand-in organisation, and what changes them.
namespace orderhub::sandbox::salesforce {

inline constexpr std::string_view kHubUser = "005000000000001AAA";
inline constexpr std::string_view kAgent = "005000000000002AAA";

/// Null if there is none, or it is another object's id; 15 and 18 characters both do.
json::object* find_row(State& state, const Object& object, std::string_view id);
/// The rows of an object by id; made if there are none yet.
json::object& rows_of(State& state, const Object& object);

/// Creates a row as `user`; gives its id. Throws Refusal for fields that are not there, cannot be
/// written, or have a value of the wrong type.
std::string create_row(World& world, const Object& object, const json::object& fields,
                       std::string_view user);
void update_row(World& world, const Object& object, json::object& row, const json::object& fields,
                std::string_view user);

}  // namespace orderhub::sandbox::salesforce
