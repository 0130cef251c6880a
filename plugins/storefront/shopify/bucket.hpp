// The cost bucket of the Admin API, as its last answer told it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <orderhub/json.hpp>
#include <string>
#include <string_view>

namespace orderhub::shopify {

/// A shop fills the app's bucket by so many points a second and takes what a query may cost before
/// it runs it. One for each instance, between its calls.
class Bucket {
public:
    /// Takes over `extensions.cost` of an answer to `operation`, if it is there.
    void note(std::string_view operation, const sdk::Json& cost, std::int64_t now_ms);

    /// How long to wait until the bucket holds what `operation` asked for last, and a part of the
    /// whole beside it that is left to others: 0 to 100.
    std::int64_t wait_ms(std::string_view operation, std::int64_t reserve_percent,
                         std::int64_t now_ms) const;

private:
    struct Status {
        std::int64_t most = 0;
        std::int64_t available = 0;
        std::int64_t a_second = 0;
        std::int64_t at_ms = 0;
    };
    Status status_;
    std::map<std::string, std::int64_t, std::less<>> costs_;
};

}  // namespace orderhub::shopify
