// What the commands of `orderhub order` take. Each option says how its words become a part of the
// action's input.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "hub/cli/failure.hpp"

namespace orderhub::cli {

struct ActionOption;

/// What an option was given, and the order's document as it is.
struct Written {
    const ActionOption& option;
    const std::vector<std::string>& words;  ///< one for each time; not empty
    const boost::json::value& order;

    const std::string& word() const { return words.front(); }
};

/// Puts what was written into the action's input. Fails with kUsage, or with kNotFound or kConflict
/// if it names something that the order does not have, or has twice.
using Put = Expected<void> (*)(const Written& written, boost::json::object& input);

enum class Takes { nothing, one, many };
/// How many of a command's options that have the same one must be given.
enum class Choice { none, exactly_one, at_least_one };

struct ActionOption {
    const char* name;   ///< "--reason"
    const char* field;  ///< of the input
    const char* help;
    Put put;
    Takes takes = Takes::one;
    bool required = false;
    const char* value = "";  ///< what put_value() and put_basis() set
    Choice choice = Choice::none;
    std::vector<std::string> allowed = {};  ///< words; empty: any text
};

struct ActionCommand {
    const char* action;
    const char* help;
    std::vector<ActionOption> options;  ///< put in this order
};

const std::vector<ActionCommand>& action_commands();

}  // namespace orderhub::cli
