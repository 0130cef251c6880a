#include <fmt/format.h>

#include "http_types.hpp"
#include "tryton_invoice.hpp"
#include "tryton_models.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox::tryton {
namespace {

const json::object& invoice_defaults() {
    static const json::object kDefaults = {{"type", "out"},
                                           {"company", nullptr},
                                           {"currency", nullptr},
                                           {"party", nullptr},
                                           {"invoice_address", nullptr},
                                           {"journal", nullptr},
                                           {"account", nullptr},
                                           {"payment_term", nullptr},
                                           {"reference", nullptr},
                                           {"description", nullptr},
                                           {"invoice_date", nullptr},
                                           {"accounting_date", nullptr},
                                           {"comment", nullptr},
                                           {"party_tax_identifier", nullptr},
                                           {"lines", json::array{}},
                                           {"payment_term_date", nullptr},
                                           {"taxes", json::array{}}};
    return kDefaults;
}

const json::object& line_defaults() {
    static const json::object kDefaults = {
        {"type", "line"},         {"company", nullptr},     {"currency", nullptr},
        {"description", nullptr}, {"account", nullptr},     {"quantity", nullptr},
        {"unit", nullptr},        {"unit_price", nullptr},  {"product", nullptr},
        {"note", nullptr},        {"taxes", json::array{}}, {"origin", nullptr}};
    return kDefaults;
}

const json::object& tax_defaults() {
    static const json::object kDefaults = {
        {"manual", true},    {"tax", nullptr},         {"account", nullptr},     {"base", nullptr},
        {"amount", nullptr}, {"description", nullptr}, {"legal_notice", nullptr}};
    return kDefaults;
}

json::object filled(const json::object& values, const json::object& defaults) {
    json::object out = defaults;
    for (const auto& [name, value] : values) {
        if (!defaults.contains(name)) bare_error("'" + std::string(name) + "'");
        out[name] = value;
    }
    return out;
}

bool set(const json::object& record, const char* member) {
    return !record.at(member).is_null();
}

void must_exist(const State& state, const json::object& record, const char* member,
                const std::string& target, const std::string& label, const std::string& model) {
    if (!set(record, member)) return;
    if (find_record(state, target, int_of(record, member, -1)) != nullptr) return;
    user_error(fmt::format("The value \"{}\" for field \"{}\" in \"{}\" does not exist.",
                           scalar_text(record.at(member)), label, model));
}

std::string account_name(const State& state, const json::object& record) {
    const auto* account = find_record(state, "account.account", int_of(record, "account"));
    return fmt::format("{} - {}", text_of(*account, "code"), text_of(*account, "name"));
}

void check_price(const json::object& line) {
    const auto price = read_decimal(line.at("unit_price"));
    if (!price) user_error("A value is required for field \"Unit Price\" in \"Invoice Line\".");
    if (price->scale <= 4) return;
    const auto& given = line.at("unit_price");
    const std::string text =
        given.is_object() ? text_of(given.get_object(), "decimal") : scalar_text(given);
    user_error(
        fmt::format("The number of digits in the value \"Decimal('{}')\" for field \"Unit "
                    "Price\" in \"Invoice Line\" exceeds the limit of \"4\".",
                    text));
}

void check_line(const State& state, const json::object& invoice, const json::object& line) {
    if (find_record(state, "account.account", int_of(line, "account", -1)) == nullptr) {
        domain_error("Account", "Invoice Line");
    }
    if (int_of(line, "account") == int_of(invoice, "account")) {
        const std::string name = account_name(state, line);
        const std::string reference = text_of(invoice, "reference");
        user_error(
            fmt::format("You cannot use the same account \"{0}\" on invoice \"[{1}]\" and "
                        "on line \"{0} @ [{1}]\".",
                        name, reference));
    }
    const auto* company = find_record(state, "company.company", int_of(invoice, "company", -1));
    const bool foreign =
        company != nullptr && int_of(*company, "currency") != int_of(invoice, "currency");
    if (foreign &&
        (!set(line, "company") || int_of(line, "currency") != int_of(invoice, "currency"))) {
        domain_error("Lines", "Invoice");
    }
    check_price(line);
    for (const auto& tax : added_in(line.at("taxes"))) {
        if (find_record(state, "account.tax", tax.as_int64()) != nullptr) continue;
        user_error(
            fmt::format("The value \"{}\" for field \"Tax\" in \"Invoice Line - Tax\" does "
                        "not exist.",
                        tax.as_int64()));
    }
}

void check_tax_row(const State& state, const json::object& row) {
    for (const char* member : {"account", "description"}) {
        if (!set(row, member)) {
            user_error(
                fmt::format("A value is required for field \"{}\" in \"Invoice Tax\".", member));
        }
    }
    must_exist(state, row, "tax", "account.tax", "Tax", "Invoice Tax");
    must_exist(state, row, "account", "account.account", "Account", "Invoice Tax");
}

void check_invoice(const State& state, const json::object& invoice) {
    for (const char* member : {"company", "currency", "journal", "account"}) {
        if (!set(invoice, member)) {
            user_error(fmt::format("A value is required for field \"{}\" in \"Invoice\".", member));
        }
    }
    must_exist(state, invoice, "party", "party.party", "Party", "Invoice");
    must_exist(state, invoice, "currency", "currency.currency", "Currency", "Invoice");
    must_exist(state, invoice, "account", "account.account", "Account", "Invoice");
    must_exist(state, invoice, "journal", "account.journal", "Journal", "Invoice");
    const auto* address =
        find_record(state, "party.address", int_of(invoice, "invoice_address", -1));
    if (address == nullptr || int_of(*address, "party") != int_of(invoice, "party", -1)) {
        domain_error("Invoice Address", "Invoice");
    }
}

std::string origins_of(const State& state, const json::array& lines) {
    std::vector<std::string> names;
    for (const auto& line : lines) {
        const std::string origin = text_of(line.as_object(), "origin");
        if (!origin.starts_with("account.invoice.line,")) continue;
        const json::value id = parse_or_null(origin.substr(21));
        const auto* source =
            id.is_int64() ? find_record(state, "account.invoice.line", id.get_int64()) : nullptr;
        if (source == nullptr) continue;
        const auto name = reach(state, "account.invoice.line", *source, "invoice.rec_name");
        for (const auto& one : name) {
            if (names.empty() || names.back() != scalar_text(one))
                names.push_back(scalar_text(one));
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Tax rows that the caller brings; `post` keeps those whose base is the one it computes.
json::array store_taxes(State& state, std::int64_t invoice, const json::array& rows) {
    json::array ids;
    for (const auto& row : rows) {
        json::object record = filled(row.as_object(), tax_defaults());
        record["invoice"] = invoice;
        ids.emplace_back(add_record(state, "account.invoice.tax", std::move(record)));
    }
    return ids;
}

std::int64_t store_invoice(World& world, json::object invoice, const json::array& lines) {
    State& state = world.tryton;
    invoice["state"] = "draft";
    invoice["number"] = nullptr;
    for (const char* empty : {"move", "cancel_move", "reconciled"})
        invoice[empty] = nullptr;
    const json::array tax_rows = created_in(invoice.at("taxes"));
    invoice["taxes"] = invoice["lines_to_pay"] = json::array{};
    invoice["origins"] = origins_of(state, lines);
    const std::int64_t id = add_record(state, "account.invoice", std::move(invoice));
    json::array ids;
    for (const auto& one : lines) {
        json::object line = one.as_object();
        line["taxes"] = added_in(line.at("taxes"));
        line["invoice"] = id;
        ids.emplace_back(add_record(state, "account.invoice.line", std::move(line)));
    }
    json::object* stored = find_record(state, "account.invoice", id);
    (*stored)["lines"] = std::move(ids);
    (*stored)["taxes"] = store_taxes(state, id, tax_rows);
    put_totals(state, *stored);
    const auto total = text_of(object_of(*stored, "total_amount"), "decimal");
    world.record({"tryton", "invoice.create", fmt::format("account.invoice/{}", id), total,
                  currency_code(state, *stored), text_of(*stored, "reference")});
    return id;
}

}  // namespace

json::array create_invoices(World& world, const json::array& values) {
    std::vector<std::pair<json::object, json::array>> checked;
    for (const auto& value : values) {
        json::object invoice = filled(value.as_object(), invoice_defaults());
        check_invoice(world.tryton, invoice);
        json::array lines;
        for (const auto& line : created_in(invoice.at("lines"))) {
            json::object record = filled(line.as_object(), line_defaults());
            check_line(world.tryton, invoice, record);
            lines.push_back(std::move(record));
        }
        for (const auto& row : created_in(invoice.at("taxes"))) {
            check_tax_row(world.tryton, filled(row.as_object(), tax_defaults()));
        }
        checked.emplace_back(std::move(invoice), std::move(lines));
    }
    json::array ids;
    for (auto& [invoice, lines] : checked) {
        ids.emplace_back(store_invoice(world, std::move(invoice), lines));
    }
    return ids;
}

}  // namespace orderhub::sandbox::tryton
