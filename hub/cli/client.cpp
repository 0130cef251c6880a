#include "hub/cli/client.hpp"

#include <httplib.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace orderhub::cli {

namespace json = boost::json;

namespace {

constexpr int kPatienceSeconds = 60;

Exit exit_of(int status) {
    switch (status) {
        case 404:
            return kNotFound;
        case 409:
        case 412:
            return kConflict;
        case 503:
            return kUnreachable;
        default:
            return kFailed;
    }
}

Failure refused(int status, const std::string& body) {
    Failure failure{exit_of(status), "the hub answered with status " + std::to_string(status), {}};
    json::error_code error;
    const auto value = json::parse(body, error);
    if (error || !value.is_object() || !value.as_object().contains("detail")) return failure;
    failure.problem = value.as_object();
    failure.message = value.at("detail").as_string();
    if (const auto* places = value.as_object().if_contains("errors"))
        for (const auto& place : places->as_array())
            failure.message += "\n  at " + std::string(place.at("pointer").as_string());
    return failure;
}

std::string encoded(const std::string& text) {
    static const char* const kDigits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        if (std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~') {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += kDigits[c >> 4U];
            out += kDigits[c & 15U];
        }
    }
    return out;
}

}  // namespace

struct Client::Connection {
    explicit Connection(const std::string& url) : http(url) {}
    httplib::Client http;
};

Client::Client(const std::string& url, std::string token)
    : connection_(std::make_unique<Connection>(url)), url_(url), token_(std::move(token)) {
    connection_->http.set_keep_alive(true);
    connection_->http.set_read_timeout(kPatienceSeconds, 0);
}

Client::~Client() = default;

Reply Client::get(const std::string& path) {
    return send("GET", path, {}, {});
}

Reply Client::post(const std::string& path, const json::object& body, const Headers& headers) {
    return send("POST", path, json::serialize(body), headers);
}

Reply Client::put(const std::string& path, const json::object& body) {
    return send("PUT", path, json::serialize(body), {});
}

Reply Client::remove(const std::string& path) {
    return send("DELETE", path, {}, {});
}

Reply Client::send(const char* method, const std::string& path, const std::string& body,
                   const Headers& headers) {
    httplib::Request request;
    request.method = method;
    request.path = "/api/v1" + path;
    request.body = body;
    if (!token_.empty()) request.set_header("Authorization", "Bearer " + token_);
    if (!body.empty()) request.set_header("Content-Type", "application/json");
    for (const auto& [name, value] : headers)
        request.set_header(name, value);
    const auto result = connection_->http.send(request);
    if (!result)
        throw Failure{kUnreachable,
                      "no hub answers at " + url_ + " (" + httplib::to_string(result.error()) +
                          "); give its address with --url or ORDERHUB_URL",
                      {}};
    if (result->status < 200 || result->status > 299) throw refused(result->status, result->body);
    json::error_code error;
    auto value = json::parse(result->body, error);
    if (error) throw Failure{kFailed, "the answer of " + url_ + " is no JSON: is it a hub?", {}};
    return {std::move(value), result->get_header_value("ETag")};
}

std::string query(const std::vector<std::pair<std::string, std::string>>& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters)
        if (!value.empty()) text += (text.empty() ? "?" : "&") + name + "=" + encoded(value);
    return text;
}

std::string segment(const std::string& text) {
    return encoded(text);
}

}  // namespace orderhub::cli
