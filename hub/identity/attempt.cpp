#include "hub/identity/attempt.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "hub/identity/forms.hpp"
#include "hub/secrets/box.hpp"

namespace orderhub::identity {

namespace {

namespace json = boost::json;

constexpr std::string_view kPlace = "attempt to sign in";

secrets::Key key_of(std::string_view client_secret) {
    return secrets::derive_key(client_secret, "orderhub sign-in attempts");
}

}  // namespace

Attempt begin_attempt(std::string_view return_to, std::int64_t now_ms) {
    return {random_text(), random_text(), random_text(),
            is_page(return_to) ? std::string(return_to) : "/", now_ms};
}

std::string seal_attempt(const Attempt& attempt, std::string_view client_secret) {
    const json::array parts{attempt.state, attempt.nonce, attempt.verifier, attempt.return_to,
                            attempt.begun_ms};
    return secrets::seal(key_of(client_secret), json::serialize(parts), kPlace);
}

std::optional<Attempt> open_attempt(std::string_view sealed, std::string_view client_secret,
                                    std::int64_t now_ms) {
    const auto text = secrets::unseal(key_of(client_secret), sealed, kPlace);
    if (!text) return std::nullopt;
    const auto parts = json::parse(*text).as_array();
    const auto at = [&](std::size_t index) { return std::string(parts.at(index).as_string()); };
    Attempt attempt{at(0), at(1), at(2), at(3), parts.at(4).as_int64()};
    if (now_ms - attempt.begun_ms >= kAttemptMs) return std::nullopt;
    return attempt;
}

bool is_page(std::string_view text) {
    constexpr std::size_t kLongest = 1024;
    return text.starts_with('/') && !text.starts_with("//") && text.size() <= kLongest &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127 && c != '\\'; });
}

}  // namespace orderhub::identity
