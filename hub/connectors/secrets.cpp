#include "hub/connectors/secrets.hpp"

#include <algorithm>
#include <functional>

#include "hub/connectors/encoding.hpp"

namespace orderhub::connectors {
namespace {

constexpr std::size_t kShortestMasked = 4;
constexpr std::string_view kSecret = "{{secret:";
constexpr std::string_view kBasic = "{{basic:";
constexpr std::string_view kEnd = "}}";

/// Gives the value of what stands between `{{secret:` (or `{{basic:`) and `}}`.
using Lookup = std::function<Result<std::string>(std::string_view)>;

auto bad_placeholder(std::string message) {
    return fail(ErrorKind::Invalid, "bad_placeholder", std::move(message));
}

/// One pass: what is filled in is not looked at again, so a value cannot name another secret.
Result<std::string> filled_in(std::string_view text, std::string_view begin, const Lookup& lookup) {
    std::string filled;
    for (;;) {
        const std::size_t at = text.find(begin);
        filled += text.substr(0, at);
        if (at == text.npos) return filled;
        text.remove_prefix(at + begin.size());
        const std::size_t end = text.find(kEnd);
        if (end == text.npos) return bad_placeholder("a placeholder is not closed");
        auto value = lookup(text.substr(0, end));
        if (!value) return value;
        filled += *value;
        text.remove_prefix(end + kEnd.size());
    }
}

bool splits_header(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

void replace_all(std::string& text, std::string_view what) {
    constexpr std::string_view kMask = "***";
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + kMask.size()))
        text.replace(at, what.size(), kMask);
}

}  // namespace

Secrets::Secrets(std::vector<std::pair<std::string, std::string>> secrets,
                 std::map<std::string, std::string, std::less<>> plain)
    : plain_(std::move(plain)) {
    for (auto& [key, value] : secrets) {
        for (const auto& [name, user] : plain_)
            hide(to_base64(user + ":" + value));
        hide(to_base64(value));
        hide(json_escaped(value));
        hide(percent_encoded(value));
        hide(value);
        secrets_.emplace(std::move(key), std::move(value));
    }
    std::ranges::sort(hidden_, std::greater{}, &std::string::size);
}

void Secrets::hide(std::string form) {
    if (form.size() >= kShortestMasked) hidden_.push_back(std::move(form));
}

const std::string* Secrets::find(std::string_view key) const {
    const auto found = secrets_.find(key);
    return found == secrets_.end() ? nullptr : &found->second;
}

const std::string* Secrets::find_plain(std::string_view key) const {
    const auto found = plain_.find(key);
    return found == plain_.end() ? nullptr : &found->second;
}

Result<std::string> Secrets::basic(std::string_view keys) const {
    const std::size_t colon = keys.find(':');
    if (colon == keys.npos)
        return bad_placeholder("{{basic:...}} needs a user key and a secret key");
    const auto user = plain_.find(keys.substr(0, colon));
    const std::string* secret = find(keys.substr(colon + 1));
    if (user == plain_.end() || !secret)
        return bad_placeholder("{{basic:" + std::string(keys) + "}} names an unknown key");
    return to_base64(user->second + ":" + *secret);
}

Result<std::string> Secrets::fill_header(std::string_view text) const {
    const auto secret = [this](std::string_view key) -> Result<std::string> {
        if (const std::string* value = find(key)) return *value;
        return bad_placeholder("there is no secret " + std::string(key));
    };
    // Basic first: its base64 cannot look like the other placeholder.
    auto filled = filled_in(text, kBasic, [this](std::string_view keys) { return basic(keys); });
    if (filled) filled = filled_in(*filled, kSecret, secret);
    if (splits_header(text) || (filled && splits_header(*filled)))
        return fail(ErrorKind::Invalid, "bad_header",
                    "a header value must not contain a line break");
    return filled;
}

Result<std::string> Secrets::fill_body(std::string_view text, BodyForm form) const {
    return filled_in(text, kSecret, [&](std::string_view key) -> Result<std::string> {
        const std::string* value = find(key);
        if (!value) return bad_placeholder("there is no secret " + std::string(key));
        return form == BodyForm::json ? json_escaped(*value) : percent_encoded(*value);
    });
}

std::string Secrets::mask(std::string_view text) const {
    std::string masked(text);
    for (const std::string& form : hidden_)
        replace_all(masked, form);
    return masked;
}

}  // namespace orderhub::connectors
