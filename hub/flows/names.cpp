#include "hub/flows/names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/domain/pointer.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

bool is_money(const json::value& value) {
    const auto* object = value.if_object();
    return object != nullptr && object->size() == 2 && object->contains("amount") &&
           object->contains("currency");
}

}  // namespace

std::string in_text(const json::value& value) {
    if (is_money(value))
        return std::string(value.at("amount").as_string()) + " " +
               std::string(value.at("currency").as_string());
    if (value.is_string()) return std::string(value.get_string());
    return value.is_null() ? std::string() : json::serialize(value);
}

json::value as_input(json::value value) {
    return is_money(value) ? value.at("amount") : value;
}

const json::value* Names::find(std::string_view name) {
    if (const auto known = values_.find(name); known != values_.end()) return &known->second;
    const auto reader = readers_.find(name);
    if (reader == readers_.end() || error_) return nullptr;
    auto value = reader->second();
    if (!value) {
        error_ = value.error();
        return nullptr;
    }
    return &values_.emplace(std::string(name), *std::move(value)).first->second;
}

Result<json::value> Names::run(const Script& script) {
    error_.reset();
    auto value = run_script(script, scope_);
    if (error_) return std::unexpected(*std::exchange(error_, {}));
    return value;
}

Result<bool> Names::holds(const Script& script) {
    const auto value = run(script);
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) return false;
    if (value->is_bool()) return value->get_bool();
    return fail(
        ErrorKind::Invalid, "script_failed",
        script.file + ":" + std::to_string(script.line) + ": a condition must give true or false");
}

Result<json::value> Names::fill_text(const Flow& flow, const std::string& pointer,
                                     std::string_view text) {
    const auto pieces = pieces_of(text);
    std::string filled;
    for (const Piece& piece : pieces) {
        if (!piece.is_script) {
            filled += piece.text;
            continue;
        }
        auto value = run(flow.script(pointer, piece.text));
        if (!value) return value;
        if (pieces.size() == 1) return as_input(*std::move(value));
        filled += in_text(*value);
    }
    return json::value(filled);
}

Result<std::string> Names::say(const Flow& flow, const std::string& pointer,
                               const json::value& written) {
    std::string said;
    for (const Piece& piece : pieces_of(written.as_string())) {
        if (!piece.is_script) {
            said += piece.text;
            continue;
        }
        const auto value = run(flow.script(pointer, piece.text));
        if (!value) return std::unexpected(value.error());
        said += in_text(*value);
    }
    return said;
}

Result<json::value> Names::fill(const Flow& flow, const std::string& pointer,
                                const json::value& written) {
    if (written.is_string()) return fill_text(flow, pointer, written.get_string());
    if (const auto* object = written.if_object()) {
        json::object filled;
        for (const auto& [name, member] : *object) {
            auto value = fill(flow, pointer_below(pointer, name), member);
            if (!value) return value;
            filled[name] = *std::move(value);
        }
        return json::value(std::move(filled));
    }
    if (const auto* array = written.if_array()) {
        json::array filled;
        for (std::size_t i = 0; i < array->size(); ++i) {
            auto value = fill(flow, pointer + "/" + std::to_string(i), (*array)[i]);
            if (!value) return value;
            filled.push_back(*std::move(value));
        }
        return json::value(std::move(filled));
    }
    return written;
}

}  // namespace orderhub::flows
