#include "seed.hpp"

#include "http_types.hpp"
#include "rt_desk.hpp"
#include "shopper.hpp"
#include "text.hpp"
#include "vendure_actions.hpp"

namespace orderhub::sandbox {
namespace {

json::object line(const char* sku, std::int64_t quantity, const char* tax_rate) {
    return {{"sku", sku}, {"quantity", quantity}, {"tax_rate", tax_rate}};
}

json::object who(const char* first, const char* last, const char* email) {
    return {{"firstName", first}, {"lastName", last}, {"email", email}};
}

json::object paid(const char* method, const char* state) {
    return {{"method", method}, {"state", state}};
}

void demo_orders(World& world) {
    const json::object ada = who("Ada", "Lovelace", "ada@example.test");
    const json::object grace = who("Grace", "Hopper", "grace@example.test");
    place_order(world, {{"channel", "us-store"},
                        {"code", "DEMOUSD000000001"},
                        {"customer", ada},
                        {"lines", {line("JKT-M", 1, "8.25"), line("SOCK-42", 3, "8.25")}},
                        {"shipping", {{"price_minor", 599}, {"tax_rate", 20}}},
                        {"payment", paid("card-instant", "Settled")}});
    place_order(world, {{"channel", "uk-store"},
                        {"code", "DEMOGBP000000001"},
                        {"customer", grace},
                        {"coupon_percent", 10},
                        {"lines", {line("TEE-L", 2, "20"), line("BOOK-1", 1, "0")}},
                        {"shipping", {{"price_minor", 599}, {"tax_rate", 20}}},
                        {"payment", paid("card-authorize", "Authorized")}});
    place_order(world, {{"channel", "eu-store"},
                        {"code", "DEMOEUR000000001"},
                        {"customer", ada},
                        {"lines", {line("MUG-1", 3, "20"), line("TEA-1", 2, "5")}},
                        {"shipping", {{"price_minor", 490}, {"tax_rate", 20}}},
                        {"payment", paid("card-instant", "Settled")}});
    place_order(world, {{"channel", "jp-store"},
                        {"code", "DEMOJPY000000001"},
                        {"customer", grace},
                        {"lines", {line("MUG-1", 3, "20")}},
                        {"payment", paid("card-instant", "Settled")}});
    place_order(world, {{"channel", "bh-store"},
                        {"code", "DEMOBHD000000001"},
                        {"customer", ada},
                        {"lines", {line("STOVE-1", 2, "5")}},
                        {"payment", paid("bank-transfer", "Settled")}});
}

}  // namespace

void seed_base(World& world) {
    seed_vendure(world);
    seed_rt(world);
    seed_tryton(world);
    seed_salesforce(world);
    seed_zendesk(world);
    world.effects.clear();
    world.notices.clear();
}

void seed_demo(World& world) {
    demo_orders(world);
    rt::create_ticket(world,
                      {{"Queue", "Support"},
                       {"Subject", "Where is my order DEMOUSD000000001?"},
                       {"Requestor", "ada@example.test"},
                       {"Content", "The jacket has not arrived.\nRegards, Ada"}},
                      *rt::user_for(world.rt, "ada@example.test"));
    demo_salesforce(world);
    world.effects.clear();
}

void seed_vendure(World& world) {
    auto& shop = world.vendure;
    shop.channels = {{1, "__default_channel__", "us-store", "USD", false, "US"},
                     {2, "uk", "uk-store", "GBP", true, "UK"},
                     {3, "eu", "eu-store", "EUR", true, "EU"},
                     {4, "jp", "jp-store", "JPY", true, "JP"},
                     {5, "bh", "bh-store", "BHD", false, "BH"}};
    const auto prices = [](std::int64_t usd, std::int64_t gbp, std::int64_t eur, std::int64_t jpy,
                           std::int64_t bhd) {
        return std::map<std::string, std::int64_t>{
            {"USD", usd}, {"GBP", gbp}, {"EUR", eur}, {"JPY", jpy}, {"BHD", bhd}};
    };
    shop.products = {{1, "JKT-M", "Trail Jacket M", prices(12999, 11999, 12900, 19800, 48995)},
                     {2, "TEE-L", "Merino T-Shirt L", prices(3995, 3450, 3790, 5980, 14995)},
                     {3, "SOCK-42", "Wool Socks – Größe 42", prices(1450, 1250, 1390, 2180, 5450)},
                     {4, "BOOK-1", "Field Guide (book)", prices(1899, 1499, 1790, 2860, 7125)},
                     {5, "STOVE-1", "Camp Stove", prices(8750, 7995, 8490, 13200, 32995)},
                     {6, "BAT-AAA", "AAA Battery", prices(99, 79, 95, 150, 375)},
                     {7, "MUG-1", "Mug", prices(1100, 950, 1000, 1650, 4150)},
                     {8, "TEA-1", "Tea", prices(385, 310, 350, 580, 1450)}};
}

void seed_rt(World& world) {
    auto& desk = world.rt;
    for (const char* name : {"RT_System", "Nobody", "root", "hub", "agent1"}) {
        const std::string email = std::string(name) == "Nobody" || std::string(name) == "RT_System"
                                      ? ""
                                      : std::string(name) + "@desk.example.test";
        desk.users.push_back({next_id(desk.last_id, "user"), name, email, name, true, now_us()});
    }
}

}  // namespace orderhub::sandbox
