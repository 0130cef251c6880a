// A record that its schema refuses does not leave the connector, and the place is named.
#include <gtest/gtest.h>

#include <orderhub/limits.hpp>
#include <orderhub/records/order.hpp>
#include <tuple>
#include <vector>

namespace {

using namespace orderhub::sdk;

Json good_order() {
    const Json price = Json::object({{"ex", "8.00"}, {"tax", "2.00"}, {"inc", "10.00"}});
    const Json tax = Json::object({{"label", "VAT"}, {"rate", "25"}, {"amount", "2.00"}});
    const Json line = Json::object({{"external_id", "l1"},
                                    {"kind", "product"},
                                    {"name", "Tasse \u00e4"},
                                    {"quantity", 0},
                                    {"list", price},
                                    {"total", price},
                                    {"taxes", Json::array({tax})}});
    return Json::object({{"source", Json::object({{"external_id", "o1"},
                                                  {"observed_at", "2026-11-23T10:00:00.123456Z"}})},
                         {"number", "1001"},
                         {"currency", "EUR"},
                         {"tax_locale", "net"},
                         {"state", "open"},
                         {"placed_at", "2026-11-23T10:00:00Z"},
                         {"totals", price},
                         {"lines", Json::array({line})}});
}

/// Of an order with another value at `place`: a member of the order, of its line ("line.") or of
/// the line's tax ("tax.").
std::string fault_with(std::string_view place, const Json& value) {
    Json order = good_order();
    Json line = order["lines"].items().front();
    Json tax = line["taxes"].items().front();
    if (place.starts_with("tax.")) {
        tax.set(place.substr(4), value);
        line.set("taxes", Json::array({tax}));
    } else if (place.starts_with("line.")) {
        line.set(place.substr(5), value);
    } else {
        order.set(place, value);
    }
    if (place != "lines") order.set("lines", Json::array({line}));
    return limit::fault_of(from_json<Order>(order));
}

TEST(Limits, an_order_as_it_should_be_has_no_fault) {
    EXPECT_EQ(limit::fault_of(from_json<Order>(good_order())), "");
}

TEST(Limits, the_first_member_that_does_not_fit_is_named) {
    std::string long_text;
    for (int i = 0; i < 512; ++i)
        long_text += "\u00e4";
    EXPECT_EQ(fault_with("line.name", long_text), "");
    const std::string price =
        ": expected an amount of at most 15 digits before the point and 4 behind it";
    const std::string instant = ": expected an instant of RFC 3339 in UTC";
    const Json line = good_order()["lines"].items().front();
    for (const auto& [place, value, words] :
         std::vector<std::tuple<const char*, Json, std::string>>{
             {"number", "", "/number: expected 1 to 128 characters"},
             {"line.name", long_text + "x", "/lines/0/name: expected at most 512 characters"},
             {"line.external_id", "", "/lines/0/external_id: expected 1 to 128 characters"},
             {"line.quantity", -1, "/lines/0/quantity: expected at least 0"},
             {"lines", Json::array(std::vector<Json>(5001, line)),
              "/lines: expected at most 5000 entries"},
             {"tax.rate", "1000",
              "/lines/0/taxes/0/rate: expected a percentage of at most 3 digits before the point "
              "and 4 behind it"},
             {"tax.amount", "1234567890123456.00", "/lines/0/taxes/0/amount" + price},
             {"tax.amount", "1.", "/lines/0/taxes/0/amount" + price},
             {"tax.amount", "--1", "/lines/0/taxes/0/amount" + price},
             {"currency", "eur", "/currency: expected a currency code of three capitals"},
             {"placed_at", "2026-11-23", "/placed_at" + instant},
             {"placed_at", "2026-11-23T10:00:00.Z", "/placed_at" + instant},
             {"placed_at", "2026-11-23T10:00:00", "/placed_at" + instant},
             {"shipping_address", Json::object({{"country", "UKR"}}),
              "/shipping_address/country: expected a country code of two capitals"}})
        EXPECT_EQ(fault_with(place, value), words);
}

}  // namespace
