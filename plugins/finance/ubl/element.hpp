// Building UBL elements in the order in which they are added.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "amount.hpp"

namespace orderhub::ubl {

/// An element under construction. Empty texts make no element (PEPPOL-EN16931-R008).
class Element {
public:
    Element(pugi::xml_node node, const std::string& currency) : node_(node), currency_(currency) {}

    /// A group, cac:NAME.
    Element group(const char* name) const {
        return {node_.append_child((std::string("cac:") + name).c_str()), currency_};
    }
    /// A value, cbc:NAME.
    void value(const char* name, const std::string& text) const {
        if (!text.empty()) add(name, text);
    }
    void value(const char* name, const std::string& text, const char* attribute,
               const std::string& attribute_text) const {
        if (text.empty()) return;
        pugi::xml_node made = add(name, text);
        if (!attribute_text.empty())
            made.append_attribute(attribute).set_value(attribute_text.c_str());
    }
    void amount(const char* name, Hundredths amount) const {
        value(name, to_text(amount, currency_), "currencyID", currency_);
    }

private:
    pugi::xml_node add(const char* name, const std::string& text) const {
        pugi::xml_node made = node_.append_child((std::string("cbc:") + name).c_str());
        made.text().set(text.c_str());
        return made;
    }

    mutable pugi::xml_node node_;  // a handle: what it refers to is changed through it
    const std::string& currency_;
};

}  // namespace orderhub::ubl
