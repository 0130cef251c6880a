#include "mapping.hpp"

namespace @NAME@ {

using namespace orderhub::sdk;

// SCAFFOLD: where the books show the sums.
Money totals_of(const Json& document) {
    const std::string currency = document.at("currency").text();
    return money_of(Amount(document.at("gross").text_or_digits(), currency),
                    Amount(document.at("tax").text_or_digits(), currency));
}

// SCAFFOLD: the members as your system names them.
Posting to_posting(const Json& document, const std::string& observed_at) {
    Posting record;
    record.source.external_id = document.at("id").text_or_digits();
    record.source.observed_at = observed_at;
    record.kind = document.at("credit").boolean() ? Posting::Kind::credit_memo : Posting::Kind::invoice;
    record.reference = document.at("reference").text();
    record.state = document.at("posted").boolean() ? Posting::State::posted : Posting::State::draft;
    if (document["number"].is_text()) record.posted_number = document["number"].text();
    record.date = document.at("date").text();
    record.currency = document.at("currency").text();
    record.totals = totals_of(document);
    return record;
}

}  // namespace @NAME@
