#include "hub/servicing/records/records.hpp"

#include "hub/domain/status.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "tests/servicing/desk.hpp"

namespace orderhub::servicing {
namespace {

std::string refused_field(json::object record) {
    const auto read = read_order_record(json::serialize(record));
    return read ? "(accepted)" : read.error().field;
}

TEST(OrderRecord, NamesTheFieldThatIsWrong) {
    json::object record = mugs_record();
    record["currency"] = "eur";
    EXPECT_EQ(refused_field(record), "/currency");
    record = mugs_record();
    record["totals"] = triple("30.00", "6.00", "36.01");
    EXPECT_EQ(refused_field(record), "/totals");
    const char* most = "92233720368547758.07";
    record["totals"] = triple(most, most, "1.00");
    EXPECT_EQ(refused_field(record), "/totals");
    record = mugs_record();
    record["lines"].as_array()[0].as_object()["total"] = triple("30.001", "6.00", "36.00");
    EXPECT_EQ(refused_field(record), "/lines/0/total/ex");
    record = mugs_record();
    record["payments"].as_array()[0].as_object()["state"] = "paid";
    EXPECT_EQ(refused_field(record), "/payments/0/state");
    record = mugs_record();
    record["placed_at"] = "yesterday";
    EXPECT_EQ(refused_field(record), "/placed_at");
    EXPECT_FALSE(read_order_record("{"));
    EXPECT_FALSE(read_order_record("[]"));
}

TEST(Instant, GoesThereAndBack) {
    for (const char* text : {"1970-01-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"})
        EXPECT_EQ(to_rfc3339(*from_rfc3339(text)), text);
    EXPECT_EQ(*from_rfc3339("2026-11-22T10:00:00.123456Z"),
              *from_rfc3339("2026-11-22T10:00:00.123Z"));
    for (const char* text :
         {"2026-02-30T00:00:00Z", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00",
          "2026-11-22T25:00:00Z", "", "2026-11-22T-1:00:00Z", "2026-11-22T10:00:00+01:00Z",
          "2026-11-22T10:00:00.-5Z", "2026-11-22T10:00:00.12xZ", "2026-11-22T10:00:00.Z"})
        EXPECT_FALSE(from_rfc3339(text)) << text;
}

TEST(OrderRecord, WhatANewerStorefrontSaysIsRead) {
    json::object record = mugs_record();
    record["managed"] = false;
    record["delivery_groups"] = list(json::object{
        {"id", "g1"}, {"recipient", {{"name", "Bob"}, {"city", "Ulm"}}}, {"method", "express"}});
    record["customer"].as_object()["account"] = {{"external_id", "acme"}, {"name", "Acme"}};
    json::object& line = record["lines"].as_array()[0].as_object();
    line["delivery_group"] = "g1";
    line["bundle"] = "b";
    line["units_per_bundle"] = 2;
    record["refunds"] = list(json::object{{"external_id", "r1"},
                                          {"payment", "p1"},
                                          {"amount", "1.00"},
                                          {"state", "succeeded"},
                                          {"kind", "chargeback"}});
    record["fulfilments"].as_array()[0].as_object()["key"] = "fo_1";
    const auto read = read_order_record(json::serialize(record));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_FALSE(read->managed);
    EXPECT_EQ(read->delivery_groups.at(0).id, "g1");
    EXPECT_EQ(read->delivery_groups.at(0).recipient.city, "Ulm");
    EXPECT_EQ(read->delivery_groups.at(0).method, "express");
    EXPECT_EQ(read->customer.account.name, "Acme");
    EXPECT_EQ(read->lines.at(0).delivery_group, "g1");
    EXPECT_EQ(read->lines.at(0).bundle, "b");
    EXPECT_EQ(read->lines.at(0).units_per_bundle, 2);
    EXPECT_TRUE(read->refunds.at(0).chargeback);
    EXPECT_EQ(read->fulfilments.at(0).key, "fo_1");
    record.erase("managed");
    EXPECT_TRUE(read_order_record(json::serialize(record))->managed);
}

/// Orders recorded from a real Vendure, as the connector maps them: the hub's totals are Vendure's
/// own.
class RecordedOrder : public ::testing::TestWithParam<std::string> {};

TEST_P(RecordedOrder, ImportsWithTheShopsOwnTotals) {
    const auto path = std::filesystem::path(VENDURE_CASES) / GetParam() / "expected.json";
    const json::value file = json::parse(read_file(path));
    const json::value record = file.as_object().contains("order") ? file.at("order") : file;
    const auto snapshot = read_order_record(json::serialize(record));
    ASSERT_TRUE(snapshot) << snapshot.error().message;
    domain::Order order;
    order.connector = "shop";
    domain::apply_snapshot(order, *snapshot);
    for (const auto& each : order.exceptions)
        ADD_FAILURE() << each.code << ": " << each.message;
    EXPECT_EQ(domain::total(order), snapshot->totals);
    EXPECT_EQ(domain::to_decimal(domain::total(order).inc, order.currency),
              at(record, "/totals/inc"));
    const std::string before = encode(order);
    EXPECT_TRUE(domain::apply_snapshot(order, *snapshot).empty());
    EXPECT_EQ(encode(order), before);
}

std::vector<std::string> recorded() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(VENDURE_CASES))
        if (std::filesystem::exists(entry.path() / "expected.json"))
            names.push_back(entry.path().filename());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Vendure, RecordedOrder, ::testing::ValuesIn(recorded()),
                         [](const auto& each) {
                             std::string name = each.param;
                             for (char& c : name)
                                 if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                             return name;
                         });

}  // namespace
}  // namespace orderhub::servicing
