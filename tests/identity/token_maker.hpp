// Signs tokens as a provider does, or as one should not.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>

struct _cjose_jwk_int;

namespace orderhub::identity {

namespace json = boost::json;

class SigningKey {
public:
    static SigningKey rsa(std::string id, std::size_t bits = 2048);
    static SigningKey p256(std::string id);

    /// As it stands in a key set.
    json::object shown() const;
    std::string sign(const json::object& claims, const std::string& algorithm,
                     const json::object& more_header = {}) const;
    std::string sign(const json::object& claims) const { return sign(claims, algorithm_); }

private:
    std::shared_ptr<_cjose_jwk_int> key_;
    std::string id_;
    std::string algorithm_;
};

/// HEADER.CLAIMS. with whatever signature.
std::string compact(const json::object& header, const json::object& claims,
                    std::string_view signature);

std::string key_set(std::initializer_list<json::object> keys);

/// Claims that are good at kNow for the client "hub" and the nonce "n-1".
inline constexpr std::int64_t kNow = 1'795'000'000;
json::object good_claims();

}  // namespace orderhub::identity
