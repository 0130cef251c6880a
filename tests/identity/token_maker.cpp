#include "token_maker.hpp"

#include <cjose/cjose.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace orderhub::identity {

namespace {

std::shared_ptr<cjose_jwk_t> owned(cjose_jwk_t* key) {
    if (!key) throw std::runtime_error("no key was made");
    return {key, [](cjose_jwk_t* each) { cjose_jwk_release(each); }};
}

std::string base64url(std::string_view bytes) {
    cjose_err error{};
    char* text = nullptr;
    std::size_t size = 0;
    if (!cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                                &text, &size, &error))
        throw std::runtime_error(error.message);
    std::string out(text, size);
    cjose_get_dealloc()(text);
    return out;
}

}  // namespace

SigningKey SigningKey::rsa(std::string id, std::size_t bits) {
    cjose_err error{};
    SigningKey made;
    made.key_ = owned(cjose_jwk_create_RSA_random(bits, nullptr, 0, &error));
    made.id_ = std::move(id);
    made.algorithm_ = "RS256";
    return made;
}

SigningKey SigningKey::p256(std::string id) {
    cjose_err error{};
    SigningKey made;
    made.key_ = owned(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error));
    made.id_ = std::move(id);
    made.algorithm_ = "ES256";
    return made;
}

json::object SigningKey::shown() const {
    cjose_err error{};
    char* text = cjose_jwk_to_json(key_.get(), false, &error);
    auto key = json::parse(text).as_object();
    cjose_get_dealloc()(text);
    if (!id_.empty()) key["kid"] = id_;
    return key;
}

std::string SigningKey::sign(const json::object& claims, const std::string& algorithm,
                             const json::object& more_header) const {
    cjose_err error{};
    cjose_header_t* header = cjose_header_new(&error);
    cjose_header_set(header, "alg", algorithm.c_str(), &error);
    if (!id_.empty()) cjose_header_set(header, "kid", id_.c_str(), &error);
    for (const auto& [name, value] : more_header)
        cjose_header_set_raw(header, std::string(name).c_str(), json::serialize(value).c_str(),
                             &error);
    const auto text = json::serialize(claims);
    cjose_jws_t* jws =
        cjose_jws_sign(key_.get(), header, reinterpret_cast<const std::uint8_t*>(text.data()),
                       text.size(), &error);
    cjose_header_release(header);
    if (!jws) throw std::runtime_error(error.message);
    const char* out = nullptr;
    cjose_jws_export(jws, &out, &error);
    const std::string token(out);
    cjose_jws_release(jws);
    return token;
}

std::string compact(const json::object& header, const json::object& claims,
                    std::string_view signature) {
    return base64url(json::serialize(header)) + "." + base64url(json::serialize(claims)) + "." +
           std::string(signature);
}

std::string key_set(std::initializer_list<json::object> keys) {
    json::array all;
    for (const auto& key : keys)
        all.push_back(key);
    return json::serialize(json::object{{"keys", all}});
}

json::object good_claims() {
    return {{"iss", "https://login.example"},
            {"aud", "hub"},
            {"sub", "u-1"},
            {"nonce", "n-1"},
            {"iat", kNow - 2},
            {"exp", kNow + 600},
            {"name", "Ada"},
            {"groups", json::array{"staff", "desk"}}};
}

}  // namespace orderhub::identity
