// One document is one entry in each file, whatever happened before.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "config.hpp"
#include "entry.hpp"
#include "format.hpp"
#include "world.hpp"

namespace orderhub::journal::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCsv = "journal-2026-11.csv";
constexpr const char* kLedger = "journal-2026-11.journal";

struct Posting : testing::Test {
    Directory directory;
    testkit::FakeHost host{config(directory.path())};

    testkit::Outcome post(const std::string& number, std::uint32_t attempt = 1) {
        return host.execute("credit_memo.post", "key-" + number, memo(number), attempt);
    }
    std::string csv() const { return content_of(directory.file(kCsv)); }
    std::string ledger() const { return content_of(directory.file(kLedger)); }
};

TEST_F(Posting, IsKeptOnceWhateverTheAttempt) {
    const testkit::Outcome first = post("CM-1");
    ASSERT_EQ(first.outcome, OH_DONE) << first.message;
    EXPECT_EQ(first.result.at("external_id").text(), "journal-2026-11#CM-1");
    EXPECT_EQ(first.result.at("totals").dump(), R"({"ex":"20.00","tax":"3.80","inc":"23.80"})");
    const std::string before = csv() + ledger();
    for (std::uint32_t attempt = 1; attempt < 4; ++attempt)
        EXPECT_EQ(post("CM-1", attempt).result.dump(), first.result.dump());
    EXPECT_EQ(csv() + ledger(), before);
}

TEST_F(Posting, AKeyThatBeginsLikeAnotherIsAnother) {
    post("CM-11");
    const std::string before = csv();
    EXPECT_EQ(post("CM-1").outcome, OH_DONE);
    EXPECT_NE(csv(), before);
}

TEST_F(Posting, AnotherCommandsNumberIsAnAlarm) {
    post("CM-1");
    const testkit::Outcome other = host.execute("credit_memo.post", "key-2", memo("CM-1"));
    EXPECT_EQ(other.outcome, OH_REJECTED);
    EXPECT_EQ(other.code, "double_number");
}

// Killed at some bytes, each way in which a file can be cut: the next attempt leaves what an
// undisturbed one would have left.
TEST_F(Posting, IsMendedWhereItWasCut) {
    post("CM-1");
    const std::string one = ledger();
    post("CM-2");
    const std::string two_csv = csv(), two_ledger = ledger();
    for (std::size_t at = 0; at < two_ledger.size(); at += 29) {
        write(directory.file(kLedger), two_ledger.substr(0, at));
        write(directory.file(kCsv), two_csv.substr(0, at < one.size() ? at : two_csv.size() - 3));
        if (at < one.size()) ASSERT_EQ(post("CM-1", 2).outcome, OH_DONE) << at;
        ASSERT_EQ(post("CM-2", 2).outcome, OH_DONE) << at;
        ASSERT_EQ(ledger(), two_ledger) << at;
        ASSERT_EQ(csv(), two_csv) << at;
    }
    EXPECT_FALSE(host.logs.empty());
}

// The same at every byte, without the disk.
void mend_at_every_byte(const Format& format) {
    const Config settings = read_config(config("/nowhere"));
    const auto entry = [&](const char* number) {
        return entry_of(sdk::from_json<sdk::CreditMemoPost>(memo(number)), settings.accounts);
    };
    const std::string head = format.head();
    const std::string one = head + format.block(entry("CM-1"), "key-1", head);
    const std::string two = one + format.block(entry("CM-2"), "key-2", one);
    for (std::size_t at = 0; at <= two.size(); ++at) {
        const std::string cut = two.substr(0, at);
        const std::size_t whole = format.whole(cut);
        const std::size_t expected = at < head.size()  ? 0
                                     : at < one.size() ? head.size()
                                     : at < two.size() ? one.size()
                                                       : two.size();
        ASSERT_EQ(whole, expected) << at;
        ASSERT_EQ(format.has(two.substr(0, whole), "key-1"), whole >= one.size());
        ASSERT_EQ(format.has(two.substr(0, whole), "key-2"), whole == two.size());
    }
}

TEST(Formats, TellWhatIsWholeAtEveryByte) {
    mend_at_every_byte(csv_format());
    mend_at_every_byte(ledger_format());
}

TEST_F(Posting, WhatSomebodyElseChangedIsNotCut) {
    post("CM-1");
    const std::string good = ledger();
    write(directory.file(kLedger), good.substr(0, good.size() - 40) +
                                       "2026-11-23 mine\n    A  1 EUR\n    B\n\n\n\n\n\n\n\n");
    EXPECT_EQ(post("CM-2").code, "damaged");
    write(directory.file(kLedger), good);
    write(directory.file(kCsv), "date,amount\n2026-11-23,1\n");
    EXPECT_EQ(post("CM-3").code, "damaged");
    write(directory.file(kCsv), csv().substr(0, 0));
    EXPECT_EQ(post("CM-3", 2).outcome, OH_DONE);
}

TEST_F(Posting, EntriesOfOthersBehindOursAreKept) {
    post("CM-1");
    write(directory.file(kLedger), ledger() + "2026-11-23 mine\n    A  1 EUR\n    B");
    EXPECT_EQ(post("CM-2").outcome, OH_DONE);
    EXPECT_NE(ledger().find("mine\n    A  1 EUR\n    B\n; orderhub begin key-CM-2 "),
              std::string::npos);
}

TEST_F(Posting, WaitsForADirectoryAndForOtherWriters) {
    fs::remove_all(directory.path());
    EXPECT_EQ(host.check().outcome, OH_REJECTED);
    EXPECT_EQ(post("CM-1").code, "directory");
    fs::create_directory(directory.path());
    EXPECT_EQ(host.check().outcome, OH_DONE);
    const int other = ::open(directory.path().c_str(), O_RDONLY);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    EXPECT_EQ(post("CM-1", 2).code, "busy");
    ::close(other);
    EXPECT_EQ(post("CM-1", 3).outcome, OH_DONE);
}

TEST_F(Posting, AReadOnlyPlaceIsWaitedFor) {
    testkit::FakeHost nowhere{config("/sys")};  // nobody can make a file there
    const testkit::Outcome posted = nowhere.execute("credit_memo.post", "key-1", memo("CM-1"));
    EXPECT_EQ(posted.outcome, OH_RETRY);
    EXPECT_EQ(posted.code, "not_writable") << posted.message;
}

TEST_F(Posting, AFullDiskTakesNothingAndIsWaitedFor) {
    post("CM-1");
    const std::string before = csv() + ledger();
    struct rlimit unlimited{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
    struct rlimit small = unlimited;
    small.rlim_cur = csv().size() + 20;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const testkit::Outcome posted = post("CM-2");
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &unlimited), 0);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(posted.outcome, OH_RETRY);
    EXPECT_EQ(posted.code, "disk_full");
    EXPECT_EQ(csv() + ledger(), before);
    EXPECT_EQ(post("CM-2", 2).outcome, OH_DONE);
}

TEST_F(Posting, FilesAreByPeriod) {
    testkit::FakeHost yearly{config(directory.path(), R"({"period": "year", "formats": ["csv"]})")};
    EXPECT_EQ(yearly.execute("credit_memo.post", "k", memo("CM-1")).outcome, OH_DONE);
    testkit::FakeHost one{config(directory.path(), R"({"period": "all", "formats": ["ledger"]})")};
    EXPECT_EQ(one.execute("credit_memo.post", "k", memo("CM-1")).outcome, OH_DONE);
    EXPECT_TRUE(fs::exists(directory.file("journal-2026.csv")));
    EXPECT_TRUE(fs::exists(directory.file("journal.journal")));
    EXPECT_EQ(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()), 2);
}

struct Refusal {
    sdk::Json payload;
    const char* code;
};

TEST_F(Posting, IsRefusedWithoutATrace) {
    for (const Refusal& refusal :
         {Refusal{memo("CM-1", "20.00", "3.80", "23.81"), "invalid_document"},
          Refusal{memo("CM-1", "20.001", "3.80", "23.80"), "invalid_document"},
          Refusal{memo("", "20.00", "3.80", "23.80"), "invalid_document"},
          Refusal{memo("CM-1", "20.00", "3.80", "23.80", "EUR", "16"), "tax_not_mapped"}}) {
        const testkit::Outcome refused = host.execute("credit_memo.post", "key", refusal.payload);
        EXPECT_EQ(refused.outcome, OH_REJECTED);
        EXPECT_EQ(refused.code, refusal.code) << refused.message;
    }
    EXPECT_TRUE(fs::is_empty(directory.path()));
}

TEST(Config, RefusesWhatAJournalCannotName) {
    EXPECT_THROW(
        testkit::FakeHost(config("/tmp", R"({"accounts": {"revenue": "A  B", "shipping": "S",
        "fee": "F", "clearing": "C", "taxes": {}}})")),
        std::runtime_error);
    EXPECT_THROW(testkit::FakeHost(config("/tmp", R"({"accounts": {"revenue": "A", "shipping": "S",
        "fee": "F", "clearing": "C", "taxes": {"19": "T", "19.0": "U"}}})")),
                 std::runtime_error);
}

}  // namespace
}  // namespace orderhub::journal::test
