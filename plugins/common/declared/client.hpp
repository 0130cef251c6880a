// Requests by rules: what they send, and what their answers mean.
#pragma once

#include <orderhub/call.hpp>

#include "declared/settings.hpp"

namespace orderhub::declared {

struct Answer {
    Json body;
    std::string next_link;  ///< rel="next" of the header Link
};

class Client {
public:
    Client(const Settings& settings, sdk::Call& call) : settings_(settings), call_(call) {}

    /// Throws Stop for an answer that does not mean success, MappingError for what cannot be filled
    /// in.
    Answer send(const RequestRule& rule, const Scope& scope, sdk::Effect effect,
                const sdk::Headers& more = {});
    /// A GET of this address, with the rule's headers and meanings.
    Answer follow(const RequestRule& rule, const std::string& url, const Scope& scope);
    /// As send; nothing for a 404.
    std::optional<Answer> look(const RequestRule& rule, const Scope& scope);

private:
    sdk::HttpRequest made(const RequestRule& rule, const Scope& scope, sdk::Effect effect,
                          const sdk::Headers& more) const;
    sdk::Headers headers(const RequestRule& rule, const Scope& scope) const;
    Answer understood(const RequestRule& rule, const sdk::HttpResponse& response,
                      sdk::Effect effect) const;
    std::string words_of(const sdk::HttpResponse& response) const;
    bool says(const std::optional<Script>& script, const Json& answer) const;

    const Settings& settings_;
    sdk::Call& call_;
};

}  // namespace orderhub::declared
