#pragma once

#include <string>
#include <string_view>
#include <vector>

// The objects of the stand-in organisation: a part of the platform's standard ones, and the custom
// fields that its administrator has made for the hub.
namespace orderhub::sandbox::salesforce {

struct Field {
    std::string name;
    std::string type;  ///< text, long (cannot be filtered), bool, instant, number, ref
    bool writable = true;
    std::string relation;              ///< of a ref: how a query names the parent
    std::vector<std::string> targets;  ///< of a ref: objects it may point to
};

struct Child {
    std::string relation;
    std::string object;
    std::string field;
};

struct Object {
    std::string name;
    std::string prefix;  ///< first three characters of its ids
    std::vector<Field> fields;
    std::vector<Child> children;

    const Field* field(std::string_view name) const;  ///< without case; null if there is none
    const Field* relation(std::string_view name) const;
    const Child* child(std::string_view relation) const;
};

/// The objects as text, a line each; salesforce_objects.cpp says how.
extern const std::string_view kServiceObjects;
extern const std::string_view kCommerceObjects;

/// Null if there is no such object; without case.
const Object* find_object(std::string_view name);
const Object* object_of_id(std::string_view id);

}  // namespace orderhub::sandbox::salesforce
