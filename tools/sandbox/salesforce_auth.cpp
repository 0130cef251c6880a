#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "salesforce.hpp"
#include "salesforce_rows.hpp"
#include "text.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

constexpr std::string_view kJwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr std::int64_t kLongestAssertion = 180;

HttpReply refuse(const char* error, const char* words) {
    return json_reply({{"error", error}, {"error_description", words}}, 400);
}

std::string from_base64url(std::string text) {
    for (char& c : text)
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.append((4 - text.size() % 4) % 4, '=');
    return base64_decode(text);
}

bool is_signed(const std::string& key_pem, std::string_view text, const std::string& signature) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(
        BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size())), &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PUBKEY(source.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    return key &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                            signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                            text.size()) == 1;
}

/// What is wrong with an assertion; null if nothing is.
const char* fault_in(const World& world, const HttpRequest& request, const std::string& assertion) {
    const std::size_t first = assertion.find('.');
    const std::size_t last = assertion.rfind('.');
    if (first == std::string::npos || first == last) return "invalid assertion";
    const json::value claims =
        parse_or_null(from_base64url(assertion.substr(first + 1, last - first - 1)));
    if (!claims.is_object()) return "invalid assertion";
    const json::object& said = claims.get_object();
    if (text_of(said, "iss") != kClientId) return "client identifier invalid";
    const std::string audience = text_of(said, "aud");
    if (audience != "https://login.salesforce.com" && audience != "https://test.salesforce.com" &&
        audience != request.base_url)
        return "audience is invalid";
    const std::int64_t left = int_of(said, "exp") - now_us() / 1'000'000;
    if (left <= 0) return "expired authorization code";
    if (left > kLongestAssertion) return "invalid assertion";
    if (text_of(said, "sub") != kUserName) return "user hasn't approved this consumer";
    const std::string key = text_of(world.salesforce.switches, "public_key");
    return is_signed(key, assertion.substr(0, last), from_base64url(assertion.substr(last + 1)))
               ? nullptr
               : "invalid assertion";
}

}  // namespace

HttpReply give_token(World& world, const HttpRequest& request) {
    const std::string grant = request.param("grant_type");
    if (grant == kJwtBearer) {
        if (const char* fault = fault_in(world, request, request.param("assertion")))
            return refuse("invalid_grant", fault);
    } else if (grant == "client_credentials") {
        const bool in_header =
            request.header("authorization") ==
            "Basic " + base64_encode(fmt::format("{}:{}", kClientId, kClientSecret));
        if (!in_header && request.param("client_id") != kClientId)
            return refuse("invalid_client_id", "client identifier invalid");
        if (!in_header && request.param("client_secret") != kClientSecret)
            return refuse("invalid_client", "invalid client credentials");
    } else {
        return refuse("unsupported_grant_type", "grant type not supported");
    }
    const std::string token =
        "00D000000000001!" +
        random_text(80, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._");
    world.salesforce.sessions[token] = kHubUser;
    return json_reply({{"access_token", token},
                       {"scope", "api"},
                       {"instance_url", request.base_url},
                       {"id", request.base_url + "/id/00D000000000001EAA/" + std::string(kHubUser)},
                       {"token_type", "Bearer"}});
}

}  // namespace orderhub::sandbox::salesforce
