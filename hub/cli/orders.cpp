#include "hub/cli/command.hpp"

namespace orderhub::cli {

namespace json = boost::json;

namespace {

Exit find_orders(Context& context, const std::string& text, bool exceptions) {
    const auto page =
        context.api.get("/orders" + query({{"q", text}, {"exceptions", exceptions ? "true" : ""}}));
    print_page(context, page.body,
               {{"NUMBER", "/number"},
                {"STATUS", "/status"},
                {"TOTAL", "/total"},
                {"CUR", "/currency"},
                {"PLACED", "/placed_at"},
                {"E-MAIL", "/customer/email"},
                {"ID", "/id"}});
    return kOk;
}

void print_part(Context& context, const json::value& order, const char* part, const char* title,
                const std::vector<std::pair<std::string, std::string>>& columns) {
    const auto& items = order.at(part).as_array();
    if (items.empty()) return;
    context.out << "\n" << title << "\n";
    print_page(context, json::object{{"items", items}}, columns);
}

void print_order(Context& context, const json::value& order) {
    const auto currency = " " + cell(order, "/currency");
    context.out << "Order " << cell(order, "/number") << " (" << cell(order, "/id") << ", version "
                << cell(order, "/version") << ")\n"
                << "Status    " << cell(order, "/status") << ", payment "
                << cell(order, "/payment_status") << ", in " << cell(order, "/connector") << ": "
                << cell(order, "/storefront_state") << "\n"
                << "Customer  " << cell(order, "/customer/name") << " <"
                << cell(order, "/customer/email") << ">\n"
                << "Total     " << cell(order, "/totals/current/inc") << currency << " (originally "
                << cell(order, "/totals/original/inc") << ")\n"
                << "Captured  " << cell(order, "/money/captured") << currency << ", refunded "
                << cell(order, "/money/refunded") << currency << "\n";
    print_part(context, order, "lines", "Lines",
               {{"LINE", "/id"},
                {"SKU", "/sku"},
                {"NAME", "/name"},
                {"STATUS", "/status"},
                {"ORDERED", "/quantities/ordered"},
                {"CAN CANCEL", "/quantities/available_to_cancel"},
                {"CAN RETURN", "/quantities/available_to_return"},
                {"AMOUNT", "/current/inc"}});
    print_part(context, order, "change_orders", "Change orders",
               {{"ID", "/id"},
                {"KIND", "/kind"},
                {"ORIGIN", "/origin"},
                {"BY", "/actor"},
                {"AMOUNT", "/delta/inc"},
                {"REASON", "/reason"}});
    print_part(context, order, "refunds", "Refunds",
               {{"AMOUNT", "/amount"},
                {"STATE", "/state"},
                {"PAYMENT", "/payment"},
                {"MESSAGE", "/message"}});
    print_part(context, order, "credit_memos", "Credit memos",
               {{"NUMBER", "/number"},
                {"AMOUNT", "/totals/inc"},
                {"STATE", "/state"},
                {"POSTED AS", "/posted_number"}});
    print_part(context, order, "steps", "Steps",
               {{"STEP", "/kind"},
                {"CONNECTOR", "/connector"},
                {"STATE", "/state"},
                {"TRIES", "/attempts"},
                {"DELIVERY", "/delivery"},
                {"MESSAGE", "/message"}});
    print_part(context, order, "exceptions", "Exceptions",
               {{"CODE", "/code"}, {"STATUS", "/status"}, {"MESSAGE", "/message"}});
    print_part(
        context, order, "cases", "Cases",
        {{"CASE", "/external_id"}, {"STATE", "/state"}, {"SUBJECT", "/subject"}, {"ID", "/id"}});
}

Exit show_order(Context& context, const std::string& text) {
    const auto order = context.api.get("/orders/" + segment(resolve_order(context, text))).body;
    if (context.json)
        print_json(context, order);
    else
        print_order(context, order);
    return kOk;
}

}  // namespace

void add_order_commands(CLI::App& app, Chosen& chosen) {
    auto* group = add_group(app, "orders", "Find and show orders");
    const auto text = std::make_shared<std::string>();
    const auto exceptions = std::make_shared<bool>(false);
    auto* find = add_command(
        *group, chosen, "find", "By number, e-mail, phone or tracking number",
        [text, exceptions](Context& context) { return find_orders(context, *text, *exceptions); });
    find->add_option("TEXT", *text, "What to look for; all orders if left out");
    find->add_flag("--exceptions", *exceptions, "Only those that need a person");
    auto* show = add_command(*group, chosen, "show", "Everything about one order",
                             [text](Context& context) { return show_order(context, *text); });
    show->add_option("ORDER", *text, "Id or number")->required();
}

}  // namespace orderhub::cli
