// What the matcher compares: orders, and cases.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::linking {

struct OrderLine {
    std::string sku;
    std::string name;
    std::int64_t quantity = 1;
    std::int64_t unit_hundredths = 0;  ///< what one costs, in hundredths of the currency
    std::vector<std::string> options;  ///< values such as "blue" or "XL"
};

enum class Progress : std::uint8_t { unknown, open, shipped, delivered, returned, cancelled };

/// How far an order is, by the word that its system has for it ("PARTIALLY_SHIPPED", "refunded").
Progress progress_of(std::string_view status);

/// Where an order goes, or who pays for it lives.
struct Place {
    std::string street;  ///< with the house number
    std::string city;
    std::string postcode;
};

struct Order {
    std::string id;
    std::string number;
    std::vector<std::string> external_ids;
    std::string channel;
    Progress progress = Progress::unknown;
    std::int64_t placed_at = 0;  ///< milliseconds; 0: not known
    std::string customer_number;
    std::vector<std::string> names;  ///< of buyer and recipients
    std::string email;
    std::vector<std::string> phones;
    std::vector<Place> places;
    std::string country;  ///< ISO 3166-1; empty: the default
    std::vector<OrderLine> lines;
    std::int64_t total_hundredths = 0;  ///< 0: not known, then the sum of the lines counts
    std::vector<std::string> tracking_numbers;
};

/// A case as it is to be matched.
struct Ticket {
    std::string id;
    std::int64_t received_at = 0;  ///< milliseconds; 0: not known
    std::string subject;
    std::string body;
    std::vector<std::string> more;  ///< later messages of the customer
    std::string name;
    std::string email;
    std::string phone;
    std::string postcode;
    std::vector<std::string> order_numbers;    ///< as a field of the desk has them
    std::vector<std::string> rejected_orders;  ///< ids that a person has ruled out
};

}  // namespace orderhub::linking
