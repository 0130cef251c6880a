#include "hub/runtime/linking_reader.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "hub/linking/fold.hpp"
#include "hub/runtime/linking_fields.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

linking::OrderLine read_line(const LinkingFields& from) {
    linking::OrderLine line;
    line.sku = from.text("sku");
    line.name = from.text("name");
    line.quantity = from.count("quantity", 1);
    line.unit_hundredths = from.hundredths("unit_price");
    line.options = from.values("options");
    return line;
}

std::string country_code(const std::string& text) {
    std::string code;
    for (const char c : text)
        code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return code == "UK" ? "GB" : code.size() == 2 ? code : std::string();
}

void read_place(const LinkingFields& from, linking::Order& order) {
    for (std::string& name : from.texts("name"))
        order.names.push_back(std::move(name));
    linking::Place place{from.text("line1"), from.text("city"), from.text("postcode")};
    if (const std::string more = from.text("line2"); !more.empty()) place.street += " " + more;
    if (order.country.empty()) order.country = country_code(from.text("country"));
    for (std::string& phone : from.texts("phone"))
        order.phones.push_back(std::move(phone));
    order.places.push_back(std::move(place));
}

linking::Order read_order(const LinkingFields& from) {
    linking::Order order;
    order.id = order.number = from.required("order_number");
    order.external_ids = from.texts("external_id");
    order.channel = from.text("channel");
    order.progress = linking::progress_of(from.text("status"));
    order.placed_at = from.instant("placed_at");
    from.object("customer", [&](const LinkingFields& customer) {
        order.customer_number = customer.text("external_id");
        order.names = customer.texts("name");
        order.email = customer.text("email");
        order.phones = customer.texts("phone");
    });
    for (const char* which : {"shipping_address", "billing_address"})
        from.object(which, [&](const LinkingFields& address) { read_place(address, order); });
    from.each("lines", [&](const LinkingFields& line) { order.lines.push_back(read_line(line)); });
    order.tracking_numbers = from.texts("tracking_numbers");
    return order;
}

linking::Ticket read_ticket(const LinkingFields& from) {
    linking::Ticket ticket;
    ticket.id = from.required("case_id");
    ticket.received_at = from.instant("received_at");
    ticket.subject = from.text("subject");
    ticket.body = from.text("body");
    from.object("requester", [&](const LinkingFields& requester) {
        ticket.name = requester.text("name");
        ticket.email = requester.text("email");
        ticket.phone = requester.text("phone");
        ticket.postcode = requester.text("postcode");
    });
    return ticket;
}

/// Calls `use(LinkingFields)` for each line that is an object.
template <class Use>
void each_object(const std::string& folder, const std::string& name, Complaints& complaints,
                 Use use) {
    std::ifstream file(folder + "/" + name);
    if (!file) return complaints.push_back(folder + "/" + name + ": cannot be read");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (linking::trim(line).empty()) continue;
        const std::string where = name + ":" + std::to_string(number);
        boost::system::error_code failed;
        const json::value value = json::parse(line, failed);
        if (failed || !value.is_object())
            complaints.push_back(where + ": must be one JSON object" +
                                 (failed ? " (" + failed.message() + ")" : ""));
        else
            use(LinkingFields(value.get_object(), where, "", complaints));
        if (complaints.size() >= 50) return;
    }
}

json::value read_json(const std::string& folder, const std::string& name, Complaints& complaints) {
    std::ifstream file(folder + "/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        complaints.push_back(folder + "/" + name + ": cannot be read");
        return {};
    }
    boost::system::error_code failed;
    json::value value = json::parse(text.str(), failed);
    if (failed) complaints.push_back(name + ": is no JSON (" + failed.message() + ")");
    return value;
}

}  // namespace

LinkingInput read_linking_input(const std::string& folder, Complaints& complaints) {
    LinkingInput input;
    std::set<std::string> numbers, ids;
    each_object(folder, "orders.jsonl", complaints, [&](const LinkingFields& from) {
        input.orders.push_back(read_order(from));
        if (!numbers.insert(input.orders.back().number).second)
            from.complain("order_number", "stands in an earlier line too");
    });
    each_object(folder, "cases.jsonl", complaints, [&](const LinkingFields& from) {
        input.tickets.push_back(read_ticket(from));
        if (!ids.insert(input.tickets.back().id).second)
            from.complain("case_id", "stands in an earlier line too");
    });
    return input;
}

Gold read_gold(const std::string& folder, const LinkingInput& input, Complaints& complaints) {
    Gold gold;
    const json::value value = read_json(folder, "gold.json", complaints);
    if (!complaints.empty()) return gold;
    if (!value.is_object()) {
        complaints.emplace_back("gold.json: must be an object of case ids");
        return gold;
    }
    std::set<std::string> numbers, ids;
    for (const linking::Order& order : input.orders)
        numbers.insert(order.number);
    for (const linking::Ticket& ticket : input.tickets)
        ids.insert(ticket.id);
    const LinkingFields from(value.get_object(), "gold.json", "", complaints);
    for (const auto& [id, orders] : value.get_object()) {
        if (!ids.contains(std::string(id))) from.complain(id, "is no case of cases.jsonl");
        for (std::string& number : from.texts(id)) {
            if (!numbers.contains(number))
                from.complain(id, number + " is no order of orders.jsonl");
            gold[std::string(id)].push_back(std::move(number));
        }
        gold.try_emplace(std::string(id));
    }
    return gold;
}

std::set<std::string> read_undetermined(const std::string& folder, Complaints& complaints) {
    std::set<std::string> ids;
    if (!std::ifstream(folder + "/undetermined.json")) return ids;
    const json::value value = read_json(folder, "undetermined.json", complaints);
    const auto* list = value.if_array();
    if (list == nullptr) {
        complaints.emplace_back("undetermined.json: must be a list of case ids");
        return ids;
    }
    for (const json::value& each : *list)
        if (each.is_string()) ids.emplace(each.get_string());
    return ids;
}

}  // namespace orderhub::runtime
