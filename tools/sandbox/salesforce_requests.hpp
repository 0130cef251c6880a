#pragma once

#include <string>
#include <vector>

#include "salesforce_rows.hpp"
#include "soql.hpp"

// What requests to the stand-in organisation do, without what is around them (sign-in, limits).
namespace orderhub::sandbox::salesforce {

inline constexpr std::string_view kBase = "/services/data/v";

struct Path {
    std::string version;             ///< "66.0"; empty for a path outside the interface
    std::vector<std::string> parts;  ///< behind the version
};

Path path_of(const std::string& path);
bool is_served(const std::string& version);

struct Step {
    std::string method;
    std::string path;  ///< with the version, without the query
    std::string soql;
    json::value body;
};

struct Done {
    int status = 200;
    json::value body;
};

/// A refusal as the platform writes it.
json::array error(const Refusal& refusal);

/// Both throw Refusal (404 NOT_FOUND).
const Object& object_at(const std::string& name);
json::object& row_at(State& state, const Object& object, const std::string& id);

/// One request on rows or queries, alone or as a part of a composite one. Throws Refusal.
Done act(World& world, const Step& step);

/// /composite: parts in one transaction if it says "allOrNone".
json::value composite(World& world, const json::object& request);
/// /composite/sobjects: several rows in one request; 200 whatever happened.
json::value collection(World& world, const std::string& method, const json::object& request);

}  // namespace orderhub::sandbox::salesforce
