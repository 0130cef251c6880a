#include "mapping.hpp"

namespace @NAME@ {

using namespace orderhub::sdk;

// SCAFFOLD: the members as your system names them.
Case to_case(const Json& ticket, const std::string& observed_at) {
    Case record;
    record.source.external_id = ticket.at("id").text_or_digits();
    record.source.updated_at = ticket.at("changed").text();
    record.source.observed_at = observed_at;
    record.subject = ticket.at("subject").text();
    record.state = ticket.at("open").boolean() ? Case::State::open : Case::State::closed;
    record.created_at = ticket.at("created").text();
    if (ticket["email"].is_text()) record.requester.emplace().email = ticket["email"].text();
    if (ticket["order"].is_text()) record.order_number = ticket["order"].text();
    return record;
}

}  // namespace @NAME@
