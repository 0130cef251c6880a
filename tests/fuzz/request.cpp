// A request as the API sees it, behind the wire. Parts: target, headers, body. A path and query
// that are read can be written and read again; whatever is refused is refused with a 4xx and a
// problem document.
#include <array>
#include <boost/json.hpp>
#include <string>

#include "hub/http/access.hpp"
#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

constexpr std::array<std::string_view, 4> kSchemas{"ReturnInput", "ExchangeInput", "DiscountInput",
                                                   "EditMessageInput"};

std::string encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::string written(const http::Target& target) {
    std::string out;
    for (const auto& segment : target.segments)
        out += "/" + encoded(segment);
    if (out.empty()) out = "/";
    char separator = '?';
    for (const auto& [name, value] : target.query) {
        out += separator + encoded(name) + "=" + encoded(value);
        separator = '&';
    }
    return out;
}

void check_target(const http::Target& target) {
    for (const auto& segment : target.segments)
        require(segment.find_first_of(std::string_view("/\0", 2)) == segment.npos,
                "no segment hides a slash or a NUL");
    const auto again = http::parse_target(written(target));
    require(again.has_value(), "a written target is one");
    require(again->query == target.query, "a query reads back");
    const bool ends_empty = !target.segments.empty() && target.segments.back().empty();
    require(ends_empty || again->segments == target.segments, "a path reads back");
}

template <class T>
void check_refusal(const http::Checked<T>& checked) {
    if (checked) return;
    require(checked.error().status >= 400 && checked.error().status < 500, "a refusal is a 4xx");
    const auto body = boost::json::parse(checked.error().body);
    require(!body.at("code").as_string().empty(), "a refusal has a code");
}

void check_parameters(const http::Target& target) {
    constexpr std::array<std::string_view, 2> kWords{"parked", "waiting"};
    check_refusal(http::only_parameters(target, {"after", "limit", "state", "q"}));
    const auto after = http::number_parameter(target, "after", 7, 0, 1'000'000);
    require(!after || (*after >= 0 && *after <= 1'000'000), "a number is in its range");
    check_refusal(after);
    const auto word = http::word_parameter(target, "state", kWords);
    require(!word || word->empty() || *word == "parked" || *word == "waiting", "a word is allowed");
    check_refusal(word);
    const auto text = http::text_parameter(target, "q");
    require(!text || text->size() <= 320, "a text is short");
    check_refusal(text);
    if (const auto from = target.parameter("from")) http::parse_instant(*from);
}

http::Request request_of(std::string_view target, std::string_view lines, std::string_view body) {
    http::Request request{"POST", std::string(target), {}, std::string(body)};
    while (!lines.empty() && request.headers.size() < 20) {
        const auto end = lines.find('\n');
        const auto line = lines.substr(0, end);
        lines = end == lines.npos ? std::string_view{} : lines.substr(end + 1);
        const auto colon = line.find(':');
        if (colon == line.npos) continue;
        request.headers.push_back(
            {std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))});
    }
    return request;
}

void check_headers(const http::Request& request) {
    const auto version = http::if_match(request);
    require(!version || *version >= 0, "a version is none below 0");
    check_refusal(version);
    const auto key = http::idempotency_key(request);
    require(!key || (!key->empty() && key->size() <= 255), "a key is short");
    check_refusal(key);
    const auto trace = http::trace_of(request.header("traceparent"));
    require(trace.size() == 32 && trace.find_first_not_of("0123456789abcdef") == trace.npos,
            "a trace is 32 hex digits");
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub;
    fuzz::Parts parts(fuzz::text_of(data, size));
    const auto line = parts.next();
    const auto headers = parts.next();
    auto request = fuzz::request_of(line, headers, parts.next());
    if (const auto target = http::parse_target(request.target)) {
        fuzz::check_target(*target);
        fuzz::check_parameters(*target);
    }
    fuzz::check_headers(request);
    request.headers.insert(request.headers.begin(), {"content-type", "application/json"});
    for (const auto schema : fuzz::kSchemas)
        fuzz::check_refusal(http::read_body(request, schema));
    return 0;
}
