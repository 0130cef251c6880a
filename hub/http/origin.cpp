#include "hub/http/origin.hpp"

#include <algorithm>

namespace orderhub::http {

namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

}  // namespace

void set_origin(Request& request, std::string_view peer, const std::vector<std::string>& trusted) {
    const auto is_trusted = [&](std::string_view address) {
        return std::ranges::find(trusted, address) != trusted.end();
    };
    request.address = peer;
    if (!is_trusted(peer)) return;
    if (const auto told = request.header("x-forwarded-proto"); !told.empty())
        request.secure = told == "https";
    auto hops = request.header("x-forwarded-for");
    while (!hops.empty() && is_trusted(request.address)) {
        const auto comma = hops.rfind(',');
        const auto last = comma == hops.npos ? hops : hops.substr(comma + 1);
        hops = comma == hops.npos ? std::string_view() : hops.substr(0, comma);
        request.address = trimmed(last);
    }
}

}  // namespace orderhub::http
