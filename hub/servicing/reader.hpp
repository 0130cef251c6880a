// Reads a canonical record field by field. The first thing that is wrong is kept, with its JSON
// Pointer, and everything after it reads as empty; so the caller asks once, at the end.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "hub/domain/order.hpp"

namespace orderhub::servicing {

class Reader {
public:
    Reader(const boost::json::object& object, std::string pointer, std::optional<Error>& error)
        : object_(object), pointer_(std::move(pointer)), error_(error) {}

    bool has(std::string_view name) const { return object_.contains(name); }
    std::string text(std::string_view name) const;
    std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
    std::int64_t instant(std::string_view name) const;  ///< 0 if absent
    domain::Minor decimal(std::string_view name, const domain::Currency& currency) const;
    domain::Amount amount(std::string_view name, const domain::Currency& currency) const;
    domain::Customer customer(std::string_view name) const;
    domain::Address address(std::string_view name) const;
    std::vector<domain::Tax> taxes(std::string_view name, const domain::Currency& currency) const;

    Reader object(std::string_view name) const;
    /// Calls `use(Reader)` for each object of an array; an absent array is empty.
    template <class Use>
    void each(std::string_view name, Use use) const {
        const boost::json::value* found = object_.if_contains(name);
        if (found == nullptr || !found->is_array()) return;
        std::size_t index = 0;
        for (const boost::json::value& item : found->get_array()) {
            const std::string at =
                pointer_ + "/" + std::string(name) + "/" + std::to_string(index++);
            if (const auto* object = item.if_object())
                use(Reader(*object, at, error_));
            else
                refuse(at, "must be an object");
        }
    }
    /// The member's text as one of the names, in order; the first if absent.
    template <class Enum, std::size_t N>
    Enum choice(std::string_view name, const char* const (&names)[N]) const {
        const std::string word = text(name);
        for (std::size_t i = 0; i < N; ++i)
            if (word == names[i]) return static_cast<Enum>(i);
        if (!word.empty()) refuse(path(name), "is not one of the allowed words");
        return static_cast<Enum>(0);
    }

private:
    std::string path(std::string_view name) const { return pointer_ + "/" + std::string(name); }
    void refuse(const std::string& pointer, std::string why) const;

    const boost::json::object& object_;
    std::string pointer_;
    std::optional<Error>& error_;
};

}  // namespace orderhub::servicing
