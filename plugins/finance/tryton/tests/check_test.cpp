// What check() and the choice of the party find in Tryton.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "stub_tryton.hpp"

namespace orderhub::tryton::test {
namespace {

json::object config_with(std::string_view key, json::value value) {
    json::object config = stub_config();
    config[key] = std::move(value);
    return config;
}

std::string check_message(const json::object& config) {
    World world(config);
    const testkit::Outcome outcome = world.host.check();
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "not_configured");
    return outcome.message;
}

TEST(Check, AcceptsWhatIsThere) {
    World world(config_with("payment_term", "Net 30"));
    const testkit::Outcome outcome = world.host.check();
    EXPECT_EQ(outcome.outcome, OH_DONE) << outcome.message;
}

TEST(Check, NamesTheKeyAndTheValue) {
    EXPECT_TRUE(check_message(config_with("journal", "SALES")).starts_with("journal: \"SALES\""));
    EXPECT_TRUE(check_message(config_with("company", 9)).starts_with("company: 9"));
    EXPECT_TRUE(check_message(config_with("party_code", "X")).starts_with("party_code: \"X\""));
    EXPECT_NE(check_message(config_with("payment_term", "Twice")).find("more than once"),
              std::string::npos);
    const json::object accounts{
        {"receivable", "1100"}, {"revenue", 6}, {"shipping", "4999"}, {"fee", "4020"}};
    EXPECT_TRUE(check_message(config_with("accounts", accounts))
                    .starts_with("accounts.shipping: \"4999\""));
    EXPECT_TRUE(check_message(config_with("taxes", {{"19", "VAT 19%"}}))
                    .starts_with("taxes.19: \"VAT 19%\""));
}

TEST(Check, RefusesAGroupOfTaxes) {
    EXPECT_NE(check_message(config_with("taxes", {{"20", "Group"}})).find("plain tax"),
              std::string::npos);
}

TEST(Check, WantsTheRightsThatPostingNeeds) {
    World world;
    world.tryton.may_write_invoices = false;
    const testkit::Outcome outcome = world.host.check();
    EXPECT_EQ(outcome.code, "no_access");
    EXPECT_NE(outcome.message.find("write"), std::string::npos);
}

TEST(Check, SaysSoWhereTrytonKeepsTheRightsToItself) {
    World world;
    world.tryton.faults["model.ir.model.access.get_access"].push_back({html_answer(403)});
    EXPECT_EQ(world.host.check().outcome, OH_DONE);
    EXPECT_EQ(world.host.logs.size(), 1U);
}

TEST(Config, RefusesARateGivenTwice) {
    EXPECT_THROW(World(config_with("taxes", {{"20", 1}, {"20.0", 1}})), std::runtime_error);
    EXPECT_THROW(World(config_with("party", "guess")), std::runtime_error);
}

json::object customer(std::int64_t id) {
    return {{"id", id},
            {"code", "C" + std::to_string(id)},
            {"email", "ada@example.test"},
            {"addresses", json::array{id * 10}}};
}

TEST(Party, IsMatchedByEmail) {
    World world(config_with("party", "match"));
    world.tryton.parties.push_back(customer(3));
    ASSERT_EQ(world.post(memo("CM-1")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.at(0).at("party"), 3);
    EXPECT_EQ(world.tryton.invoices.at(0).at("invoice_address"), 30);
}

TEST(Party, IsTheFixedOneIfNobodyOrSeveralMatch) {
    World world(config_with("party", "match"));
    ASSERT_EQ(world.post(memo("CM-1")).outcome, OH_DONE);
    world.tryton.parties = {customer(3), customer(5)};
    ASSERT_EQ(world.post(memo("CM-2")).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.invoices.at(0).at("party"), 4);
    EXPECT_EQ(world.tryton.invoices.at(1).at("party"), 4);
}

TEST(Party, IsCreatedOnce) {
    World world(config_with("party", "create"));
    ASSERT_EQ(world.post(memo("CM-1")).outcome, OH_DONE);
    ASSERT_EQ(world.post(memo("CM-2")).outcome, OH_DONE);
    ASSERT_EQ(world.tryton.parties.size(), 1U);
    EXPECT_EQ(world.tryton.invoices.at(1).at("party"), 50);
    const json::value& values = world.tryton.parties.at(0).at("values");
    EXPECT_EQ(values.at("name"), "Ada Example");
    EXPECT_EQ(values.at("addresses"),
              json::parse(R"([["create",[{"street":"1 Test Street","city":"X","country":81}]]])"));
}

TEST(Party, ACreateWithoutAnAnswerIsTriedAgain) {
    World world(config_with("party", "create"));
    world.tryton.faults["model.party.party.create"].push_back({testkit::no_answer(), true});
    EXPECT_EQ(world.post(memo("CM-1")).outcome, OH_RETRY);
    EXPECT_EQ(world.post(memo("CM-1"), 2).outcome, OH_DONE);
    EXPECT_EQ(world.tryton.parties.size(), 1U);
}

}  // namespace
}  // namespace orderhub::tryton::test
