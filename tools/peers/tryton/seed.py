"""Fills an empty Tryton database with what a company needs to book credit notes.

Usage: seed.py CONFIG DATABASE HUB_PASSWORD_FILE; prints the ids as JSON.
"""

import datetime
import json
import sys
from decimal import Decimal

from proteus import Model, Wizard, config

YEAR = datetime.date.today().year
CURRENCIES = [("EUR", "Euro", "978", 2, "1"), ("USD", "US Dollar", "840", 2, "1.10"),
              ("GBP", "Pound Sterling", "826", 2, "0.85"), ("JPY", "Yen", "392", 0, "160"),
              ("BHD", "Bahraini Dinar", "048", 3, "0.41")]
ACCOUNT_CODES = {"Main Cash": "1000", "Main Receivable": "1100", "Main Payable": "2100",
                 "Main Tax": "2200", "Main Revenue": "4000", "Main Expense": "6000"}
TAX_PERCENTS = ["20", "5", "0", "8.25", "2.5", "10", "8"]
SEQUENCES = {"out_invoice": "INV", "in_invoice": "BILL", "out_credit_note": "CRN",
             "in_credit_note": "SCRN"}
GROUPS = ["Account", "Party Administration", "Account Credit Limit"]


def one(model, *domain):
    found = Model.get(model).find(list(domain), limit=1)
    return found[0] if found else None


def make(model, **values):
    record = Model.get(model)(**values)
    record.save()
    return record


def currencies():
    made = {}
    for code, name, number, digits, rate in CURRENCIES:
        currency = Model.get("currency.currency")(
            name=name, symbol=code, code=code, numeric_code=number, digits=digits,
            rounding=Decimal(1).scaleb(-digits))
        line = currency.rates.new()
        line.date, line.rate = datetime.date(YEAR - 1, 1, 1), Decimal(rate)
        currency.save()
        made[code] = currency
    return made


def company_of(currency, session):
    company = make("company.company", party=make("party.party", name="Example Trading Ltd"),
                   currency=currency)
    admin = one("res.user", ("login", "=", "admin"))
    admin.companies.append(company)
    admin.company = company
    admin.save()
    session._context = Model.get("res.user").get_preferences(True, session.context)
    return company


def accounts(company):
    template = one("ir.model.data", ("module", "=", "account"),
                   ("fs_id", "=", "account_template_root_en"))
    chart = Wizard("account.create_chart")
    chart.execute("account")
    chart.form.account_template = Model.get("account.account.template")(template.db_id)
    chart.form.company = company
    chart.execute("create_account")
    for side in ("receivable", "payable"):
        setattr(chart.form, f"account_{side}", one("account.account", (f"type.{side}", "=", True),
                                                   ("company", "=", company.id)))
    chart.execute("create_properties")
    for name, code in ACCOUNT_CODES.items():
        account = one("account.account", ("name", "=", name))
        account.code = code
        account.save()
    revenue = one("account.account", ("code", "=", "4000"))
    for code, name in (("4010", "Shipping Revenue"), ("4090", "Sales Discounts")):
        make("account.account", name=name, code=code, type=revenue.type, parent=revenue.parent,
             company=company)
    return {account.code: account for account in
            Model.get("account.account").find([("code", "!=", None)])}


def fiscal_year(company):
    moves = make("ir.sequence", name=f"Moves {YEAR}", company=company, padding=5,
                 sequence_type=one("ir.sequence.type", ("name", "=", "Account Move")))
    year = Model.get("account.fiscalyear")(
        name=str(YEAR), start_date=datetime.date(YEAR, 1, 1), company=company,
        end_date=datetime.date(YEAR, 12, 31), post_move_sequence=moves)
    numbers = year.invoice_sequences[0] if year.invoice_sequences else year.invoice_sequences.new()
    kind = one("ir.sequence.type", ("name", "=", "Invoice"))
    for field, prefix in SEQUENCES.items():
        setattr(numbers, f"{field}_sequence", make(
            "ir.sequence.strict", name=f"{prefix} {YEAR}", sequence_type=kind, company=company,
            prefix=f"{prefix}-{YEAR}-", padding=5))
    year.save()
    year.click("create_period")
    return year


def taxes(company, account):
    return {percent: make("account.tax", name=f"VAT {percent}%", description=f"VAT {percent}%",
                          type="percentage", rate=Decimal(percent) / 100, company=company,
                          invoice_account=account, credit_note_account=account).id
            for percent in TAX_PERCENTS}


def payment_term():
    term = Model.get("account.invoice.payment_term")(name="Immediate")
    term.lines.new().type = "remainder"
    term.save()
    return term


def web_customers(term):
    """The collective customer that a web shop's memos are booked on."""
    party = Model.get("party.party")(name="Web shop customers", code="WEB",
                                     customer_payment_term=term)
    address = party.addresses[0] if party.addresses else party.addresses.new()
    address.street, address.city, address.postal_code = "1 Test Street", "Testville", "12345"
    party.save()
    return {"id": party.id, "address": party.addresses[0].id}


def hub_user(company, password):
    user = Model.get("res.user")(login="hub", name="Integration Hub", password=password)
    for name in GROUPS:
        user.groups.append(one("res.group", ("name", "=", name)))
    user.companies.append(Model.get("company.company")(company.id))
    user.save()
    user.company = Model.get("company.company")(company.id)
    user.save()
    return user


def main(config_file, database, password_file):
    session = config.set_trytond(database, user="admin", config_file=config_file)
    money = currencies()
    company = company_of(money["EUR"], session)
    books = accounts(company)
    year = fiscal_year(company)
    rates = taxes(company, books["2200"])
    term = payment_term()
    with open(password_file, encoding="ascii") as file:
        user = hub_user(company, file.read())
    print(json.dumps({
        "company": company.id, "company_currency": "EUR", "user_id": user.id,
        "currencies": {code: currency.id for code, currency in money.items()},
        "accounts": {code: account.id for code, account in books.items()},
        "journals": {kind: one("account.journal", ("type", "=", kind)).id
                     for kind in ("revenue", "cash")},
        "taxes": rates, "payment_term": term.id, "parties": {"WEB": web_customers(term)},
        "fiscal_year": {"id": year.id, "name": year.name},
    }))


main(*sys.argv[1:])
