// What the operator configured, as values. The keys are described in manifest.json.
#pragma once

#include <map>
#include <optional>
#include <orderhub/document.hpp>
#include <string>

#include "party.hpp"

namespace orderhub::ubl {

/// Which rules a document is written for. `by_buyer`: Peppol if the buyer has an endpoint.
enum class Profile { by_buyer, peppol, en16931 };

/// What is known of one buyer beside what the order says.
struct Buyer {
    std::string name;
    std::string vat_id;
    Identifier legal_id;
    Identifier endpoint;
    std::string reference;
};

/// The category of lines without tax.
struct Untaxed {
    std::string category = "Z";
    std::string reason_code;
    std::string reason;
};

struct Payment {
    std::string code = "57";
    std::string account;  ///< IBAN
    std::string terms;
};

/// What becomes of tax that EN 16931 does not accept for its base.
enum class TaxDifference { refuse, restate };

struct Config {
    std::string directory;
    std::string taken;  ///< where files are moved by whoever hands them over
    Party seller;
    std::map<std::string, Buyer, std::less<>> buyers;  ///< by customer id or e-mail address
    Profile profile = Profile::by_buyer;
    Untaxed untaxed;
    Untaxed untaxed_fee;
    Payment payment;
    std::string unit = "C62";
    std::string original_invoice;  ///< pattern, see manifest; empty: none is named
    std::string default_country;
    bool settled = false;
    TaxDifference tax_difference = TaxDifference::refuse;
};

/// Reads a configuration that has passed the manifest's schema. Throws std::exception otherwise,
/// and for what no document could be written with: a code that is in none of the lists, a number
/// whose check digit is wrong.
Config read_config(const sdk::Document& source);

}  // namespace orderhub::ubl
