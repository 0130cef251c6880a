// Reads a JSON object field by field: a canonical record, the input of an action, the result of a
// command. The first thing that is wrong is kept, with its JSON Pointer, and everything after it
// reads as empty; so the caller asks once, at the end.
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "hub/domain/order.hpp"
#include "hub/domain/pointer.hpp"
#include "hub/servicing/codec/described.hpp"

namespace orderhub::servicing {

class Reader {
public:
    /// `code`: of the error if something has the wrong shape.
    Reader(const boost::json::object& object, std::string pointer, std::optional<Error>& error,
           std::string_view code = "invalid_record")
        : object_(object), pointer_(std::move(pointer)), error_(error), code_(code) {}

    bool has(std::string_view name) const { return object_.contains(name); }
    std::string text(std::string_view name) const;
    std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
    bool flag(std::string_view name, bool otherwise) const;
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
        const boost::json::array* list = array(name);
        if (list == nullptr) return;
        std::size_t index = 0;
        for (const boost::json::value& item : *list) {
            const std::string at = path(name) + "/" + std::to_string(index++);
            if (const auto* object = item.if_object())
                use(Reader(*object, at, error_, code_));
            else
                refuse(at, "must be an object");
        }
    }
    std::vector<std::string> texts(std::string_view name) const;
    /// The member's text as a word of the enum.
    template <class Enum>
    Enum choice(std::string_view name, Enum otherwise) const {
        const std::string text = this->text(name);
        if (text.empty()) return otherwise;
        const auto value = from_word<Enum>(text);
        if (!value) refuse(path(name), "must be one of " + all_words<Enum>());
        return value.value_or(otherwise);
    }

    // Stricter, for what a person or a program asks for:

    /// Refuses every other member.
    void only(std::initializer_list<std::string_view> names) const;
    /// Refuses the object if the member is not there.
    void need(std::string_view name, std::string_view what) const;
    /// Text of 1 to 200 bytes.
    std::string required_text(std::string_view name) const;
    /// Text of at most 200 bytes.
    std::string short_text(std::string_view name) const;
    std::int64_t required_integer(std::string_view name) const;
    /// An amount above 0.
    domain::Minor positive(std::string_view name, const domain::Currency& currency) const;
    /// "12.5" -> 1,250 hundredths of a percent; above 0, at most 100.
    std::int64_t percent(std::string_view name) const;
    /// A list of at least one.
    void need_list(std::string_view name) const;
    template <class Enum>
    Enum required_choice(std::string_view name) const {
        need(name, "one of " + all_words<Enum>());
        return choice<Enum>(name, Enum{});
    }

    std::string path(std::string_view name) const { return pointer_below(pointer_, name); }
    void refuse(const std::string& pointer, std::string why) const;

private:
    const boost::json::array* array(std::string_view name) const;

    const boost::json::object& object_;
    std::string pointer_;
    std::optional<Error>& error_;
    std::string_view code_;
};

}  // namespace orderhub::servicing
