#include "rules.hpp"

#include <orderhub/http.hpp>
#include <orderhub/instant.hpp>

#include "codes.hpp"

namespace orderhub::ubl {

namespace {

int number_at(const std::string& text, std::size_t at, std::size_t length) {
    int number = 0;
    for (std::size_t i = at; i < at + length; ++i)
        number = number * 10 + (text[i] - '0');
    return number;
}

// The form has been checked by the command's schema.
bool is_date(const std::string& text) {
    if (text.size() != 10) return false;
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = number_at(text, 0, 4), month = number_at(text, 5, 2);
    const int day = number_at(text, 8, 2);
    if (month < 1 || month > 12 || day < 1) return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

void check_lines(const Note& note) {
    demand(!note.lines.empty(), "BR-16", "lines", "at least one");
    for (std::size_t i = 0; i < note.lines.size(); ++i) {
        const NoteLine& line = note.lines[i];
        const std::string field = "lines[" + std::to_string(i) + "]";
        demand(!line.name.empty(), "BR-25", field + ".name", "the name of what was sold");
        demand(line.quantity != 0, "BR-22", field + ".quantity", "not zero");
        demand(line.price >= 0, "BR-27", field + ".price", "not below zero");
        demand(line.base_quantity > 0, "PEPPOL-EN16931-R121", field + ".base_quantity",
               "above zero");
    }
    for (const Charge& charge : note.charges) {
        demand(!charge.reason.empty(), charge.is_charge ? "BR-38" : "BR-33", "delivery line's name",
               "the reason of the charge");
        demand(charge.amount >= 0, "BR-36", charge.reason, "not below zero");
    }
}

void check_payment(const Note& note) {
    const bool transfer = note.payment.code == "30" || note.payment.code == "58";
    demand(!note.payment.code.empty(), "BR-49", "payment.code", "a code of payment means");
    demand(!transfer || !note.payment.account.empty(), "BR-61", "payment.account", "an account");
}

}  // namespace

void demand(bool holds, const char* rule, const std::string& field, const std::string& expected) {
    if (!holds) throw sdk::rejected(rule, field + ": expected " + expected);
}

void check_rules(const Note& note) {
    demand(!note.number.empty(), "BR-02", "number", "a number");
    demand(is_date(note.date), "PEPPOL-EN16931-F001", "date", "a day of the calendar");
    demand(is_currency(note.currency), "BR-CL-04", "currency",
           "one of EN 16931's list, not " + note.currency);
    demand(!note.order_number.empty(), "PEPPOL-EN16931-R003", "order_number", "the order's number");
    for (const std::string& original : note.originals)
        demand(!original.empty(), "BR-55", "original_invoice", "a pattern that gives a number");
    check_lines(note);
    check_payment(note);
    check_categories(note);
    check_figures(note);
    check_parties(note);
    if (note.peppol) check_countries(note);
}

}  // namespace orderhub::ubl
