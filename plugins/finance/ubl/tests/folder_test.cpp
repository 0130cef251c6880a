// The connector against a real directory: one document is one file, whatever happened before.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "judge.hpp"
#include "world.hpp"

namespace orderhub::ubl::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNote = "credit-note-CM-000107.xml";

struct Posting : testing::Test {
    Directory directory;
    testkit::FakeHost host{config(directory.path())};

    testkit::Outcome post(std::uint32_t attempt = 1, const std::string& key = "key-1") {
        return host.execute("credit_memo.post", key, memo(), attempt);
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()));
    }
};

TEST_F(Posting, LeavesOneFileThatIsRight) {
    const testkit::Outcome posted = post();
    ASSERT_EQ(posted.outcome, OH_DONE) << posted.message;
    EXPECT_EQ(posted.result.at("external_id").text(), kNote);
    EXPECT_EQ(posted.result.at("number").text(), "CM-000107");
    EXPECT_EQ(posted.result.at("totals").dump(), R"({"ex":"20.00","tax":"3.80","inc":"23.80"})");
    EXPECT_EQ(judge(content_of(directory.file(kNote))), std::vector<std::string>{});
    EXPECT_EQ(files(), 1U);
}

TEST_F(Posting, AFeeIsAnInvoice) {
    ASSERT_EQ(host.execute("invoice.post", "key-2", fee_invoice()).outcome, OH_DONE);
    const std::string xml = content_of(directory.file("invoice-IN-000003.xml"));
    EXPECT_EQ(judge(xml), std::vector<std::string>{});
    EXPECT_NE(xml.find("<cbc:InvoiceTypeCode>380<"), std::string::npos);
}

TEST_F(Posting, TheSameKeyTwiceIsOneFileAndOneResult) {
    const testkit::Outcome first = post();
    const std::string before = content_of(directory.file(kNote));
    const testkit::Outcome second = post(2);
    EXPECT_EQ(second.outcome, OH_DONE);
    EXPECT_EQ(second.result.dump(), first.result.dump());
    EXPECT_EQ(content_of(directory.file(kNote)), before);
    EXPECT_EQ(files(), 1U);
}

TEST_F(Posting, AFileThatWasHandedOverIsNotMadeAgain) {
    post();
    fs::create_directory(directory.file("taken"));
    fs::rename(directory.file(kNote), directory.file("taken/") + kNote);
    EXPECT_EQ(post(2).outcome, OH_DONE);
    EXPECT_FALSE(fs::exists(directory.file(kNote)));
}

TEST_F(Posting, WhatAKilledAttemptLeftIsWrittenOver) {
    write(directory.file(std::string(".") + kNote + ".part"),
          "<CreditNote" + std::string(9000, 'x'));
    EXPECT_EQ(post(2).outcome, OH_DONE);
    EXPECT_EQ(judge(content_of(directory.file(kNote))), std::vector<std::string>{});
    EXPECT_EQ(files(), 1U);
}

TEST_F(Posting, AnotherCommandsNumberIsAnAlarm) {
    post();
    const testkit::Outcome other = post(1, "key-2");
    EXPECT_EQ(other.outcome, OH_REJECTED);
    EXPECT_EQ(other.code, "double_number");
}

TEST_F(Posting, AForeignFileIsNotTakenForOurs) {
    write(directory.file(kNote), "<CreditNote/>");
    EXPECT_EQ(post().code, "double_number");
    EXPECT_EQ(content_of(directory.file(kNote)), "<CreditNote/>");
}

TEST_F(Posting, WaitsForAMissingDirectory) {
    fs::remove_all(directory.path());
    EXPECT_EQ(host.check().outcome, OH_REJECTED);
    const testkit::Outcome posted = post();
    EXPECT_EQ(posted.outcome, OH_RETRY);
    EXPECT_EQ(posted.code, "directory");
    fs::create_directory(directory.path());
    EXPECT_EQ(host.check().outcome, OH_DONE);
    EXPECT_EQ(post(2).outcome, OH_DONE);
}

TEST_F(Posting, WaitsWhileAnotherWrites) {
    const int other = ::open(directory.path().c_str(), O_RDONLY);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    EXPECT_EQ(post().code, "busy");
    ::close(other);
    EXPECT_EQ(post(2).outcome, OH_DONE);
}

// What stands in the way of the file is found out when it is made, by a user who may do anything
// too.
TEST_F(Posting, WaitsForAPlaceThatCannotBeWritten) {
    fs::create_directory(directory.file(std::string(".") + kNote + ".part"));
    EXPECT_EQ(post().outcome, OH_RETRY);
    EXPECT_EQ(files(), 1U);
    fs::remove(directory.file(std::string(".") + kNote + ".part"));
    EXPECT_EQ(post(2).outcome, OH_DONE);
}

TEST(ReadOnly, ADirectoryIsWaitedFor) {
    testkit::FakeHost host{config("/sys")};  // nobody can make a file there
    const testkit::Outcome posted = host.execute("credit_memo.post", "key-1", memo());
    EXPECT_EQ(posted.outcome, OH_RETRY);
    EXPECT_EQ(posted.code, "not_writable") << posted.message;
}

TEST_F(Posting, AFullDiskLeavesNothingAndIsWaitedFor) {
    struct rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = before;
    small.rlim_cur = 1'000;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const testkit::Outcome posted = post();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(posted.outcome, OH_RETRY);
    EXPECT_EQ(posted.code, "disk_full");
    EXPECT_EQ(files(), 0U);
    EXPECT_EQ(post(2).outcome, OH_DONE);
}

TEST_F(Posting, ANumberCannotLeaveTheDirectory) {
    const sdk::Json strange = memo(R"({"number": "../a/b 1"})");
    EXPECT_EQ(host.execute("credit_memo.post", "key-1", strange).outcome, OH_DONE);
    EXPECT_TRUE(fs::exists(directory.file("credit-note-..%2Fa%2Fb%201.xml")));
}

}  // namespace
}  // namespace orderhub::ubl::test
