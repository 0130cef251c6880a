// The hub's API over HTTP.
#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/cli/failure.hpp"

namespace orderhub::cli {

struct Connection {
    std::string url;    ///< http or https, with the path below which the hub answers, if any
    std::string token;  ///< may be empty
    std::chrono::seconds timeout{60};
};

struct Call {
    std::string method;
    std::string path;  ///< with query, already percent-encoded
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

struct Answer {
    boost::json::value document;
    std::string body;  ///< the document as it came
    std::string etag;
};

/// For one thread. Keeps its connection between calls; follows no redirects, so that the token goes
/// nowhere else.
class Client {
public:
    /// Fails with kUsage if the URL or the token cannot be used.
    static Expected<Client> open(const Connection& connection);
    Client(Client&&) noexcept;
    ~Client();

    /// An answer of 2xx, or why there is none.
    Expected<Answer> call(const Call& call);
    Expected<Answer> get(const std::string& path) { return call({"GET", path}); }

    std::chrono::seconds timeout() const;

private:
    struct Transport;
    explicit Client(std::unique_ptr<Transport> transport);
    std::unique_ptr<Transport> transport_;
};

/// Percent-encodes one segment of a path, or one value of a query.
std::string encoded(std::string_view text);

/// "/path?name=value&..." of the values that are not empty.
std::string with_query(std::string path,
                       const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace orderhub::cli
