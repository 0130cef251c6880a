// Calls of the Admin API: what an answer means, and when the next one may be sent. One object lives
// for one connector call.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "bucket.hpp"
#include "queries.hpp"
#include "settings.hpp"

namespace orderhub::shopify {

/// Code of a Stop for a query that the shop finds too expensive: smaller pages may do.
inline constexpr std::string_view kTooExpensive = "max_cost";
/// Code of a Stop for a request that the shop refused to begin: the app's cost bucket is empty.
inline constexpr std::string_view kNoPoints = "out_of_points";

class Client {
public:
    /// `reserve_percent` of the bucket is left to others.
    Client(const Settings& settings, Bucket& bucket, sdk::Call& call,
           std::int64_t reserve_percent = 0)
        : settings_(settings), bucket_(bucket), call_(call), reserve_percent_(reserve_percent) {}

    /// The answer's "data". Waits for the bucket, and once more when the shop throttles all the
    /// same. Parts that the app may not see are null; anything else that is wrong throws Stop.
    Json send(const Operation& operation, Json variables);

    /// What the mutation `field` gives. Throws Stop (rejected) with the shop's words if it refuses.
    Json change(const Operation& operation, std::string_view field, Json variables);

    /// X-Shopify-API-Version of the last answer.
    const std::string& served_version() const { return served_version_; }

private:
    sdk::HttpResponse post(const Operation& operation, const Json& variables);
    Json answer_of(const Operation& operation, const sdk::HttpResponse& response);
    void wait(std::int64_t milliseconds);

    const Settings& settings_;
    Bucket& bucket_;
    sdk::Call& call_;
    const std::int64_t reserve_percent_;
    std::string served_version_;
};

/// "gid://shopify/Order/17" for Order and 17.
std::string to_gid(std::string_view type, std::string_view number);
/// The number in it; a text without a slash is one already.
std::string number_of(const Json& gid);

}  // namespace orderhub::shopify
