#include "hub/linking/contact.hpp"

#include <gtest/gtest.h>

#include "hub/linking/keys.hpp"

namespace orderhub::linking {
namespace {

TEST(Mailbox, PlusAddressesAndDotsReachTheSameOne) {
    EXPECT_EQ(mailbox(" Ada.Byron+shop@GoogleMail.com "), "adabyron@gmail.com");
    EXPECT_EQ(mailbox("ada.byron+x@mail.example"), "ada.byron@mail.example");
    EXPECT_EQ(mailbox("nobody"), "");
    EXPECT_EQ(mailbox("@x"), "");
}

TEST(Phone, IsTheSameInEverySpelling) {
    for (const char* each :
         {"+49 30 123456", "0049 (30) 12 34 56", "030/123456", "+49 (0)30-123456"})
        EXPECT_EQ(e164(each, "DE"), "+4930123456") << each;
    EXPECT_EQ(e164("612 345 678", "ES"), "+34612345678");
    EXPECT_EQ(e164("(555) 010-9999", "US"), "+15550109999");
    EXPECT_EQ(e164("call me", "DE"), "");
    EXPECT_EQ(phone_key("+34944123456"), phone_key("944 12 34 56"));
}

TEST(Postcode, IsTheSameInEverySpelling) {
    EXPECT_EQ(postcode_key("sw1a 1aa"), "SW1A1AA");
    EXPECT_EQ(postcode_key("D-10115"), "10115");
    EXPECT_EQ(postcode_key("1234 ab"), "1234AB");
}

TEST(Names, AreTheSameHoweverTheyAreSpelled) {
    EXPECT_EQ(name_parts("Frau Dr. Änne Müller"), name_parts("aenne MUELLER"));
    EXPECT_EQ(name_key(name_parts("Müller, Änne")), name_key(name_parts("Anne Muller")));
    EXPECT_TRUE(name_key(name_parts("Herr Schmidt")).empty());
}

TEST(Emails, AreFoundInTheTextButNotInHistory) {
    const Text text = read_text("", "write to ada@mail.example please\n> and not old@mail.example");
    std::vector<bool> taken(text.words.size());
    EXPECT_EQ(find_emails(text, taken), std::vector<std::string>{"ada@mail.example"});
}

}  // namespace
}  // namespace orderhub::linking
