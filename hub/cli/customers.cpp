// customers find, show, export, erase, join, split
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/customer_erasure.hpp"
#include "hub/cli/customer_export.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr const char* kPath = "/api/v1/customers";

struct FindOptions {
    std::string text;
    std::string limit;
    std::string before;
};

struct JoinOptions {
    std::string customer;
    std::string other;
    std::string reason;
};

struct SplitOptions {
    std::string customer;
    std::vector<std::string> identities;
    std::string reason;
};

/// People name a customer by id, e-mail or number at a storefront.
Expected<std::string> customer_id(Session& session, const std::string& named) {
    if (named.starts_with("cu_")) return named;
    const auto page = session.client.get(with_query(kPath, {{"q", named}}));
    if (!page) return std::unexpected(page.error());
    const auto& found = items(page->document, "/items");
    if (found.empty())
        return failed(kNotFound, fmt::format("There is no customer {}.", printable(named)));
    if (found.size() == 1) return text(found[0], "/id");
    std::vector<std::string> ids;
    for (const json::value& each : found)
        ids.push_back(text(each, "/id"));
    return failed(kConflict, fmt::format("{} is the number of several customers; give one of these "
                                         "ids: {}.",
                                         printable(named), fmt::join(ids, ", ")));
}

Expected<int> find_customers(Session& session, const FindOptions& options) {
    const auto answer = session.client.get(with_query(
        kPath, {{"q", options.text}, {"limit", options.limit}, {"before", options.before}}));
    if (!answer) return std::unexpected(answer.error());
    Table table({{"NAME", Align::left, 40}, {"KIND"}, {"SINCE"}, {"ID"}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/name"), text(each, "/kind"), instant(each, "/created_at"),
                text(each, "/id")};
    };
    return show_list(session, *answer, std::move(table), row, "No customer was found.");
}

/// As `split` takes it.
std::string identity_text(const json::value& identity) {
    const std::string number = text(identity, "/external_id");
    return number.empty() ? text(identity, "/email") : text(identity, "/connector") + ":" + number;
}

std::string section(const char* title, const Table& table) {
    return table.empty() ? std::string() : fmt::format("\n{}\n{}", title, table.text(2));
}

std::string people(const json::value& customer, const char* title, const char* pointer) {
    Table table({{"NAME"}, {"ID"}, {"WHY"}});
    for (const json::value& each : items(customer, pointer))
        table.add({text(each, "/name"), text(each, "/id"), text(each, "/evidence/0")});
    return section(title, table);
}

std::string customer_page(const json::value& customer) {
    const auto field = [&](const char* pointer) { return printable(text(customer, pointer)); };
    std::string out =
        fmt::format("Customer {}  {}  {}\n", field("/id"), field("/kind"), field("/name"));
    out += fmt::format("  {:<10} {}\n", "since", instant(customer, "/created_at"));
    out += fmt::format("  {:<10} {}\n", "orders", field("/orders"));
    out += fmt::format("  {:<10} {}\n", "cases", field("/cases"));
    Table identities({{"IDENTITY"}, {"FROM"}, {"RULE"}, {"SINCE"}, {"WHY"}});
    for (const json::value& each : items(customer, "/identities"))
        identities.add({identity_text(each), text(each, "/source"), text(each, "/rule"),
                        instant(each, "/at"), text(each, "/reason")});
    Table history({{"AT"}, {"BY"}, {"WHAT"}, {"OTHER"}, {"WHY"}});
    for (const json::value& each : items(customer, "/history"))
        history.add({instant(each, "/at"), text(each, "/actor"), text(each, "/what"),
                     text(each, "/other"), text(each, "/why")});
    return out + section("Identities", identities) + people(customer, "Buys for", "/accounts") +
           people(customer, "Buyers", "/buyers") +
           people(customer, "May be the same", "/suggestions") + section("History", history);
}

Expected<int> show_customer(Session& session, const std::string& named) {
    const auto id = customer_id(session, named);
    if (!id) return std::unexpected(id.error());
    const auto answer = session.client.get(std::string(kPath) + "/" + encoded(*id));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, customer_page);
}

Expected<int> export_named(Session& session, const std::string& named) {
    const auto id = customer_id(session, named);
    if (!id) return std::unexpected(id.error());
    return export_customer(session, *id);
}

struct EraseOptions {
    std::string customer;
    std::string reason;
    bool dry_run = false;
    bool sure = false;
};

Expected<int> erase_named(Session& session, const EraseOptions& options) {
    if (!options.dry_run && !options.sure)
        return failed(kUsage,
                      "What is erased cannot be brought back. Look at --dry-run first, then say "
                      "--yes.");
    const auto id = customer_id(session, options.customer);
    if (!id) return std::unexpected(id.error());
    return erase_customer(session, *id, options.reason, options.dry_run);
}

/// POSTs to the customer and shows what came back.
Expected<int> post(Session& session, const std::string& id, const char* verb,
                   const json::object& body) {
    const auto answer = session.client.call(
        {"POST", std::string(kPath) + "/" + encoded(id) + verb, json::serialize(body)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, customer_page);
}

Expected<int> join_customers(Session& session, const JoinOptions& options) {
    const auto id = customer_id(session, options.customer);
    if (!id) return std::unexpected(id.error());
    const auto other = customer_id(session, options.other);
    if (!other) return std::unexpected(other.error());
    return post(session, *id, ":join", {{"other", *other}, {"reason", options.reason}});
}

/// "a@b.example" or "connector:number".
Expected<json::object> identity(const std::string& given) {
    const auto colon = given.find(':');
    if (colon != given.npos && colon > 0 && colon + 1 < given.size())
        return json::object{{"connector", given.substr(0, colon)},
                            {"external_id", given.substr(colon + 1)}};
    if (given.find('@') != given.npos) return json::object{{"email", given}};
    return failed(kUsage, fmt::format("{} is no identity: give an e-mail address, or "
                                      "CONNECTOR:NUMBER.",
                                      printable(given)));
}

Expected<int> split_customer(Session& session, const SplitOptions& options) {
    json::array identities;
    for (const std::string& each : options.identities) {
        auto read = identity(each);
        if (!read) return std::unexpected(std::move(read).error());
        identities.push_back(*std::move(read));
    }
    const auto id = customer_id(session, options.customer);
    if (!id) return std::unexpected(id.error());
    return post(session, *id, ":split",
                {{"identities", std::move(identities)}, {"reason", options.reason}});
}

void add_find(const Groups& groups, CLI::App* customers) {
    auto options = std::make_shared<FindOptions>();
    auto* find = customers->add_subcommand("find", "Customers, newest first");
    find->add_option("TEXT", options->text, "E-mail, number at a storefront or id, exactly");
    find->add_option("--limit", options->limit, "How many (1 to 200, default 50)")
        ->check(CLI::Range(1, 200));
    find->add_option("--before", options->before, "Go on after this customer of the last page");
    on_hub(groups, find, options, find_customers);
}

void add_join(const Groups& groups, CLI::App* customers) {
    auto options = std::make_shared<JoinOptions>();
    auto* join = customers->add_subcommand("join", "Say that two are one; the older id stays");
    join->add_option("CUSTOMER", options->customer, "Id, e-mail or number")->required();
    join->add_option("OTHER", options->other, "Id, e-mail or number")->required();
    join->add_option("--reason", options->reason, "Why; it is kept")->required();
    on_hub(groups, join, options, join_customers);
}

void add_erase(const Groups& groups, CLI::App* customers) {
    auto options = std::make_shared<EraseOptions>();
    auto* erase = customers->add_subcommand(
        "erase", "Erase a person's data (admin); orders, figures and documents stay without it");
    erase->add_option("CUSTOMER", options->customer, "Id, e-mail or number")->required();
    erase->add_option("--reason", options->reason, "Why; it is kept")->required();
    erase->add_flag("--dry-run", options->dry_run, "Only count what would be erased and kept");
    erase->add_flag("--yes", options->sure, "Do it: it cannot be undone");
    on_hub(groups, erase, options, erase_named);
}

void add_split(const Groups& groups, CLI::App* customers) {
    auto options = std::make_shared<SplitOptions>();
    auto* split = customers->add_subcommand(
        "split", "Say that some identities are somebody else's; no rule joins the two again");
    split->add_option("CUSTOMER", options->customer, "Id, e-mail or number")->required();
    split->add_option("IDENTITY", options->identities, "E-mail, or CONNECTOR:NUMBER")->required();
    split->add_option("--reason", options->reason, "Why; it is kept")->required();
    on_hub(groups, split, options, split_customer);
}

}  // namespace

void add_customers(const Groups& groups) {
    auto* customers = add_group(groups, "customers", "Persons and business accounts");
    add_find(groups, customers);
    auto named = std::make_shared<std::string>();
    auto* show_command =
        customers->add_subcommand("show", "One customer: identities, the reasons, history");
    show_command->add_option("CUSTOMER", *named, "Id, e-mail or number")->required();
    on_hub(groups, show_command, named, show_customer);
    auto* export_command = customers->add_subcommand(
        "export", "All that the hub tells of one customer, as JSON: orders, their events, cases");
    export_command->add_option("CUSTOMER", *named, "Id, e-mail or number")->required();
    on_hub(groups, export_command, named, export_named);
    add_erase(groups, customers);
    add_join(groups, customers);
    add_split(groups, customers);
}

}  // namespace orderhub::cli
