#include "salesforce_rows.hpp"
#include "seed.hpp"

namespace orderhub::sandbox {
namespace {

std::string row(World& world, const char* object, const json::object& fields) {
    return salesforce::create_row(world, *salesforce::find_object(object), fields, "system");
}

}  // namespace

void seed_salesforce(World& world) {
    row(world, "User", {{"Name", "OrderHub"}});
    row(world, "User", {{"Name", "Agent One"}});
    row(world, "Group", {{"Name", "Support"}});
    const std::string account = row(world, "Account", {{"Name", "Analytical Engines"}});
    row(world, "Contact",
        {{"FirstName", "Ada"},
         {"LastName", "Lovelace"},
         {"Email", "ada@example.test"},
         {"Phone", "+44 20 7946 0000"},
         {"AccountId", account}});
    world.salesforce.switches["most_requests"] = 15000;
    world.salesforce.switches["requests"] = 0;
    world.salesforce.switches["page_size"] = 2000;
}

void demo_salesforce(World& world) {
    const std::string opened = row(world, "Case",
                                   {{"Subject", "Where is my order?"},
                                    {"Description", "My order has not come."},
                                    {"Origin", "Email"},
                                    {"OwnerId", "00G000000000001AAA"},
                                    {"ContactId", "003000000000001AAA"},
                                    {"OrderNumber__c", "DEMOUSD000000001"}});
    row(world, "EmailMessage",
        {{"ParentId", opened},
         {"Incoming", true},
         {"Status", "0"},
         {"FromName", "Ada Lovelace"},
         {"FromAddress", "ada@example.test"},
         {"MessageDate", "2026-11-22T18:00:00.000+0000"},
         {"TextBody", "My order has not come."}});
}

}  // namespace orderhub::sandbox
