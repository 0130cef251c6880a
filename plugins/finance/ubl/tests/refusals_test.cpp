// What cannot be a document of EN 16931 is refused by the rule that it would break, and leaves no
// file.
#include <gtest/gtest.h>

#include <filesystem>

#include "world.hpp"

namespace orderhub::ubl::test {
namespace {

struct Refusal {
    const char* code;
    const char* names;  ///< what the message names
    const char* memo;
    const char* config = "{}";
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.code << " " << refusal.memo << " " << refusal.config;
}

#define AMOUNTS(ex, tax, inc) "{\"ex\": \"" ex "\", \"tax\": \"" tax "\", \"inc\": \"" inc "\"}"
#define LINE(ex, tax, inc, rest)                                                       \
    "{\"kind\": \"product\", \"name\": \"Mug\", \"quantity\": 1, \"total\": " AMOUNTS( \
        ex, tax, inc) rest "}"
#define RATE(rate) ", \"taxes\": [{\"label\": \"VAT\", \"rate\": \"" rate "\", \"amount\": \"0\"}]"
#define ONE(ex, tax, inc, rest) \
    "{\"totals\": " AMOUNTS(ex, tax, inc) ", \"lines\": [" LINE(ex, tax, inc, rest) "]}"
#define DUTCH                                                                                 \
    "\"seller\": {\"name\": \"Voorbeeld BV\", \"vat_id\": \"NL123456789B01\", \"endpoint\": " \
    "{\"id\": \"12345678\", \"scheme\": \"0106\"}, \"address\": {\"line1\": \"Dam 1\", "      \
    "\"city\": \"Amsterdam\", \"postcode\": \"1012\", \"country\": \"NL\"}}"
#define KNOWN "\"buyers\": {\"c1\": {\"endpoint\": {\"id\": \"DE1\", \"scheme\": \"9930\"}}}"

const Refusal kRefusals[] = {
    {"BR-DEC", "totals.ex",
     R"({"currency": "BHD", "totals": )" AMOUNTS("1.235", "0.123", "1.358") "}"},
    {"invalid_document", "totals", R"({"totals": )" AMOUNTS("20.00", "3.80", "23.81") "}"},
    {"invalid_document", "totals", R"({"totals": )" AMOUNTS("20.00", "3.81", "23.81") "}"},
    {"invalid_document", "decimals", R"({"totals": )" AMOUNTS("20.001", "3.80", "23.80") "}"},
    {"invalid_document", "lines", R"({"lines": [], "totals": )" AMOUNTS("0", "0", "0") "}"},
    {"BT-152", "lines[0].taxes", ONE("20.00", "3.80", "23.80", "")},
    {"BT-152", "lines[0].taxes", ONE("20.00", "3.80", "23.80", RATE("0"))},
    {"BR-S-09", "tax at 19 %", ONE("20.00", "4.80", "24.80", RATE("19"))},
    {"BR-S-09", "3.80 EUR on 20.00 EUR", ONE("20.00", "2.80", "22.80", RATE("19.00"))},
    {"BR-S-09", "sign", ONE("1.00", "-0.10", "0.90", RATE("19"))},
    {"BR-S-09", "tax at 0.4 %", ONE("1000.00", "4.00", "1004.00", RATE("0.4"))},
    {"negative_total", "totals", ONE("-1.00", "-0.19", "-1.19", RATE("19"))},
    {"BR-CL-04", "BGN", R"({"currency": "BGN"})"},
    {"BR-11", "billing_address.country", R"({"billing_address": {"name": "Ada"}})"},
    {"BR-11", "billing_address.country",
     R"({"billing_address": {"name": "Ada", "country": "QQ"}})"},
    {"BR-07", "billing_address.name", R"({"billing_address": {"country": "DE"}, "customer": {}})"},
    {"BR-25", "lines[0].name", R"({"lines": [{"kind": "product", "name": " \n ", "quantity": 1,
        "total": {"ex": "20.00", "tax": "3.80", "inc": "23.80"},
        "taxes": [{"label": "VAT", "rate": "19", "amount": "3.80"}]}]})"},
    {"PEPPOL-EN16931-F001", "date", R"({"date": "2026-02-29"})"},
    {"PEPPOL-EN16931-F001", "date", R"({"date": "2026-13-01"})"},
    {"PEPPOL-EN16931-R010", "buyers", "{}", R"({"profile": "peppol"})"},
    {"PEPPOL-EN16931-R020", "seller.endpoint", "{}",
     R"({"profile": "peppol", "seller": {"name": "X", "vat_id": "FR1", "address": {"country": "FR"}}})"},
    {"PEPPOL-EN16931-R003", "order_number", R"({"order_number": "  "})"},
    {"unbuilt_country", "seller", "{}",
     R"({"profile": "peppol", )" KNOWN R"(, "seller": {"name": "X", "vat_id": "SE1", "endpoint":
         {"id": "1", "scheme": "9957"}, "address": {"country": "FR"}}})"},
    {"DE-R-005", "seller.contact.name", "{}",
     "{" KNOWN
     R"(, "seller": {"name": "X", "vat_id": "DE1", "endpoint": {"id": "DE1", "scheme": "9930"},
         "address": {"city": "B", "postcode": "1", "country": "DE"}}})"},
    {"DE-R-008", "billing_address", R"({"billing_address": {"name": "Ada", "country": "DE"}})",
     "{" KNOWN "}"},
    {"NL-R-001", "original_invoice", "{}", "{" DUTCH "," KNOWN R"(, "original_invoice": ""})"},
    {"NL-R-003", "seller.legal_id", "{}",
     "{" KNOWN R"(, "seller": {"name": "X", "vat_id": "NL1", "legal_id": {"id": "1"}, "endpoint":
         {"id": "1", "scheme": "0106"}, "address": {"line1": "D", "city": "A", "postcode": "1", "country": "NL"}}})"},
    {"BR-S-02", "seller.vat_id", "{}",
     R"({"seller": {"name": "X", "legal_id": {"id": "1"}, "address": {"country": "FR"}}})"},
    {"BR-G-02", "seller.vat_id", ONE("5.00", "0.00", "5.00", ""),
     R"({"untaxed": {"category": "G", "reason_code": "VATEX-EU-G"},
         "seller": {"name": "X", "legal_id": {"id": "1"}, "address": {"country": "FR"}}})"},
    {"BR-AE-02", "buyers", ONE("5.00", "0.00", "5.00", ""),
     R"({"untaxed": {"category": "AE", "reason_code": "VATEX-EU-AE"}})"},
    {"BR-CO-26", "seller", ONE("5.00", "0.00", "5.00", ""),
     R"({"untaxed": {"category": "O", "reason": "outside the scope of VAT"}})"},
    {"BR-O-11", "lines",
     R"({"totals": )" AMOUNTS("15.00", "1.90", "16.90") R"(, "lines": [)" LINE(
         "10.00", "1.90", "11.90", RATE("19")) "," LINE("5.00", "0.00", "5.00", "") "]}",
     R"({"untaxed": {"category": "O", "reason": "outside"}, "seller": {"name": "X", "tax_id": "T1",
         "legal_id": {"id": "1"}, "address": {"country": "FR"}}})"},
    {"BR-02", "number", R"({"number": "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ"})"},
};

class Refusals : public testing::TestWithParam<Refusal> {};

TEST_P(Refusals, NameTheRule) {
    const Directory directory;
    testkit::FakeHost host(config(directory.path(), GetParam().config));
    const testkit::Outcome refused =
        host.execute("credit_memo.post", "key-1", memo(GetParam().memo));
    EXPECT_EQ(refused.outcome, OH_REJECTED);
    EXPECT_EQ(refused.code, GetParam().code) << refused.message;
    EXPECT_NE(refused.message.find(GetParam().names), std::string::npos) << refused.message;
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

INSTANTIATE_TEST_SUITE_P(Rules, Refusals, testing::ValuesIn(kRefusals));

struct BadConfig {
    const char* names;
    const char* config;
};

class BadConfigs : public testing::TestWithParam<BadConfig> {};

TEST_P(BadConfigs, AreRefusedAtOnce) {
    try {
        testkit::FakeHost host(config("/tmp", GetParam().config));
        FAIL() << "taken: " << GetParam().config;
    } catch (const std::runtime_error& refused) {
        EXPECT_NE(std::string(refused.what()).find(GetParam().names), std::string::npos)
            << refused.what();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Keys, BadConfigs,
    testing::Values(
        BadConfig{"seller.vat_id",
                  R"({"seller": {"name": "X", "vat_id": "T123", "address": {"country": "JP"}}})"},
        BadConfig{"seller: expected vat_id",
                  R"({"seller": {"name": "X", "address": {"country": "DE"}}})"},
        BadConfig{"seller.address.country",
                  R"({"seller": {"name": "X", "vat_id": "DE1", "address": {"country": "EL"}}})"},
        BadConfig{"buyers.c1.endpoint.scheme",
                  R"({"buyers": {"c1": {"endpoint": {"id": "1", "scheme": "9901"}}}})"},
        BadConfig{"buyers.c1.endpoint.id",
                  R"({"buyers": {"c1": {"endpoint": {"id": "4000001000006", "scheme": "0088"}}}})"},
        BadConfig{"buyers.c1.legal_id.scheme",
                  R"({"buyers": {"c1": {"legal_id": {"id": "1", "scheme": "0092"}}}})"},
        BadConfig{"untaxed", R"({"untaxed": {"category": "E"}})"},
        BadConfig{"untaxed_fee", R"({"untaxed_fee": {"category": "Z", "reason": "why"}})"},
        BadConfig{"payment.account", R"({"payment": {"code": "58"}})"}));

}  // namespace
}  // namespace orderhub::ubl::test
