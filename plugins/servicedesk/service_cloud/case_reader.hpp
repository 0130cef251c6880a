// Reads cases, whole, as records.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mapping.hpp"

namespace orderhub::service_cloud {

class CaseReader {
public:
    /// `left_out`: where cases go of which no record can be made; without it they are refused.
    CaseReader(const Settings& settings, salesforce::Client& client, sdk::Call& call,
               sdk::LeftOut* left_out = nullptr)
        : settings_(settings), client_(client), call_(call), left_out_(left_out) {}

    /// Emits those of the cases that are there and meet the condition. An answer that does not
    /// arrive because it is too long is asked for again case by case.
    void emit(const std::vector<std::string>& ids);

private:
    void emit_chunk(const std::vector<std::string>& ids);
    std::vector<CaseDocument> read(const std::vector<std::string>& ids);
    void emit_document(const CaseDocument& document);
    std::vector<Json> mails_of(const Json& row);
    void add_html(std::vector<Json>& mails);

    const Settings& settings_;
    salesforce::Client& client_;
    sdk::Call& call_;
    sdk::LeftOut* const left_out_;
};

}  // namespace orderhub::service_cloud
