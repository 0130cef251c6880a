#include "hub/http/panel.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace orderhub::http {

namespace {

/// For one segment of a path.
std::string encoded(std::string_view text) {
    std::string out;
    for (const unsigned char each : text) {
        const bool is_plain = (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z') ||
                              (each >= 'a' && each <= 'z') || each == '-' || each == '_' ||
                              each == '.' || each == '~';
        if (is_plain)
            out += static_cast<char>(each);
        else
            out += fmt::format("%{:02X}", each);
    }
    return out;
}

}  // namespace

std::string panel_signature(std::string_view secret, const PanelPlace& place) {
    std::string text =
        fmt::format("{}\n{}\n{}", place.connector, place.case_external_id, place.expires_s);
    if (!place.scope.empty()) text.append("\n").append(place.scope);
    const auto bytes = [](std::string_view from) {
        return reinterpret_cast<const unsigned char*>(from.data());
    };
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
    crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
    crypto_auth_hmacsha256_final(&state, digest.data());
    std::string hex;
    for (const unsigned char each : digest)
        hex += fmt::format("{:02x}", each);
    return hex;
}

std::string panel_address(const PanelSettings& settings, const PanelPlace& place) {
    auto address = fmt::format("{}/embed/case/{}/{}?expires={}&signature={}", settings.public_url,
                               encoded(place.connector), encoded(place.case_external_id),
                               place.expires_s, panel_signature(settings.secret, place));
    if (!place.scope.empty()) address += "&scope=" + encoded(place.scope);
    return address;
}

}  // namespace orderhub::http
