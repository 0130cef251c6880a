// Addresses and phone numbers, each brought into one form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/linking/text.hpp"

namespace orderhub::linking {

/// Lower case, without surrounding blanks: as it is stored and shown.
std::string normal_email(std::string_view text);
/// The mailbox that an address reaches: without what follows a plus sign, and for Google's mail
/// without dots and under one domain. Empty for what has no @ between two parts.
std::string mailbox(std::string_view email);
/// Letters of the part before the @, folded, as words: "anna.schmidt82" gives anna, schmidt.
std::vector<std::string> email_names(std::string_view email);
/// The addresses in a text that are not in quoted history, as mailboxes, each once; marks their
/// words in `taken`.
std::vector<std::string> find_emails(const Text& text, std::vector<bool>& taken);

/// E.164 ("+49301234"); a number without a country is one of `country` (ISO 3166-1). Empty if it
/// is none.
std::string e164(std::string_view text, std::string_view country);
/// What two spellings of one number have in common: its last eight digits. Empty for less.
std::string phone_key(std::string_view phone);
/// Phone numbers in a text, E.164, each once; marks their words in `taken`.
std::vector<std::string> find_phones(const Text& text, std::string_view country,
                                     std::vector<bool>& taken);

/// Upper case letters and digits: "sw1a 1aa" gives "SW1A1AA", "D-10115" gives "10115".
std::string postcode_key(std::string_view text);

}  // namespace orderhub::linking
