#include "hub/http/problem.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace orderhub::http {

namespace {

std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "Bad request";
        case 401:
            return "Not authenticated";
        case 403:
            return "Not allowed";
        case 404:
            return "Not found";
        case 405:
            return "Method not allowed";
        case 408:
            return "Too slow";
        case 409:
            return "Conflict";
        case 413:
            return "Too large";
        case 415:
            return "Unsupported content type";
        case 422:
            return "Not possible";
        case 428:
            return "Precondition required";
        case 429:
            return "Too many requests";
        case 431:
            return "Header too large";
        case 503:
            return "Not available now";
        default:
            return status < 500 ? "Request refused" : "Internal error";
    }
}

}  // namespace

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Invalid:
            return 422;
        case ErrorKind::NotFound:
            return 404;
        case ErrorKind::Conflict:
            return 409;
        case ErrorKind::Denied:
            return 403;
        case ErrorKind::Unavailable:
            return 503;
        case ErrorKind::Throttled:
            return 429;
        case ErrorKind::OutcomeUnknown:
        case ErrorKind::Bug:
            break;
    }
    return 500;
}

Response problem(int status, std::string_view code, std::string_view detail,
                 const std::vector<FieldError>& errors) {
    boost::json::object body{{"type", "urn:orderhub:problem:" + std::string(code)},
                             {"title", title_of(status)},
                             {"status", status},
                             {"detail", detail},
                             {"code", code}};
    if (!errors.empty()) {
        auto& list = body["errors"].emplace_array();
        for (const auto& error : errors)
            list.push_back({{"pointer", error.pointer}, {"detail", error.detail}});
    }
    Response response{status, boost::json::serialize(body), "application/problem+json", {}};
    if (status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
}

Response problem(const Error& error) {
    std::vector<FieldError> fields;
    if (!error.field.empty()) fields.push_back({error.field, error.message});
    auto response = problem(status_of(error.kind), error.code, error.message, fields);
    const bool later = error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Throttled;
    if (later || error.retry_after) {
        using std::chrono::ceil, std::chrono::seconds;
        const auto wait = ceil<seconds>(error.retry_after.value_or(seconds{1}));
        response.headers.push_back(
            {"Retry-After", std::to_string(std::max(1L, long(wait.count())))});
    }
    return response;
}

}  // namespace orderhub::http
