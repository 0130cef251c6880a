// The keys with which a provider signs (RFC 7517), and what they have signed.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"

struct _cjose_jwk_int;

namespace orderhub::identity {

class KeySet {
public:
    /// Takes the RSA keys of at least 2048 bits and the keys on P-256 that may sign; passes over
    /// all others. Errors: Unavailable "bad_keys" if it is no key set.
    static Result<KeySet> read(std::string_view document);

    /// The claims of a token in compact form, once its signature is found good. Only RS256 and
    /// ES256. Errors: Denied "unknown_key" if a fresh set may have the key; Denied "bad_token".
    Result<boost::json::object> verify(std::string_view token) const;

    std::size_t size() const { return keys_.size(); }

private:
    struct One {
        std::shared_ptr<_cjose_jwk_int> key;
        std::string id;
        std::string algorithm;  ///< the one that it may be used with
    };

    const One* find(std::string_view algorithm, std::string_view id) const;

    std::vector<One> keys_;
};

}  // namespace orderhub::identity
