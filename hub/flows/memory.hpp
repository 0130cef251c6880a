// Internal to flows: what a run keeps between its steps, as the members of Run::document.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "hub/flows/runs.hpp"

namespace orderhub::flows {

class Memory {
public:
    /// A new run's.
    Memory() = default;
    explicit Memory(const Run& run) : members_(boost::json::parse(run.document).as_object()) {}

    void store(Run& run) const { run.document = boost::json::serialize(members_); }

    /// The pointer of the step that is made now or next; empty at the end.
    std::string position() const { return text("position"); }
    void go_to(const std::string& pointer) { members_["position"] = pointer; }

    std::string text(std::string_view name) const {
        const auto* value = members_.if_contains(name);
        return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                      : std::string();
    }
    std::int64_t number(std::string_view name) const {
        const auto* value = members_.if_contains(name);
        return value != nullptr && value->is_int64() ? value->get_int64() : 0;
    }
    boost::json::object& object(std::string_view name) {
        boost::json::value& value = members_[name];
        if (!value.is_object()) value = boost::json::object();
        return value.get_object();
    }
    boost::json::array& array(std::string_view name) {
        boost::json::value& value = members_[name];
        if (!value.is_array()) value = boost::json::array();
        return value.get_array();
    }
    void set(std::string_view name, boost::json::value value) { members_[name] = std::move(value); }
    void set(std::string_view name, const std::string& text) { members_[name] = text; }
    void forget(std::string_view name) { members_.erase(name); }
    bool has(std::string_view name) const { return members_.contains(name); }

private:
    boost::json::object members_;
};

}  // namespace orderhub::flows
