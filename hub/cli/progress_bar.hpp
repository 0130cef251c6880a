// How far an import is. Nobody knows beforehand how much there is to read.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace orderhub::cli {

/// "shop: running, 40 records read, 3 of them new or changed"
std::string import_line(const boost::json::value& import);

/// The same behind a bar: a mark that moves with `turn` while it runs, a full bar once it is done.
std::string progress_bar(const boost::json::value& import, unsigned turn);

}  // namespace orderhub::cli
