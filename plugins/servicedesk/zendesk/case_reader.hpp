// Reads tickets, whole, as records.
#pragma once

#include <string>
#include <string_view>

#include "client.hpp"
#include "mapping.hpp"

namespace orderhub::zendesk {

class CaseReader {
public:
    /// `left_out`: where tickets go of which no record can be made; without it they are refused.
    CaseReader(const Settings& settings, Client& client, sdk::Call& call,
               sdk::LeftOut* left_out = nullptr)
        : settings_(settings), client_(client), call_(call), left_out_(left_out) {}

    /// Emits the ticket if it is there and belongs to one of the groups. Throws Stop.
    void emit(std::string_view id);

    /// Emits the tickets of a page of the export and gives their number; `observed_at` is from
    /// before it was asked for.
    std::size_t emit_page(const Json& page, const std::string& observed_at);

private:
    void emit_document(CaseDocument document);
    bool serves(const Json& ticket) const;
    void add_comments(CaseDocument& document);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    sdk::LeftOut* const left_out_;
};

}  // namespace orderhub::zendesk
