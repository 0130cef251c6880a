// What an action does to an order, for people.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace orderhub::cli {

/// A preview that concerns the order named `number`.
std::string preview_page(const boost::json::value& preview, const std::string& number);

/// A submission, with the ids of what it has made.
std::string submission_page(const boost::json::value& submission, const std::string& number);

}  // namespace orderhub::cli
