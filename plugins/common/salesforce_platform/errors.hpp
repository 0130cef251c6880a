// What the platform says when it does not do what it was asked. It has four forms:
//
//   REST         [{"message": "...", "errorCode": "NOT_FOUND", "fields": ["Name"]}]
//   collections  {"success": false, "errors": [{"statusCode": "DUPLICATE_VALUE", "message":
//   "..."}]} Connect      {"success": false, "errors": [{"errorCode": "...", "message": "..."}]},
//   also with
//                status 200; or {"message": "...", "enhancedErrorType": "...", "output": {}}, alone
//                or in a list
//   OAuth        {"error": "invalid_grant", "error_description": "..."}
//
// and composite requests carry the first of them inside.
#pragma once

#include <orderhub/http.hpp>
#include <orderhub/json.hpp>
#include <string>

namespace orderhub::salesforce {

/// The platform's word and sentence; both empty where a document tells of no failure.
struct Failure {
    std::string code;
    std::string message;

    bool happened() const { return !code.empty() || !message.empty(); }
};

/// The first failure that a document tells of, in any of the forms.
Failure failure_of(const sdk::Json& document);
/// The same of an answer's text; no failure if it is no JSON.
Failure failure_in(std::string_view body);

/// What a failure means for whoever asked. `delay_ms` is what the answer asked for, or 0.
sdk::Stop stop_for(int status, const Failure& failure, sdk::Effect effect,
                   std::uint64_t delay_ms = 0);
sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect);

}  // namespace orderhub::salesforce
