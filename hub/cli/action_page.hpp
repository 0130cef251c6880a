// What an action does to an order, for people.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace orderhub::cli {

/// The figures of a preview, or of a submission, that concerns the order named `number`.
std::string action_page(const boost::json::value& result, const std::string& number,
                        bool submitted);

}  // namespace orderhub::cli
