// The author's check file: how the outside system answers, and samples of what the hub asks for
// (sdk/docs/testing.md, sdk/schemas/check.schema.json).
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::kit {

namespace json = boost::json;

using Texts = std::map<std::string, std::string, std::less<>>;

/// Texts are patterns, in which * stands for anything; JSON is matched as a part of what came.
struct RequestPattern {
    std::string method = "*";
    std::string path = "*";
    Texts query;
    Texts headers;  ///< names in lower case
    Texts form;
    std::optional<json::value> body;
    std::optional<std::string> text;
};

/// Texts in it may hold placeholders (fill.hpp).
struct ScriptedResponse {
    int status = 200;
    Texts headers;
    std::optional<json::value> body;
    std::string text;
    /// What the body shows once a fact holds: JSON Pointer to value; "/-" appends to a list.
    std::vector<std::pair<std::string, json::object>> shows;
};

struct Exchange {
    std::string name;
    RequestPattern request;
    ScriptedResponse response;
    std::vector<std::string> when;  ///< facts that must hold; "!fact": must not
    std::string effect;             ///< the fact that this request brings about; empty for a read
    std::string once_by;      ///< "header NAME" or "json POINTER": a repeat of it does nothing
    bool may_repeat = false;  ///< doing it twice does no harm
    bool auth = false;        ///< gives the token that the other requests carry
};

/// External ids that must have been emitted, by record kind.
using ExpectedRecords = std::map<std::string, std::vector<std::string>, std::less<>>;

struct PollSample {
    std::vector<std::string> given;
    std::string cursor;  ///< to begin with
    std::optional<ExpectedRecords> expect;
    std::string change_after;  ///< the exchange after which "changed" begins to hold
    ExpectedRecords change_expect;
};

struct MessageSample {
    std::string name;
    std::vector<std::string> given;
    Texts headers;
    std::string content_type = "application/json";
    std::string body;
    std::optional<ExpectedRecords> expect;
};

struct CommandSample {
    std::string name;
    std::string kind;
    std::vector<std::string> given;
    std::string key;
    std::string payload;
};

struct Script {
    std::string path;
    json::object config;
    Texts secrets;
    std::optional<std::set<std::string>> configured_secrets;  ///< of a recording: no others
    std::vector<std::string> redirect;  ///< hosts that the stand-in answers for
    std::vector<std::string> check_given;
    std::vector<Exchange> exchanges;
    std::optional<PollSample> poll;
    std::vector<MessageSample> messages;
    std::vector<CommandSample> commands;
};

/// Errors: Invalid, one line per fault with file and line.
Result<Script> read_script(const std::string& path);

}  // namespace orderhub::kit
