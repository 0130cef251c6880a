// Answers made of JSON documents.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>

#include "hub/http/message.hpp"
#include "hub/http/problem.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

Response json_answer(const boost::json::object& document, int status = 200);

/// Runs `make` against a snapshot, of which it sees what `scope` has, and gives its document as a
/// 200, or its error as a problem.
Response read_answer(store::Store& store, const domain::Scope& scope,
                     const std::function<Result<boost::json::object>(store::Transaction&)>& make);

/// The same in a unit of work, which sees everything: beyond_scope() has looked at what it is
/// about.
Response write_answer(store::Store& store,
                      const std::function<Result<boost::json::object>(store::Transaction&)>& make);

}  // namespace orderhub::http
