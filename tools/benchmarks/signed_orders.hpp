// Orders as a shop would post them to the connector signed_orders, ready to be sent.
#pragma once

#include <cstdint>
#include <string>

namespace orderhub::bench {

/// A JSON order of five lines, about 2.6 KB. The same number gives the same order but for its id,
/// which begins with `run`.
std::string signed_order(const std::string& run, std::uint64_t number);

/// The whole HTTP request that posts `body` to `path`, signed with `secret`.
std::string signed_request(const std::string& path, const std::string& secret,
                           const std::string& body);

}  // namespace orderhub::bench
