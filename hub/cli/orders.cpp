// orders find, orders show
#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/order_page.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace {

struct FindOptions {
    std::string text;
    std::string status;
    std::string customer;
    std::string limit;
    std::string before;
    bool exceptions = false;
};

Expected<int> find_orders(Session& session, const FindOptions& options) {
    const auto answer = session.client.get(
        with_query("/api/v1/orders", {{"q", options.text},
                                      {"status", options.status},
                                      {"customer", options.customer},
                                      {"exceptions", options.exceptions ? "true" : ""},
                                      {"limit", options.limit},
                                      {"before", options.before}}));
    if (!answer) return std::unexpected(answer.error());
    Table table({{"NUMBER"},
                 {"STATUS"},
                 {"TOTAL", Align::right},
                 {"CUR"},
                 {"CUSTOMER", Align::left, 28},
                 {"E-MAIL", Align::left, 36},
                 {"PLACED"},
                 {"SHOP"},
                 {"!"},
                 {"ID"}});
    const auto row = [](const boost::json::value& order) -> std::vector<std::string> {
        return {text(order, "/number"),
                text(order, "/status"),
                text(order, "/total"),
                text(order, "/currency"),
                text(order, "/customer/name"),
                text(order, "/customer/email"),
                instant(order, "/placed_at"),
                text(order, "/connector"),
                text(order, "/has_exception") == "true" ? "!" : "",
                text(order, "/id")};
    };
    return show_list(session, *answer, std::move(table), row, "No order was found.");
}

Expected<int> show_order(Session& session, const std::string& named) {
    const auto answer = find_order(session, named);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, order_page);
}

}  // namespace

void add_orders(const Groups& groups) {
    auto* orders = add_group(groups, "orders", "Order summaries");
    auto* find = orders->add_subcommand("find", "Orders, newest first");
    auto options = std::make_shared<FindOptions>();
    find->add_option("TEXT", options->text,
                     "Number, e-mail, external id, phone or tracking number, exactly");
    find->add_option("--status", options->status, "Only orders in this status");
    find->add_option("--customer", options->customer, "Only those of this customer (id)");
    find->add_flag("--exceptions", options->exceptions, "Only orders that need a person");
    find->add_option("--limit", options->limit, "How many (1 to 200, default 50)")
        ->check(CLI::Range(1, 200));
    find->add_option("--before", options->before, "Go on after this order of the last page");
    on_hub(groups, find, options, find_orders);

    auto named = std::make_shared<std::string>();
    auto* show_command = orders->add_subcommand("show", "One order with all that happened to it");
    show_command->add_option("ORDER", *named, "Id or number")->required();
    on_hub(groups, show_command, named, show_order);
}

}  // namespace orderhub::cli
