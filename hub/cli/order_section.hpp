// The parts of an order's page, by subject. Each is empty if the order has nothing of it.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "hub/cli/table.hpp"

namespace orderhub::cli {

using Cells = std::vector<std::string>;

/// A headline and a table with one row for each member of an array; nothing if there is none.
std::string section(const char* headline, const boost::json::value& from, const char* pointer,
                    Table table, const std::function<Cells(const boost::json::value&)>& row);

/// What is not empty, made printable.
std::string joined(std::initializer_list<std::string> parts, const char* separator);

/// "l1:2, l2:1" of a list of lines.
std::string units_of(const boost::json::value& from);

std::string goods_sections(const boost::json::value& order);  ///< lines, fulfilments, returns
std::string money_sections(const boost::json::value& order);  ///< totals, payments ... invoices

}  // namespace orderhub::cli
