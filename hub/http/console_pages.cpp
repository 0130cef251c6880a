#include "hub/http/console_pages.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>

#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

constexpr std::array<std::string_view, 8> kPages{"search",    "customers", "orders", "cases",
                                                 "approvals", "receive",   "ops",    "sign-in"};
constexpr std::string_view kPanel = "embed";
constexpr std::string_view kMark = "__NONCE__";

std::string nonce() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
    text.pop_back();
    return text;
}

/// Scripts only from here, styles only from here or with the response's nonce; frames around it
/// only where `ancestors` (of a policy's frame-ancestors) has them. An address that is itself a key
/// is told to nobody.
Response page_answer(std::string_view page, std::string_view ancestors, std::string_view referrer) {
    const auto once = nonce();
    std::string body(page);
    for (auto at = body.find(kMark); at != body.npos; at = body.find(kMark, at + once.size()))
        body.replace(at, kMark.size(), once);
    return {200,
            std::move(body),
            "text/html; charset=utf-8",
            {{"Cache-Control", "no-store"},
             {"Content-Security-Policy",
              fmt::format("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; "
                          "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                          "base-uri 'none'; form-action 'none'; frame-ancestors {}",
                          once, ancestors)},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", std::string(referrer)},
             {"Cross-Origin-Opener-Policy", "same-origin"},
             {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"}}};
}

Response file_answer(const console::File& file) {
    return {200,
            std::string(reinterpret_cast<const char*>(file.gzip.data()), file.gzip.size()),
            std::string(file.content_type),
            {{"Cache-Control", "public, max-age=31536000, immutable"},
             {"Content-Encoding", "gzip"},
             {"Vary", "Accept-Encoding"},
             {"X-Content-Type-Options", "nosniff"}}};
}

}  // namespace

std::optional<Response> ConsolePages::answer(const Request& request, const Target& target) const {
    if (page.empty() || (request.method != "GET" && request.method != "HEAD")) return std::nullopt;
    const auto& segments = target.segments;
    if (segments.size() == 2 && segments[0] == "assets") {
        const auto found = std::ranges::find_if(
            files,
            [path = "assets/" + segments[1]](const auto& file) { return file.path == path; });
        // A page that was loaded before an upgrade asks for a file of the old one.
        if (found == files.end())
            return problem(404, "no_such_file", "There is no such file; load the page again.");
        return file_answer(*found);
    }
    if (segments.empty() || std::ranges::find(kPages, segments[0]) != kPages.end())
        return page_answer(page, "'none'", "same-origin");
    if (segments[0] == kPanel && !frame_ancestors.empty())
        return page_answer(panel, fmt::format("{}", fmt::join(frame_ancestors, " ")),
                           "no-referrer");
    return std::nullopt;
}

}  // namespace orderhub::http
