// How the provider is asked.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::identity {

struct WebRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
};

struct WebAnswer {
    int status = 0;
    std::string body;
};

/// Blocks until there is an answer. It has a deadline and a limit of size and follows no redirect.
/// Errors: Unavailable "provider_unavailable". Any thread.
using Fetch = std::function<Result<WebAnswer>(const WebRequest&)>;

}  // namespace orderhub::identity
