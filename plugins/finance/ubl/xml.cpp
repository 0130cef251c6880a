#include "xml.hpp"

#include <sstream>

#include "element.hpp"
#include "xml_amounts.hpp"
#include "xml_parties.hpp"

namespace orderhub::ubl {

namespace {

constexpr const char* kEn16931 = "urn:cen.eu:en16931:2017";
constexpr const char* kPeppol =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
constexpr const char* kProfile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
const std::string kNamespace = "urn:oasis:names:specification:ubl:schema:xsd:";
constexpr const char* kOurs = "orderhub";

pugi::xml_node add_root(pugi::xml_document& file, const char* name) {
    pugi::xml_node root = file.append_child(name);
    const auto declare = [&](const char* attribute, const std::string& what) {
        root.append_attribute(attribute).set_value((kNamespace + what + "-2").c_str());
    };
    declare("xmlns", name);
    declare("xmlns:cac", "CommonAggregateComponents");
    declare("xmlns:cbc", "CommonBasicComponents");
    return root;
}

void add_head(const Element& root, const Note& note) {
    root.value("CustomizationID", note.peppol ? kPeppol : kEn16931);
    root.value("ProfileID", kProfile);
    root.value("ID", note.number);
    root.value("IssueDate", note.date);
    if (note.kind == Kind::credit_note)
        root.value("CreditNoteTypeCode", "381");
    else
        root.value("InvoiceTypeCode", "380");
    root.value("Note", note.text);
    root.value("DocumentCurrencyCode", note.currency);
    root.value("BuyerReference", note.buyer_reference);
}

void add_references(const Element& root, const Note& note) {
    root.group("OrderReference").value("ID", note.order_number);
    for (const std::string& original : note.originals)
        root.group("BillingReference").group("InvoiceDocumentReference").value("ID", original);
}

void add_payment(const Element& root, const Note& note) {
    const Element means = root.group("PaymentMeans");
    means.value("PaymentMeansCode", note.payment.code);
    if (!note.payment.account.empty())
        means.group("PayeeFinancialAccount").value("ID", note.payment.account);
    if (note.kind == Kind::invoice && !note.payment.terms.empty())
        root.group("PaymentTerms").value("Note", note.payment.terms);
}

std::string value_of(const pugi::xml_node& node, const char* name) {
    return node.child(name).text().get();
}

}  // namespace

std::string to_xml(const Note& note, std::string_view key) {
    pugi::xml_document file;
    pugi::xml_node declaration = file.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    pugi::xml_node ours = file.append_child(pugi::node_pi);
    ours.set_name(kOurs);
    ours.set_value(std::string(key).c_str());
    const Element root(add_root(file, note.kind == Kind::credit_note ? "CreditNote" : "Invoice"),
                       note.currency);
    add_head(root, note);
    add_references(root, note);
    add_parties(root, note);
    add_payment(root, note);
    add_amounts(root, note);
    std::ostringstream out;
    file.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
}

std::optional<Written> read_written(const std::string& text) {
    pugi::xml_document file;
    const auto parsed =
        file.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_pi);
    const pugi::xml_node ours = file.child(kOurs);
    if (!parsed || ours.type() != pugi::node_pi) return std::nullopt;
    const pugi::xml_node root = file.document_element();
    const pugi::xml_node totals = root.child("cac:LegalMonetaryTotal");
    return Written{ours.value(),
                   value_of(root, "cbc:ID"),
                   value_of(root, "cbc:DocumentCurrencyCode"),
                   value_of(totals, "cbc:TaxExclusiveAmount"),
                   value_of(root.child("cac:TaxTotal"), "cbc:TaxAmount"),
                   value_of(totals, "cbc:TaxInclusiveAmount")};
}

}  // namespace orderhub::ubl
