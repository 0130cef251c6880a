#pragma once

#include "salesforce_rows.hpp"
#include "soql.hpp"

// Queries against the rows of the stand-in organisation.
namespace orderhub::sandbox::salesforce {

/// The rows that a query gives, in its order, each with "attributes". `version` is that of the
/// request's path ("66.0"). Throws Refusal for objects and fields that are not there, and for
/// conditions on fields that cannot be filtered.
json::array run_query(State& state, const Query& query, const std::string& version);

/// The first page of an answer to a query: {totalSize, done, records, nextRecordsUrl?}. What does
/// not fit on the page is kept under a locator.
json::object first_page(State& state, json::array rows, const std::string& version);
/// A further page. Throws Refusal (400 INVALID_QUERY_LOCATOR).
json::object further_page(State& state, const std::string& locator, const std::string& version);

}  // namespace orderhub::sandbox::salesforce
