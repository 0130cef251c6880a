// One JSON object of a file, read leniently; what is wrong is told with file, line and field.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/runtime/linking_reader.hpp"

namespace orderhub::runtime {

class LinkingFields {
public:
    /// `where`: "cases.jsonl:12".
    LinkingFields(const boost::json::object& object, std::string where, std::string pointer,
                  Complaints& complaints)
        : object_(object),
          where_(std::move(where)),
          pointer_(std::move(pointer)),
          complaints_(complaints) {}

    /// Text; a number is taken as it is written. Empty if absent or null.
    std::string text(std::string_view name) const;
    /// The same, and a complaint if it is empty.
    std::string required(std::string_view name) const;
    /// Milliseconds; 0 if absent.
    std::int64_t instant(std::string_view name) const;
    std::int64_t count(std::string_view name, std::int64_t otherwise) const;
    /// Hundredths of what a decimal, as text or number, says; 0 if absent.
    std::int64_t hundredths(std::string_view name) const;
    /// A list of texts; a single text counts as a list of one.
    std::vector<std::string> texts(std::string_view name) const;
    /// The values of an object's members, or of a list.
    std::vector<std::string> values(std::string_view name) const;

    template <class Use>
    void object(std::string_view name, Use use) const {
        const auto* value = find(name);
        if (value == nullptr) return;
        if (const auto* object = value->if_object())
            use(LinkingFields(*object, where_, path(name), complaints_));
        else
            complain(name, "must be an object");
    }
    template <class Use>
    void each(std::string_view name, Use use) const {
        const auto* value = find(name);
        if (value == nullptr) return;
        const auto* list = value->if_array();
        if (list == nullptr) return complain(name, "must be a list");
        std::size_t at = 0;
        for (const auto& item : *list) {
            const std::string below = path(name) + "/" + std::to_string(at++);
            if (const auto* object = item.if_object())
                use(LinkingFields(*object, where_, below, complaints_));
            else
                complain(std::string(name) + "/" + std::to_string(at - 1), "must be an object");
        }
    }

    void complain(std::string_view name, std::string_view what) const;

private:
    /// Null if absent or null.
    const boost::json::value* find(std::string_view name) const;
    std::string path(std::string_view name) const { return pointer_ + "/" + std::string(name); }
    std::string as_text(const boost::json::value& value, std::string_view name) const;

    const boost::json::object& object_;
    std::string where_;
    std::string pointer_;
    Complaints& complaints_;
};

}  // namespace orderhub::runtime
