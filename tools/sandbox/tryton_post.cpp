#include <fmt/format.h>

#include <algorithm>

#include "http_types.hpp"
#include "text.hpp"
#include "tryton_invoice.hpp"
#include "tryton_models.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox::tryton {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

std::string name_of(const State& state, const json::object& invoice) {
    return scalar_text(reach(state, "account.invoice", invoice, "rec_name").front());
}

bool draft(const json::object& invoice) {
    return text_of(invoice, "state") == "draft";
}

/// Day that the posting is dated: accounting date, else invoice date, else today.
std::int64_t posting_day(const json::object& invoice) {
    for (const char* member : {"accounting_date", "invoice_date"}) {
        if (const auto day = read_instant(invoice.at(member))) return *day;
    }
    return now_us() / kDay * kDay;
}

std::string us_date(std::int64_t us) {
    const CivilTime t = civil(us);
    return fmt::format("{:02}/{:02}/{:04}", t.month, t.day, t.year);
}

bool is_credit_note(const State& state, const json::object& invoice) {
    const int digits = digits_of(state, invoice);
    std::int64_t total = 0;
    bool none_positive = true;
    for (const auto* line : lines_of(state, invoice)) {
        const std::int64_t amount = line_amount(*line, digits);
        total += amount;
        none_positive = none_positive && amount <= 0;
    }
    return none_positive && total < 0;
}

std::string prefix_of(const State& state, const json::object& invoice) {
    return fmt::format("{}-{}-", is_credit_note(state, invoice) ? "CRN" : "INV",
                       civil(posting_day(invoice)).year);
}

void check_post(const State& state, const json::object& invoice) {
    const std::int64_t day = posting_day(invoice);
    if (civil(day).year != civil(now_us()).year) {
        user_error(fmt::format("To continue, you must create a period for the date \"{}\".",
                               us_date(day)));
    }
    const std::string prefix = prefix_of(state, invoice);
    const auto last = state.last_day.find(prefix);
    if (last != state.last_day.end() && day < last->second) {
        user_error(
            fmt::format("To number the invoice \"{}\", you must set an accounting date after "
                        "\"{}\" because the sequence \"{}\" has already been used.",
                        name_of(state, invoice), us_date(day),
                        prefix.substr(0, 3) + " " + prefix.substr(4, 4)));
    }
    for (const auto* line : lines_of(state, invoice)) {
        const auto* account = find_record(state, "account.account", int_of(*line, "account"));
        if (!bool_of(*account, "active", true)) domain_error("Account", "Account Move Line");
    }
}

/// Brings the tax rows in line with the lines, as Tryton does: a row whose base is right keeps its
/// amount, whoever gave it; another is computed again; one that belongs to no line goes.
json::array settle_taxes(State& state, const json::object& invoice) {
    const int digits = digits_of(state, invoice);
    std::vector<TaxAmount> open = taxes_of(state, invoice);
    json::array ids;
    for (const auto& id : array_of(invoice, "taxes")) {
        json::object& row = *find_record(state, "account.invoice.tax", id.as_int64());
        const std::int64_t base = minor_of(row, "base", digits);
        const auto same = std::find_if(open.begin(), open.end(), [&](const TaxAmount& one) {
            return one.tax == int_of(row, "tax") && one.credit == (base < 0);
        });
        if (!bool_of(row, "manual") && same == open.end()) continue;
        ids.push_back(id);
        if (bool_of(row, "manual")) continue;
        if (same->base != base) {
            row["base"] = decimal_value(same->base, digits);
            row["amount"] = decimal_value(same->amount, digits);
        }
        open.erase(same);
    }
    for (const TaxAmount& tax : open) {
        ids.emplace_back(add_record(state, "account.invoice.tax",
                                    {{"invoice", invoice.at("id")},
                                     {"manual", false},
                                     {"tax", tax.tax},
                                     {"account", 7},
                                     {"base", decimal_value(tax.base, digits)},
                                     {"amount", decimal_value(tax.amount, digits)},
                                     {"description", nullptr},
                                     {"legal_notice", nullptr}}));
    }
    return ids;
}

/// Amount in company currency, from an amount of the invoice's currency.
std::int64_t in_company_currency(const State& state, const json::object& invoice, Wide amount,
                                 int digits) {
    const auto* currency = find_record(state, "currency.currency", int_of(invoice, "currency"));
    const Decimal rate = read_decimal(currency->at("rate")).value_or(Decimal{1, 0});
    return round_half_even(amount * 100 * power_of_ten(rate.scale),
                           power_of_ten(digits) * rate.digits);
}

struct Posting {
    std::int64_t account = 0;
    std::int64_t amount = 0;  ///< debit positive, in the invoice's currency
};

std::int64_t book(State& state, json::object& invoice, const std::vector<Posting>& postings) {
    const int digits = digits_of(state, invoice);
    const bool foreign = currency_code(state, invoice) != "EUR";
    const std::int64_t id = int_of(invoice, "id");
    const std::int64_t move = add_record(state, "account.move",
                                         {{"origin", fmt::format("account.invoice,{}", id)},
                                          {"number", nullptr},
                                          {"state", "posted"}});
    std::int64_t balance = 0;
    for (const Posting& one : postings) {
        std::int64_t company = in_company_currency(state, invoice, one.amount, digits);
        // the receivable comes last and takes what rounding left over
        if (&one == &postings.back()) company = -balance;
        balance += company;
        add_record(state, "account.move.line",
                   {{"move", move},
                    {"account", one.account},
                    {"debit", decimal_value(std::max<std::int64_t>(company, 0), 2)},
                    {"credit", decimal_value(std::max<std::int64_t>(-company, 0), 2)},
                    {"amount_second_currency",
                     foreign ? decimal_value(one.amount, digits) : json::value{}},
                    {"second_currency", foreign ? invoice.at("currency") : json::value{}},
                    {"maturity_date", nullptr}});
    }
    return move;
}

/// What the invoice books: revenue and tax per line and row, the receivable last.
std::vector<Posting> postings_of(const State& state, const json::object& invoice) {
    const int digits = digits_of(state, invoice);
    std::vector<Posting> out;
    std::int64_t total = 0;
    const auto put = [&](std::int64_t account, std::int64_t amount) {
        total += amount;
        out.push_back({account, -amount});
    };
    for (const auto* line : lines_of(state, invoice)) {
        put(int_of(*line, "account"), line_amount(*line, digits));
    }
    for (const auto& id : array_of(invoice, "taxes")) {
        const auto* row = find_record(state, "account.invoice.tax", id.as_int64());
        put(int_of(*row, "account"), minor_of(*row, "amount", digits));
    }
    out.push_back({int_of(invoice, "account"), total});
    return out;
}

void post_one(World& world, json::object& invoice) {
    State& state = world.tryton;
    const std::string prefix = prefix_of(state, invoice);
    invoice["taxes"] = settle_taxes(state, invoice);
    const auto postings = postings_of(state, invoice);
    state.last_day[prefix] = posting_day(invoice);
    invoice["number"] = fmt::format("{}{:05}", prefix, ++state.sequence[prefix]);
    if (invoice.at("invoice_date").is_null()) invoice["invoice_date"] = date_value(now_us());
    invoice["state"] = postings.back().amount == 0 ? "paid" : "posted";
    invoice["move"] = book(state, invoice, postings);
    invoice["write_date"] = datetime_value(now_us());
    put_totals(state, invoice);
    world.record({"tryton", "invoice.post",
                  fmt::format("account.invoice/{}", int_of(invoice, "id")),
                  text_of(object_of(invoice, "total_amount"), "decimal"),
                  currency_code(state, invoice), text_of(invoice, "reference")});
}

void must_be_draft(const State& state, const json::object& invoice) {
    if (draft(invoice)) return;
    user_error(
        fmt::format("You cannot modify invoice \"{}\" because it is posted, paid or cancelled.",
                    name_of(state, invoice)));
}

}  // namespace

void post_invoices(World& world, const json::array& ids) {
    for (const auto& id : ids) {
        const auto* invoice = find_record(world.tryton, "account.invoice", id.as_int64());
        if (draft(*invoice)) check_post(world.tryton, *invoice);
    }
    for (const auto& id : ids) {
        json::object* invoice = find_record(world.tryton, "account.invoice", id.as_int64());
        if (draft(*invoice)) post_one(world, *invoice);
    }
}

void delete_invoices(World& world, const json::array& ids) {
    for (const auto& id : ids) {
        must_be_draft(world.tryton, *find_record(world.tryton, "account.invoice", id.as_int64()));
    }
    for (const auto& id : ids) {
        const auto* invoice = find_record(world.tryton, "account.invoice", id.as_int64());
        const std::string reference = text_of(*invoice, "reference");
        std::erase_if(world.tryton.records["account.invoice"],
                      [&](const json::value& record) { return record.as_object().at("id") == id; });
        world.record({"tryton", "invoice.delete", fmt::format("account.invoice/{}", id.as_int64()),
                      "", "", reference});
    }
}

void write_invoices(World& world, const json::array& ids, const json::object& values) {
    for (const auto& id : ids) {
        json::object& invoice = *find_record(world.tryton, "account.invoice", id.as_int64());
        must_be_draft(world.tryton, invoice);
        for (const auto& [name, value] : values) {
            if (!invoice.contains(name)) bare_error("'" + std::string(name) + "'");
            invoice[name] = value;
        }
        invoice["write_date"] = datetime_value(now_us());
        world.record({"tryton", "invoice.write", fmt::format("account.invoice/{}", id.as_int64()),
                      "", "", text_of(invoice, "reference")});
    }
}

}  // namespace orderhub::sandbox::tryton
