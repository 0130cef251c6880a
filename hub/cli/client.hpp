// The client of the hub's API.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/cli/cli.hpp"

namespace orderhub::cli {

/// Why a command ends early.
struct Failure {
    Exit exit = kFailed;
    std::string message;          ///< for a person
    boost::json::object problem;  ///< the hub's, if it answered
};

struct Reply {
    boost::json::value body;
    std::string etag;
};

/// Every function throws Failure if the hub does not answer with a 2xx.
class Client {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    Client(const std::string& url, std::string token);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// `path` under /api/v1, percent-encoded.
    Reply get(const std::string& path);
    Reply post(const std::string& path, const boost::json::object& body = {},
               const Headers& headers = {});
    Reply put(const std::string& path, const boost::json::object& body);
    Reply remove(const std::string& path);

private:
    struct Connection;
    Reply send(const char* method, const std::string& path, const std::string& body,
               const Headers& headers);

    std::unique_ptr<Connection> connection_;
    std::string url_;
    std::string token_;
};

/// "?a=b&c=d" of those that have a value.
std::string query(const std::vector<std::pair<std::string, std::string>>& parameters);

/// A path segment, percent-encoded.
std::string segment(const std::string& text);

}  // namespace orderhub::cli
