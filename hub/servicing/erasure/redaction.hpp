// A person's data in texts of any kind: found, and replaced. Internal to servicing.
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"

namespace orderhub::servicing {

/// What stands in the place of what was erased.
inline constexpr std::string_view kErased = "[erased]";

/// What is known of a person. E-mail addresses, phone numbers and parcels' numbers find texts about
/// him, and so does a full name beside one of his addresses: others have his name, and others live
/// there. The rest is replaced only in those.
struct PersonalData {
    std::set<std::string> names_him;
    std::set<std::string> full_names;
    std::set<std::string> addresses;  ///< streets and postcodes
    std::set<std::string> tells_of_him;
    std::set<std::string> ids;  ///< of his orders and cases, and the names of their records

    void add(const domain::Customer& contact);
    void add(const domain::Address& address);
    void add(const domain::Order& order);
    void add(const domain::Case& support_case);
    void add_email(std::string_view address);

    boost::json::object to_json() const;
    static PersonalData from_json(const boost::json::object& from);

private:
    void add_name(const std::string& name);
    void add_phone(const std::string& phone);
};

class Redaction {
public:
    explicit Redaction(const PersonalData& data);

    /// Whether a text names the person, his orders or his cases. Letters of both cases, and as JSON
    /// and forms write them.
    bool concerns(std::string_view text) const;
    bool is_his(const std::string& id) const { return ids_.contains(id); }
    /// The text with kErased in the place of all that is known of him.
    std::string redacted(std::string_view text) const;
    /// The same of a member's text.
    void redact(std::string& text) const { text = redacted(text); }

private:
    struct Needle {
        std::string text;      ///< ASCII letters in lower case
        bool is_word = false;  ///< to stand alone
    };
    void add_needles(const std::set<std::string>& texts, std::vector<Needle>& to, bool words);

    std::vector<Needle> naming_, full_names_, addresses_;
    std::vector<Needle> all_;  ///< the longest first
    std::set<std::string> ids_;
};

}  // namespace orderhub::servicing
