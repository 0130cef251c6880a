#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

// What the stand-in shop remembers. Amounts are minor units of the order's currency, instants are
// microseconds, tax rates are hundredths of a percent (825 = 8.25 %).
namespace orderhub::sandbox::vendure {

namespace json = boost::json;

struct Channel {
    std::int64_t id = 0;
    std::string code;
    std::string token;
    std::string currency;
    bool prices_include_tax = false;
    std::string zone;  ///< names its tax rows, e.g. "US"
};

struct Product {
    std::int64_t id = 0;
    std::string sku;
    std::string name;
    std::map<std::string, std::int64_t> price;  ///< by currency
};

struct Address {
    std::string full_name;
    std::string company;
    std::string street1;
    std::string street2;
    std::string city;
    std::string province;
    std::string postal_code;
    std::string country;
    std::string country_code;
    std::string phone;
};

struct Customer {
    std::int64_t id = 0;
    std::string first;
    std::string last;
    std::string email;
    std::string phone;
    std::int64_t created = 0;
};

/// Adjustments are negative, in the terms of the list price (net or gross as the channel has it)
/// and belong to the quantity that was placed: they shrink with the quantity that is left.
struct Line {
    std::int64_t id = 0;
    std::int64_t variant = 0;
    std::string sku;
    std::string name;
    std::int64_t list_price = 0;
    std::int64_t placed = 0;
    std::int64_t quantity = 0;
    std::int64_t tax_rate = 0;
    std::int64_t item_discount = 0;
    std::int64_t order_discount = 0;
    std::int64_t created = 0;
    std::int64_t updated = 0;
};

struct LineQuantity {
    std::int64_t line = 0;
    std::int64_t quantity = 0;
};

struct Shipping {
    std::int64_t id = 0;
    std::string code;
    std::int64_t list_price = 0;
    std::int64_t tax_rate = 0;
    bool cancelled = false;
};

struct Refund {
    std::int64_t id = 0;
    std::int64_t items = 0;
    std::int64_t shipping = 0;
    std::int64_t adjustment = 0;
    std::int64_t total = 0;
    std::string state;
    std::string method;
    std::string transaction;
    std::string reason;
    std::vector<LineQuantity> lines;
    std::int64_t created = 0;
    std::int64_t updated = 0;
};

struct Payment {
    std::int64_t id = 0;
    std::string method;
    std::int64_t amount = 0;
    std::string state;
    std::string transaction;
    std::string error;  ///< the provider's words if it refused
    std::vector<Refund> refunds;
    std::int64_t created = 0;
    std::int64_t updated = 0;
};

struct Fulfillment {
    std::int64_t id = 0;
    std::string state;
    std::string method;
    std::string tracking;
    std::vector<LineQuantity> lines;
    std::int64_t created = 0;
    std::int64_t updated = 0;
};

struct HistoryEntry {
    std::int64_t id = 0;
    std::string type;
    bool is_public = true;
    json::value data;
    std::int64_t created = 0;
};

struct Order {
    std::int64_t id = 0;
    std::string code;
    std::string state;
    bool active = false;
    std::string channel;  ///< token
    std::string currency;
    bool prices_include_tax = false;
    std::string coupon;
    std::int64_t coupon_percent = 0;
    Customer customer;
    Address shipping_address;
    Address billing_address;
    std::vector<Line> lines;
    std::vector<Shipping> shipping;
    std::vector<Payment> payments;
    std::vector<Fulfillment> fulfillments;
    std::vector<HistoryEntry> history;
    std::string hub_reference;
    std::string hub_note;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t placed = 0;
};

/// Behaviour that differs from shop to shop.
struct Switches {
    bool touch_updated_at = false;        ///< true: every change moves updatedAt
    std::string card_refund = "Pending";  ///< state a card refund starts in: Pending or Settled
    std::string refuse_capture;           ///< what the provider says to a capture; empty: yes
};

struct State {
    std::vector<Channel> channels;
    std::vector<Product> products;
    std::vector<Order> orders;
    std::vector<std::string> sessions;
    Switches switches;
    std::map<std::string, std::int64_t> last_id;
};

BOOST_DESCRIBE_STRUCT(Channel, (), (id, code, token, currency, prices_include_tax, zone))
BOOST_DESCRIBE_STRUCT(Product, (), (id, sku, name, price))
BOOST_DESCRIBE_STRUCT(Address, (),
                      (full_name, company, street1, street2, city, province, postal_code, country,
                       country_code, phone))
BOOST_DESCRIBE_STRUCT(Customer, (), (id, first, last, email, phone, created))
BOOST_DESCRIBE_STRUCT(Line, (),
                      (id, variant, sku, name, list_price, placed, quantity, tax_rate,
                       item_discount, order_discount, created, updated))
BOOST_DESCRIBE_STRUCT(LineQuantity, (), (line, quantity))
BOOST_DESCRIBE_STRUCT(Shipping, (), (id, code, list_price, tax_rate, cancelled))
BOOST_DESCRIBE_STRUCT(Refund, (),
                      (id, items, shipping, adjustment, total, state, method, transaction, reason,
                       lines, created, updated))
BOOST_DESCRIBE_STRUCT(Payment, (),
                      (id, method, amount, state, transaction, error, refunds, created, updated))
BOOST_DESCRIBE_STRUCT(Fulfillment, (), (id, state, method, tracking, lines, created, updated))
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (id, type, is_public, data, created))
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, code, state, active, channel, currency, prices_include_tax, coupon,
                       coupon_percent, customer, shipping_address, billing_address, lines, shipping,
                       payments, fulfillments, history, hub_reference, hub_note, created, updated,
                       placed))
BOOST_DESCRIBE_STRUCT(Switches, (), (touch_updated_at, card_refund, refuse_capture))
BOOST_DESCRIBE_STRUCT(State, (), (channels, products, orders, sessions, switches, last_id))

}  // namespace orderhub::sandbox::vendure
