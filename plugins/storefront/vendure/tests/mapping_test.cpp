// Recorded Vendure orders become records whose figures are Vendure's own, to the minor unit.
#include "mapping.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "amount.hpp"
#include "shop.hpp"

namespace orderhub::vendure {
namespace {

constexpr std::int64_t kObserved = 1'795'000'000'000;
const Links kLinks{"https://shop.example/admin/orders/{id}", "https://track.example/{tracking}"};

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(VENDURE_CASES_DIR))
        names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

json::value expected(std::string_view name) {
    std::ifstream file(std::string(VENDURE_CASES_DIR) + "/" + std::string(name) + "/expected.json");
    std::stringstream content;
    content << file.rdbuf();
    return json::parse(content.str());
}

/// A record's triple in minor units; checks that ex + tax = inc.
Amount read(const json::value& money, std::string_view currency) {
    const auto minor = [&](std::string_view key) {
        return sdk::to_minor(std::string_view(money.at(key).as_string()), currency);
    };
    EXPECT_EQ(minor("ex") + minor("tax"), minor("inc"));
    return {minor("ex"), minor("inc")};
}

Amount adjusted_list(const json::object& line, std::string_view currency) {
    Amount sum = read(line.at("list"), currency);
    if (line.contains("adjustments"))
        for (const json::value& each : line.at("adjustments").as_array())
            sum = sum + read(each.at("amount"), currency);
    return sum;
}

void expect_equal(Amount actual, Amount wanted) {
    EXPECT_EQ(actual.ex, wanted.ex);
    EXPECT_EQ(actual.inc, wanted.inc);
}

class Recorded : public testing::TestWithParam<std::string> {};

TEST_P(Recorded, GivesTheExpectedRecord) {
    const json::object record = to_record(recorded_order(GetParam()), kLinks, kObserved);
    EXPECT_EQ(json::value(record), expected(GetParam())) << json::serialize(record);
}

TEST_P(Recorded, AddsUpToTheShopsOwnTotals) {
    const json::object order = recorded_order(GetParam());
    const json::object record = to_record(order, kLinks, kObserved);
    const std::string currency(std::string_view(record.at("currency").as_string()));
    Amount sum;
    for (const json::value& each : record.at("lines").as_array()) {
        const json::object& line = each.as_object();
        const Amount total = read(line.at("total"), currency);
        expect_equal(adjusted_list(line, currency), total);
        if (line.contains("taxes")) {
            std::int64_t taxes = 0;
            for (const json::value& tax : line.at("taxes").as_array())
                taxes += sdk::to_minor(std::string_view(tax.at("amount").as_string()), currency);
            EXPECT_EQ(taxes, total.tax());
        }
        sum = sum + total;
    }
    expect_equal(sum, {order.at("total").as_int64(), order.at("totalWithTax").as_int64()});
    expect_equal(read(record.at("totals"), currency), sum);
}

INSTANTIATE_TEST_SUITE_P(Cases, Recorded, testing::ValuesIn(case_names()), [](const auto& info) {
    std::string name = "case_" + info.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

json::object with_currency(std::string_view currency) {
    json::object order = recorded_order("17-plain");
    order["currencyCode"] = currency;
    return order;
}

TEST(Mapping, TakesVendureFiguresAsMinorUnitsOfTheCurrency) {
    const json::object yen = to_record(with_currency("JPY"), {}, kObserved);
    EXPECT_EQ(yen.at("totals").at("inc").as_string(), "12219");
    const json::object dinar = to_record(with_currency("BHD"), {}, kObserved);
    EXPECT_EQ(dinar.at("totals").at("inc").as_string(), "12.219");
    EXPECT_EQ(dinar.at("payments").at(0).at("amount").as_string(), "12.219");
}

TEST(Mapping, ReadsOurKeyBackFromRefundsAndCancellations) {
    json::object order = recorded_order("15-return");
    json::object& refund = order["payments"].at(0).at("refunds").at(0).as_object();
    refund["reason"] = "Returned [orderhub:R-1]";
    for (json::value& each : order["history"].at("items").as_array())
        if (each.at("type") == "ORDER_CANCELLATION")
            each.at("data").as_object()["reason"] = "[orderhub:C_2]";
    const json::object record = to_record(order, {}, kObserved);
    EXPECT_EQ(record.at("refunds").at(0).at("key").as_string(), "R-1");
    EXPECT_EQ(record.at("refunds").at(0).at("reason").as_string(), "Returned");
    EXPECT_EQ(record.at("cancellations").at(0).at("key").as_string(), "C_2");
    EXPECT_FALSE(record.at("cancellations").at(0).as_object().contains("reason"));
    EXPECT_EQ(find_refund(order, "R-1"), &refund);
    EXPECT_EQ(find_refund(order, "R-2"), nullptr);
    EXPECT_EQ(find_refund(order, ""), nullptr);
    EXPECT_NE(find_cancellation(order, "C_2"), nullptr);
    EXPECT_EQ(find_cancellation(order, ""), nullptr);
}

TEST(Mapping, MakesSurchargesFeeLinesThatMayBeNegative) {
    json::object order = recorded_order("17-plain");
    order["surcharges"] = json::array{
        json::object{{"id", "5"},
                     {"description", "Voucher"},
                     {"sku", ""},
                     {"price", -1000},
                     {"priceWithTax", -1125},
                     {"taxLines", json::array{{{"description", "state"}, {"taxRate", 8.25}},
                                              {{"description", "city"}, {"taxRate", 4.25}}}}}};
    const json::object record = to_record(order, {}, kObserved);
    const json::object& fee = record.at("lines").as_array().back().as_object();
    EXPECT_EQ(fee.at("external_id").as_string(), "surcharge:5");
    EXPECT_EQ(fee.at("kind").as_string(), "fee");
    EXPECT_EQ(fee.at("total").at("inc").as_string(), "-11.25");
    EXPECT_EQ(fee.at("taxes").at(0).at("amount").as_string(), "-0.83");
    EXPECT_EQ(fee.at("taxes").at(1).at("amount").as_string(), "-0.42");
}

TEST(Mapping, LabelsALeftoverMinorUnitWhereNoOrderDiscountCanTakeIt) {
    json::object order = recorded_order("17-plain");
    json::object& line = order["lines"].at(0).as_object();
    line["proratedLinePriceWithTax"] = line.at("proratedLinePriceWithTax").as_int64() - 1;
    const json::object record = to_record(order, {}, kObserved);
    const json::value& adjustment = record.at("lines").at(0).at("adjustments").at(0);
    EXPECT_EQ(adjustment.at("label").as_string(), "rounding");
    EXPECT_EQ(adjustment.at("amount").at("inc").as_string(), "-0.01");
}

TEST(Mapping, RefusesAFractionOfAMinorUnit) {
    json::object order = recorded_order("17-plain");
    order["total"] = 11144.5;
    EXPECT_THROW(to_record(order, {}, kObserved), MappingError);
}

TEST(Mapping, DoesNotCountCartsAsPlaced) {
    json::object order = recorded_order("17-plain");
    EXPECT_TRUE(is_placed(order));
    order["active"] = true;
    EXPECT_FALSE(is_placed(order));
    order["active"] = false;
    order["orderPlacedAt"] = nullptr;
    EXPECT_FALSE(is_placed(order));
}

}  // namespace
}  // namespace orderhub::vendure
