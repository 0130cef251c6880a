// What the host knows and the connector does not: secrets, where they are filled in, and how they
// are kept out of texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::connectors {

/// How a filled-in value is written into a body.
enum class BodyForm { json, form };

/// Fills placeholders (see connector.h) and masks secrets. Immutable: any thread.
class Secrets {
public:
    Secrets() = default;
    /// `plain`: the top-level texts of the configuration, for the user name of {{basic:...}}.
    Secrets(std::vector<std::pair<std::string, std::string>> secrets,
            std::map<std::string, std::string, std::less<>> plain);

    const std::string* find(std::string_view key) const;
    /// A text of the configuration that is not secret.
    const std::string* find_plain(std::string_view key) const;

    /// Errors: Invalid "bad_placeholder" (unknown key, not closed), "bad_header" (CR, LF or NUL,
    /// before or after).
    Result<std::string> fill_header(std::string_view text) const;
    /// {{secret:KEY}} only. Errors: Invalid "bad_placeholder".
    Result<std::string> fill_body(std::string_view text, BodyForm form) const;

    /// The text with every secret replaced by "***", also where it is escaped, percent-encoded or
    /// in base64. Secrets of fewer than four characters are not looked for: masking them would say
    /// more than it hides.
    std::string mask(std::string_view text) const;

private:
    Result<std::string> basic(std::string_view keys) const;
    void hide(std::string form);

    std::map<std::string, std::string, std::less<>> secrets_;
    std::map<std::string, std::string, std::less<>> plain_;
    std::vector<std::string> hidden_;  ///< longest first
};

}  // namespace orderhub::connectors
