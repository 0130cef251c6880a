// What is loaded and what is not, with signatures of the real minisign.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "hub/connectors/inspection.hpp"
#include "isolation_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

namespace fs = std::filesystem;

class TrustTest : public IsolationTest {
protected:
    TrustTest() {
        char name[] = "/tmp/orderhub-trust-XXXXXX";
        folder_ = mkdtemp(name);
        library_ = (folder_ / "unruly.so").string();
        fs::copy_file(UNRULY, library_);
        for (const char* key : {"ours", "theirs"})
            minisign("-G -W -f -p " + place(key) + ".pub -s " + place(key) + ".sec");
    }
    ~TrustTest() override { fs::remove_all(folder_); }

    std::string place(const std::string& name) const { return (folder_ / name).string(); }
    static void minisign(const std::string& words) {
        const auto command = "minisign " + words + " >/dev/null 2>&1";
        ASSERT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT
    }
    void sign(const std::string& key, const std::string& more = "") {
        minisign("-S -s " + place(key) + ".sec -m " + library_ + " -t 'release 1' " + more);
    }
    std::string public_key(const std::string& key) const {
        std::ifstream file(place(key) + ".pub");
        std::string line;
        std::getline(file, line);
        std::getline(file, line);
        return line;
    }

    /// "loaded", or the code of the refusal; the same for every isolation.
    std::string loading(bool may_be_unsigned = false) {
        const LibraryTrust trust{{public_key("ours")}, may_be_unsigned};
        std::string said;
        for (const auto isolation :
             {Isolation::in_process, Isolation::process, Isolation::sandboxed}) {
            restart_with(settings);
            const auto added = add("unruly", isolation, "", library_, trust);
            const std::string here = added ? "loaded" : added.error().code;
            EXPECT_TRUE(said.empty() || said == here) << said << " and " << here;
            said = here;
        }
        const auto inspected = inspect_library(library_, trust);
        EXPECT_EQ(inspected ? "loaded" : inspected.error().code, said);
        return said;
    }
    void change_last_byte(const std::string& path) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(-1, std::ios::end);
        const char last = static_cast<char>(file.get());
        file.seekp(-1, std::ios::end);
        file.put(static_cast<char>(last ^ 1));
    }

    fs::path folder_;
    std::string library_;
};

TEST_F(TrustTest, ASignatureOfATrustedKeyIsEnoughInBothForms) {
    sign("ours");
    EXPECT_EQ(loading(), "loaded");
    sign("ours", "-l");
    EXPECT_EQ(loading(), "loaded");
}

TEST_F(TrustTest, WithoutASignatureOnlyWhatTheOperatorNamesIsLoaded) {
    EXPECT_EQ(loading(), "unsigned");
    EXPECT_EQ(loading(true), "loaded");
}

TEST_F(TrustTest, AnotherKeyIsNotEnough) {
    sign("theirs");
    EXPECT_EQ(loading(), "unknown_key");
}

TEST_F(TrustTest, AChangedFileIsNotLoaded) {
    sign("ours");
    change_last_byte(library_);
    EXPECT_EQ(loading(), "wrong_signature");
}

TEST_F(TrustTest, ASwappedFileIsNotLoaded) {
    sign("ours");
    fs::remove(library_);
    fs::copy_file(UNRULY_SEGFAULT_AT_LOAD, library_);
    EXPECT_EQ(loading(), "wrong_signature");
}

TEST_F(TrustTest, ASignatureThatIsNoneIsRefused) {
    std::ofstream(library_ + ".minisig") << "signed, honestly\n";
    EXPECT_EQ(loading(), "bad_signature");
}

TEST_F(TrustTest, WhatWasCheckedIsWhatIsLoadedWhateverBecomesOfTheFile) {
    sign("ours");
    const auto file = LibraryFile::read(library_);
    ASSERT_TRUE(file);
    const std::string before(file->bytes());
    std::ofstream(library_, std::ios::binary) << "overwritten in place";
    EXPECT_TRUE(check_trust(*file, {{public_key("ours")}, false}));
    EXPECT_EQ(file->bytes(), before);
    std::ofstream memory("/proc/self/fd/" + std::to_string(file->descriptor()),
                         std::ios::in | std::ios::out);
    EXPECT_FALSE(memory.put('x').flush()) << "nobody may change it";
}

TEST_F(TrustTest, InspectingRunsNoCode) {
    fs::remove(library_);
    fs::copy_file(UNRULY_SEGFAULT_AT_LOAD, library_);
    sign("ours");
    const auto manifest = inspect_library(library_, {{public_key("ours")}, false});
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_EQ(manifest->name, "unruly");
    const auto facts = check_signature(*LibraryFile::read(library_), {public_key("ours")});
    ASSERT_TRUE(facts);
    EXPECT_TRUE(facts->is_good);
    EXPECT_EQ(facts->trusted_comment, "release 1");
}

}  // namespace
}  // namespace orderhub::connectors::test
