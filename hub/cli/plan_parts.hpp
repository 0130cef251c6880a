// A plan for people, part by part. Each is empty if the plan has nothing of it.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace orderhub::cli {

std::string planned_changes(const boost::json::value& plan);
std::string planned_money(const boost::json::value& plan);
std::string planned_goods(const boost::json::value& plan);
std::string planned_exchange(const boost::json::value& plan);

}  // namespace orderhub::cli
