#include "hub/identity/key_set.hpp"

#include <cjose/cjose.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <optional>

namespace orderhub::identity {

namespace {

namespace json = boost::json;

constexpr std::size_t kLongestToken = 64 * 1024;
constexpr std::size_t kMostKeys = 100;

struct Release {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
using Signed = std::unique_ptr<cjose_jws_t, Release>;

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorKind::Denied, "bad_token", std::move(message));
}

std::string text_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// The algorithm for a key, by what it is; nothing if the hub uses none with it.
std::optional<std::string> algorithm_for(const json::object& key) {
    const auto kind = text_at(key, "kty");
    const auto use = text_at(key, "use");
    if (!use.empty() && use != "sig") return std::nullopt;
    std::string algorithm;
    if (kind == "RSA") algorithm = "RS256";
    if (kind == "EC" && text_at(key, "crv") == "P-256") algorithm = "ES256";
    const auto named = text_at(key, "alg");
    if (algorithm.empty() || (!named.empty() && named != algorithm)) return std::nullopt;
    return algorithm;
}

std::shared_ptr<cjose_jwk_t> import(const json::object& key) {
    constexpr std::size_t kFewestRsaBits = 2048;
    const auto text = json::serialize(key);
    cjose_err error{};
    std::shared_ptr<cjose_jwk_t> imported(cjose_jwk_import(text.data(), text.size(), &error),
                                          [](cjose_jwk_t* each) { cjose_jwk_release(each); });
    if (!imported) return nullptr;
    const bool is_short = cjose_jwk_get_kty(imported.get(), &error) == CJOSE_JWK_KTY_RSA &&
                          cjose_jwk_get_keysize(imported.get(), &error) < kFewestRsaBits;
    return is_short ? nullptr : imported;
}

std::string header_text(cjose_header_t* header, const char* name) {
    cjose_err error{};
    const char* value = cjose_header_get(header, name, &error);
    return value ? value : "";
}

Result<json::object> claims_of(const Signed& jws) {
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    cjose_err error{};
    if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &error))
        return refuse("the ID token has no content");
    boost::system::error_code failed;
    auto claims = json::parse({reinterpret_cast<const char*>(bytes), size}, failed);
    if (failed || !claims.is_object()) return refuse("the ID token holds no JSON object");
    return std::move(claims.as_object());
}

}  // namespace

Result<KeySet> KeySet::read(std::string_view document) {
    boost::system::error_code failed;
    const auto parsed = json::parse(document, failed);
    const auto* keys =
        failed || !parsed.is_object() ? nullptr : parsed.as_object().if_contains("keys");
    if (!keys || !keys->is_array() || keys->as_array().size() > kMostKeys)
        return fail(ErrorKind::Unavailable, "bad_keys", "the provider's keys are no key set");
    KeySet set;
    for (const auto& each : keys->as_array()) {
        if (!each.is_object()) continue;
        const auto algorithm = algorithm_for(each.as_object());
        if (!algorithm) continue;
        if (auto key = import(each.as_object()))
            set.keys_.push_back({std::move(key), text_at(each.as_object(), "kid"), *algorithm});
    }
    return set;
}

const KeySet::One* KeySet::find(std::string_view algorithm, std::string_view id) const {
    const One* fit = nullptr;
    for (const auto& each : keys_) {
        if (each.algorithm != algorithm || (!id.empty() && each.id != id)) continue;
        if (fit) return nullptr;  // which of them is meant cannot be told
        fit = &each;
    }
    return fit;
}

Result<json::object> KeySet::verify(std::string_view token) const {
    if (token.size() > kLongestToken) return refuse("the ID token is too long");
    cjose_err error{};
    const Signed jws(cjose_jws_import(token.data(), token.size(), &error));
    if (!jws) return refuse("the ID token is not signed, or cannot be read");
    cjose_header_t* header = cjose_jws_get_protected(jws.get());
    const auto algorithm = header_text(header, "alg");
    if (algorithm != "RS256" && algorithm != "ES256")
        return refuse("the ID token is signed in a way that is not accepted");
    if (char* critical = cjose_header_get_raw(header, "crit", &error)) {
        std::free(critical);
        return refuse("the ID token wants something understood that is not");
    }
    const auto* key = find(algorithm, header_text(header, "kid"));
    if (!key)
        return fail(ErrorKind::Denied, "unknown_key",
                    "the ID token is signed with a key that the provider does not show");
    if (!cjose_jws_verify(jws.get(), key->key.get(), &error))
        return refuse("the signature of the ID token is wrong");
    return claims_of(jws);
}

}  // namespace orderhub::identity
