#include "http_types.hpp"
#include "seed.hpp"
#include "text.hpp"
#include "tryton_store.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox {
namespace {

using tryton::add_record;
using tryton::decimal_value;

void currencies(tryton::State& erp) {
    const struct {
        const char* code;
        const char* name;
        const char* numeric;
        int digits;
        const char* rate;  ///< per EUR
    } rows[] = {{"EUR", "Euro", "978", 2, "1"},
                {"USD", "US Dollar", "840", 2, "1.10"},
                {"GBP", "Pound Sterling", "826", 2, "0.85"},
                {"JPY", "Yen", "392", 0, "160"},
                {"BHD", "Bahraini Dinar", "048", 3, "0.41"}};
    for (const auto& row : rows) {
        add_record(erp, "currency.currency",
                   {{"code", row.code},
                    {"name", row.name},
                    {"numeric_code", row.numeric},
                    {"digits", row.digits},
                    {"rounding", decimal_value(1, row.digits)},
                    {"rate", decimal_value(row.rate)},
                    {"active", true}});
    }
}

void accounts(tryton::State& erp) {
    const struct {
        const char* code;
        const char* name;
        bool active;
    } rows[] = {{"6000", "Main Expense", true},    {"2100", "Main Payable", true},
                {"1000", "Main Cash", true},       {"3000", "Main Equity", true},
                {"1100", "Main Receivable", true}, {"4000", "Main Revenue", true},
                {"2200", "Main Tax", true},        {"4010", "Shipping Revenue", true},
                {"4090", "Sales Discounts", true}, {"4999", "Closed Revenue", false}};
    for (const auto& row : rows) {
        add_record(
            erp, "account.account",
            {{"code", row.code}, {"name", row.name}, {"company", 1}, {"active", row.active}});
    }
}

void taxes(tryton::State& erp) {
    const std::pair<const char*, const char*> rows[] = {
        {"VAT 20%", "0.20"}, {"VAT 5%", "0.05"}, {"VAT 0%", "0"}, {"Sales tax 8.25%", "0.0825"}};
    for (const auto& [name, rate] : rows) {
        add_record(erp, "account.tax",
                   {{"name", name},
                    {"description", name},
                    {"type", "percentage"},
                    {"rate", decimal_value(rate)},
                    {"company", 1},
                    {"invoice_account", 7},
                    {"credit_note_account", 7},
                    {"legal_notice", nullptr},
                    {"update_unit_price", false},
                    {"active", true}});
    }
}

void party(tryton::State& erp, const char* code, const char* name, const char* email) {
    const std::int64_t id = erp.last_id["party.party"] + 1;
    const std::int64_t address = add_record(erp, "party.address",
                                            {{"party", id},
                                             {"street", "1 Test Street"},
                                             {"postal_code", "12345"},
                                             {"city", "Testville"},
                                             {"country", nullptr},
                                             {"party_name", nullptr}});
    const std::int64_t contact = add_record(erp, "party.contact_mechanism",
                                            {{"party", id}, {"type", "email"}, {"value", email}});
    add_record(erp, "party.party",
               {{"name", name},
                {"code", code},
                {"addresses", json::array{address}},
                {"contact_mechanisms", json::array{contact}},
                {"account_receivable", nullptr},
                {"customer_payment_term", 2},
                {"credit_amount", decimal_value("0.0")},
                {"credit_limit_amount", nullptr},
                {"active", true},
                {"lang", nullptr}});
}

void countries(tryton::State& erp) {
    const std::pair<const char*, const char*> rows[] = {
        {"US", "United States"}, {"GB", "United Kingdom"}, {"DE", "Germany"},
        {"FR", "France"},        {"JP", "Japan"},          {"BH", "Bahrain"}};
    for (const auto& [code, name] : rows) {
        add_record(erp, "country.country", {{"code", code}, {"name", name}, {"active", true}});
    }
}

void fiscal_year(tryton::State& erp, int year, const char* state) {
    add_record(erp, "account.fiscalyear",
               {{"name", std::to_string(year)},
                {"company", 1},
                {"start_date", tryton::date_value(day_start(year, 1, 1))},
                {"end_date", tryton::date_value(day_start(year, 12, 31))},
                {"state", state}});
}

}  // namespace

void seed_tryton(World& world) {
    auto& erp = world.tryton;
    currencies(erp);
    add_record(erp, "company.company", {{"party", 1}, {"currency", 1}});
    accounts(erp);
    taxes(erp);
    countries(erp);
    add_record(erp, "account.journal", {{"name", "Revenue"}, {"code", "REV"}, {"type", "revenue"}});
    add_record(erp, "account.journal", {{"name", "Cash"}, {"code", "CASH"}, {"type", "cash"}});
    add_record(erp, "account.invoice.payment_term", {{"name", "Immediate"}, {"active", true}});
    add_record(erp, "account.invoice.payment_term", {{"name", "Net 30"}, {"active", true}});
    party(erp, "COMPANY", "Example Trading Ltd", "office@example.test");
    party(erp, "WEB", "Web shop customers (collective)", "web@example.test");
    party(erp, "CUST-0001", "Ada Example", "ada@example.test");
    party(erp, "CUST-0002", "Bulk Buyer GmbH", "orders@bulk.example.test");
    add_record(erp, "product.uom", {{"name", "Unit"}, {"symbol", "u"}, {"digits", 0}});
    const std::pair<const char*, const char*> goods[] = {
        {"MUG-1", "Mug"}, {"TEA-1", "Tea"}, {"SHIP", "Shipping"}};
    for (const auto& [code, name] : goods) {
        add_record(erp, "product.product", {{"code", code}, {"name", name}, {"active", true}});
    }
    const int year = civil(now_us()).year;
    fiscal_year(erp, year - 1, "close");
    fiscal_year(erp, year, "open");
}

}  // namespace orderhub::sandbox
