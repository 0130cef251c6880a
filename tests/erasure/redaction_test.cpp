// Texts of all kinds: what is about the person, and what is left of it.
#include "hub/servicing/erasure/redaction.hpp"

#include <gtest/gtest.h>

#include "hub/servicing/erasure/anonymise.hpp"

namespace orderhub::servicing {
namespace {

constexpr const char* kOrder = "os_019abcde-0000-7000-8000-000000000001";

PersonalData ada() {
    PersonalData data;
    domain::Customer customer;
    customer.name = "Ada Lovelace-Müller";
    customer.email = "Ada@Example.test";
    customer.phone = "+44 (20) 555-0199";
    data.add(customer);
    domain::Address address;
    address.line1 = "12 St James's Square";
    address.city = "London";
    data.add(address);
    data.ids.insert(kOrder);
    return data;
}

TEST(Redaction, FindsWhatNamesThePerson) {
    const Redaction redaction(ada());
    for (const char* text :
         {"write to ada@example.test", "ADA@EXAMPLE.TEST", "email=ada%40example.test",
          R"({"name":"Ada Lovelace-M\u00fcller","line1":"12 St James's Square"})",
          "ada lovelace-Müller, 12 ST JAMES'S SQUARE",
          "ada+lovelace-m%c3%bcller+12+st+james%27s+square", "tel 44205550199",
          "order os_019abcde-0000-7000-8000-000000000001 it is"})
        EXPECT_TRUE(redaction.concerns(text)) << text;
    for (const char* text : {"Ada", "Ada Lovelace-Müller", "London", "12 St James's Square",
                             "bob@example.test", "os_019abcde-0000-7000-8000-000000000002", ""})
        EXPECT_FALSE(redaction.concerns(text)) << text << ": that may be somebody else";
}

TEST(Redaction, LeavesNothingOfThePerson) {
    const Redaction redaction(ada());
    EXPECT_EQ(redaction.redacted("Ada (ada@example.test) of 12 St James's Square, London"),
              "[erased] ([erased]) of [erased], [erased]");
    EXPECT_EQ(redaction.redacted("Adamant Londoners"), "Adamant Londoners") << "other words";
    EXPECT_EQ(redaction.redacted("Ada Lovelace-Müller and ADA"), "[erased] and [erased]");
}

TEST(Redaction, IsTheSameAfterItWasStored) {
    const auto data = PersonalData::from_json(ada().to_json());
    EXPECT_EQ(data.names_him, ada().names_him);
    EXPECT_EQ(data.tells_of_him, ada().tells_of_him);
    EXPECT_TRUE(Redaction(data).is_his(kOrder));
}

TEST(Redaction, KeepsFiguresOfCommandsAndEvents) {
    const Redaction redaction(ada());
    EXPECT_EQ(anonymised_json(R"({"order":{"number":"7"},"customer_email":"ada@example.test",)"
                              R"("total":"36.00","reason":"Ada called"})",
                              "order.forward", redaction),
              R"({"order":{"number":"7"},"customer_email":"","total":"36.00","reason":""})");
    EXPECT_EQ(anonymised_json(R"({"subject":"Help","state":"open"})", "case.imported", redaction),
              R"({"subject":"","state":"open"})");
    EXPECT_EQ(anonymised_json(R"({"subject":"rf_1","text":"20.00 for Ada"})", "refund.succeeded",
                              redaction),
              R"({"subject":"rf_1","text":"20.00 for [erased]"})");
    EXPECT_EQ(anonymised_json("Ada, no JSON", "", redaction), "[erased], no JSON");
}

}  // namespace
}  // namespace orderhub::servicing
