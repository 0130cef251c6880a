// Requests to the platform's REST interface. One object lives for one connector call.
#pragma once

#include <functional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "salesforce_platform/errors.hpp"
#include "salesforce_platform/usage.hpp"

namespace orderhub::salesforce {

using sdk::Json;

/// Where an organisation is, and which version of its interface is spoken.
struct Organisation {
    std::string base_url;     ///< My Domain, without a slash at the end
    std::string api_version;  ///< "66.0"

    /// "/services/data/v66.0"
    std::string root() const { return "/services/data/v" + api_version; }
};

/// One part of a composite request. `path` follows root(); `name` is what later parts refer to.
struct Part {
    std::string method;
    std::string path;
    std::string name;
    Json body = nullptr;
};

/// All requests carry the host's access token and give what is used of the limits to `usage`.
/// Failures are thrown as Stop, classed by stop_for.
class Client {
public:
    Client(const Organisation& organisation, Usage& usage, sdk::Call& call)
        : organisation_(organisation), usage_(usage), call_(call) {}

    /// GET of a path that follows root().
    Json get(std::string_view path);

    /// Whether there is such a path: nothing for 404.
    std::optional<Json> find(std::string_view path);

    /// Each record of a query, in its order, page after page; `take` returns false to stop.
    using Take = std::function<bool(const Json& record)>;
    void query(std::string_view soql, const Take& take);
    std::vector<Json> query_all(std::string_view soql);

    /// The rest of a list that a record brought along (a sub-query): the records that it holds and
    /// those on its further pages.
    std::vector<Json> children(const Json& list);

    /// POST to `path`; gives the answer's document.
    Json post(std::string_view path, const Json& body);

    /// Several changes as one: all or none. Gives the bodies of the parts' answers.
    std::vector<Json> change_together(const std::vector<Part>& parts);

private:
    sdk::HttpRequest request(std::string_view method, std::string_view path) const;
    sdk::HttpResponse send(const sdk::HttpRequest& request);
    Json document(const sdk::HttpResponse& response, sdk::Effect effect) const;
    std::string next_page(const Json& page) const;

    const Organisation& organisation_;
    Usage& usage_;
    sdk::Call& call_;
};

}  // namespace orderhub::salesforce
