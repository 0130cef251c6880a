// One submission of an action, done once for each Idempotency-Key. Internal to hub/http.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// An action as a caller asks for it; `version` is 0 without If-Match.
struct Asked {
    domain::ActionKind action = domain::ActionKind::cancel;
    std::string order_id;
    std::int64_t version = 0;
    boost::json::object input;
    std::int64_t flow_version = 0;  ///< that the preview showed; 0 without it
};

/// What somebody who came too late is told: the version that there is and what happened since his.
struct News {
    std::int64_t version = 0;
    boost::json::array changes;
};

/// The news of an order if `error` says that it has changed.
News news_for(const Parts& parts, store::Transaction& transaction, const Asked& asked,
              const Error& error);

/// What one attempt at a submission found.
struct Attempt {
    std::optional<store::StoredAnswer> earlier;
    Response answer;
    News news;
};

class Submission {
public:
    /// `asked` outlives it.
    Submission(const Parts& parts, const Call& call, const Asked& asked, const std::string& key);

    /// Runs in one unit of work; may be run again after it was undone.
    Result<void> run(store::Transaction& transaction, Attempt& attempt) const;

private:
    Result<void> check_same(const store::StoredAnswer& earlier) const;

    const Parts& parts_;
    const Asked& asked_;
    servicing::Request request_;
    std::string key_;
    std::string fingerprint_;
};

}  // namespace orderhub::http
