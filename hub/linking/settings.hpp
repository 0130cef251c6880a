// What an operator may set: patterns, weights, thresholds (config/linking.yaml). A weight is in
// points: ten points more make an order about three times as likely to be the one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace orderhub::linking {

enum class CheckDigit { none, luhn, mod11, mod97 };

/// How a channel's order numbers look.
struct NumberPattern {
    std::string channel;  ///< for the evidence; empty: all
    /// '#' a digit, '@' a letter, '*' either; all else stands for itself. Blanks, dashes and dots
    /// do not count.
    std::string format;
    CheckDigit check = CheckDigit::none;  ///< over the digits, the last (mod97: two) being it
};

struct Weights {
    // Who it is.
    int email = 40;            ///< the requester's address is the order's
    int email_alias = 38;      ///< an agent has confirmed that the address is this customer's
    int email_in_text = 36;    ///< the order's address stands in the text
    int email_typo = 18;       ///< nearly the order's address
    int phone = 34;            ///< the order's phone number
    int customer_number = 38;  ///< the customer's number in the shop
    int full_name = 18;
    int initial_name = 15;  ///< initial or short form, and surname
    int surname = 9;
    int given_name = 6;
    int postcode = 16;
    int street = 12;  ///< street and house number
    int city = 4;
    // Which order.
    int number = 60;
    int number_misread = 50;  ///< the same but for O/0, I/1, S/5, B/8
    int number_part = 30;     ///< without its prefix
    int number_typo = 24;     ///< one slip away
    int number_quoted = 5;    ///< only in quoted history
    int tracking = 60;
    int product = 30;  ///< at most, for words that fit the order's lines
    int other_product = -12;
    int amount_total = 14;
    int amount_line = 9;
    int date = 14;  ///< at most, for a day on which the order was placed
    int other_date = -8;
    int state = 4;
    int other_state = -4;
    int last_order = 10;
    int age = -8;              ///< at most, for orders long before the case
    int not_yet_placed = -60;  ///< the order was placed after the case
};

struct Thresholds {
    int identity = 28;       ///< of who it is, for a link without a number
    int evidence = 8;        ///< of which order, for a link without a number
    int total = 36;          ///< for a link at all
    int margin = 9;          ///< to the next order, for a link
    int owner = 12;          ///< of who it is, for a number to be the requester's own
    int suggestion = 10;     ///< of both, to be suggested
    int suggestions = 5;     ///< at most
    int look_up_limit = 60;  ///< orders looked at for one signal
};

struct Settings {
    std::vector<NumberPattern> patterns;
    Weights weights;
    Thresholds thresholds;
    std::string default_country = "DE";  ///< ISO 3166-1, for phone numbers without a country
    int late_order_days = 14;            ///< so long a case that found nothing waits for its order
    int desk_refresh_seconds = 30;  ///< a desk is told again of a case's orders at most this often
};

}  // namespace orderhub::linking
