// Errors as RFC 9457 problem documents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"
#include "hub/http/message.hpp"

namespace orderhub::http {

/// One offending place of a request body.
struct FieldError {
    std::string pointer;  ///< JSON Pointer
    std::string detail;
};

/// {"type","title","status","detail","code"} and, if there are any, "errors":
/// [{"pointer","detail"}].
Response problem(int status, std::string_view code, std::string_view detail,
                 const std::vector<FieldError>& errors = {});

/// The status that tells the caller what to do next, Retry-After included.
Response problem(const Error& error);

int status_of(ErrorKind kind);

}  // namespace orderhub::http
