#include "parties.hpp"

#include <string>

#include "documents/members.hpp"

namespace orderhub::salesforce_commerce {
namespace {

using documents::first_of;
using documents::text_at;

constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestPhone = 64;

/// Countries are free text unless the organisation has switched to codes.
std::optional<std::string> country_of(std::string text) {
    const bool is_code = text.size() == 2 &&
                         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    return is_code ? std::optional(std::move(text)) : std::nullopt;
}

/// The parts of an address, whose names begin with `prefix`. A street may have several lines.
sdk::Address to_address(const Json& row, const std::string& prefix) {
    sdk::Address address;
    const std::string street = text_at(row, prefix + "Street");
    const std::size_t end = street.find('\n');
    address.line1 = first_of({street.substr(0, street.find_first_of("\r\n"))}, kLongestText);
    if (end != std::string::npos) address.line2 = first_of({street.substr(end + 1)}, kLongestText);
    address.city = first_of({text_at(row, prefix + "City")}, kLongestText);
    address.state = first_of({text_at(row, prefix + "State")}, kLongestText);
    address.postcode = first_of({text_at(row, prefix + "PostalCode")}, kLongestText);
    address.country = country_of(text_at(row, prefix + "Country"));
    return address;
}

bool is_empty(const sdk::Address& address) {
    return !address.name && !address.company && !address.line1 && !address.city && !address.state &&
           !address.postcode && !address.country;
}

}  // namespace

std::optional<sdk::OrderCustomer> to_customer(const Json& row) {
    const Json& contact = row["BillToContact"];
    sdk::OrderCustomer customer;
    customer.external_id =
        first_of({text_at(row, "BillToContactId"), text_at(row, "AccountId")}, kLongestId);
    customer.name =
        first_of({text_at(contact, "Name"), text_at(row["Account"], "Name")}, kLongestText);
    customer.email =
        first_of({text_at(row, "BillingEmailAddress"), text_at(contact, "Email")}, kLongestText);
    customer.phone =
        first_of({text_at(row, "BillingPhoneNumber"), text_at(contact, "Phone")}, kLongestPhone);
    const std::string account = text_at(row, "AccountId");
    if (!account.empty() && !text_at(row, "BillToContactId").empty())
        customer.account = sdk::OrderCustomerAccount{
            account, first_of({text_at(row["Account"], "Name")}, kLongestText)};
    const bool known = customer.external_id || customer.name || customer.email || customer.phone;
    return known ? std::optional(customer) : std::nullopt;
}

std::optional<sdk::Address> to_billing_address(const Json& row) {
    const sdk::Address address = to_address(row, "Billing");
    return is_empty(address) ? std::nullopt : std::optional(address);
}

std::vector<sdk::OrderDeliveryGroup> to_groups(const std::vector<Json>& rows) {
    std::vector<sdk::OrderDeliveryGroup> groups;
    for (const Json& row : rows) {
        sdk::OrderDeliveryGroup group;
        group.id = row.at("Id").text();
        sdk::Address recipient = to_address(row, "DeliverTo");
        recipient.name = first_of({text_at(row, "DeliverToName")}, kLongestText);
        recipient.phone = first_of({text_at(row, "PhoneNumber")}, kLongestPhone);
        if (!is_empty(recipient)) group.recipient = recipient;
        group.method = first_of({text_at(row["OrderDeliveryMethod"], "Name")}, kLongestText);
        groups.push_back(std::move(group));
    }
    return groups;
}

}  // namespace orderhub::salesforce_commerce
