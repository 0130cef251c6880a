// Recorded documents of tests. Nothing of it is in a connector.
#pragma once

#include <filesystem>
#include <fstream>
#include <orderhub/json.hpp>
#include <sstream>

namespace orderhub::testing {

/// The JSON document in a file; throws JsonError if it is none.
inline sdk::Json document_at(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return sdk::Json::parse(text.str());
}

}  // namespace orderhub::testing
