#pragma once

#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "tryton_types.hpp"

// Records by model: look-up, search by domain, reading of members and of related records.
namespace orderhub::sandbox::tryton {

/// Becomes {"error": ...} with HTTP 200.
struct RpcError : std::runtime_error {
    explicit RpcError(json::array error_)
        : std::runtime_error("rpc error"), error(std::move(error_)) {}
    json::array error;
};

/// ["UserError", [text, "", null]]
[[noreturn]] void user_error(const std::string& text);
/// A domain error: its third element carries kilobytes of field definitions.
[[noreturn]] void domain_error(const std::string& field, const std::string& model_name);
/// [text, ""]: what trytond makes of an exception of its own.
[[noreturn]] void bare_error(const std::string& text);

json::object* find_record(State& state, const std::string& model, std::int64_t id);
const json::object* find_record(const State& state, const std::string& model, std::int64_t id);
/// Gives the record an id, create_date and a null write_date.
std::int64_t add_record(State& state, const std::string& model, json::object record);
/// The model that a member points at; empty for a plain member.
std::string target_of(const std::string& model, const std::string& member);
/// Whether the stand-in knows the model.
bool known_model(const std::string& model);

/// Member of a record by dotted path; every value it reaches (several through x2many).
std::vector<json::value> reach(const State& state, const std::string& model,
                               const json::object& record, const std::string& path);
/// Ids that match, in order. `active` hides records that are switched off.
std::vector<std::int64_t> search(const State& state, const std::string& model,
                                 const json::value& domain, const json::value& order, bool active);
/// The wanted members; a dotted one comes as {"currency.": {"code": ..., "id": ...}}.
json::object read_record(const State& state, const std::string& model, const json::object& record,
                         const json::array& members);

}  // namespace orderhub::sandbox::tryton
