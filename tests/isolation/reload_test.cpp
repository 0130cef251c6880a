// A new version takes over from a running one.
#include <filesystem>
#include <set>

#include "isolation_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

namespace fs = std::filesystem;

class Reload : public IsolationTest, public ::testing::WithParamInterface<Isolation> {
protected:
    Reload() {
        char name[] = "/tmp/orderhub-reload-XXXXXX";
        folder_ = mkdtemp(name);
        library_ = (folder_ / "unruly.so").string();
        put(UNRULY);
        const auto added = add("unruly", GetParam(), "", library_);
        EXPECT_TRUE(added) << added.error().message;
    }
    ~Reload() override {
        host.reset();
        fs::remove_all(folder_);
    }

    /// As an installer does: the new file takes the name of the old one.
    void put(const char* library) {
        fs::copy_file(library, library_ + ".new");
        fs::rename(library_ + ".new", library_);
    }
    Result<void> reload(const std::string& at_create = "") {
        return host->reload(settings_of("unruly", GetParam(), at_create, library_, std::nullopt));
    }
    std::string version() { return host->find("unruly")->manifest().version; }

    fs::path folder_;
    std::string library_;
};

TEST_P(Reload, UnderLoadLosesAndDoublesNothing) {
    const auto before = execute("unruly", "version");
    EXPECT_EQ(before.message, "0.1.0");
    auto slow = begin("unruly", "nap");
    std::vector<std::future<CallResult>> calls;
    std::set<std::string> versions;
    put(UNRULY_NEXT);
    auto reloading = std::async(std::launch::async, [this] { return reload(); });
    for (int i = 0; i < 500; ++i) {
        calls.push_back(begin("unruly", "version"));
        if (i % 50 == 49) versions.insert(calls.back().get().message);
    }
    const auto done = reloading.get();
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_EQ(execute("unruly", "version").message, "0.2.0");
    EXPECT_EQ(slow.get().code, "survived") << "what was under way ends where it began";
    for (auto& call : calls)
        if (call.valid()) {
            EXPECT_EQ(call.get().code, "survived");
        }
    EXPECT_EQ(version(), "0.2.0");
}

TEST_P(Reload, OfAVersionThatFailsItsCheckIsRefused) {
    const auto done = reload("fail_check");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "check_failed");
    EXPECT_NE(done.error().message.find("the check was told to fail"), std::string::npos);
    EXPECT_EQ(execute("unruly", "version").message, "0.1.0");
}

TEST_P(Reload, OfSomethingElseIsRefused) {
    put(PROBE);
    EXPECT_FALSE(reload());
    put(OTHER);
    const auto other = reload();
    ASSERT_FALSE(other);
    EXPECT_TRUE(other.error().code == "other_connector" || other.error().code == "bad_config")
        << other.error().code;
    fs::remove(library_);
    EXPECT_EQ(reload().error().code, "not_found");
    EXPECT_EQ(execute("unruly", "version").message, "0.1.0");
}

TEST_P(Reload, AgainAndAgainLeavesNoneBehind) {
    std::set<std::string> versions;
    for (int i = 0; i < 6; ++i) {
        put(i % 2 == 0 ? UNRULY_NEXT : UNRULY);
        const auto done = reload();
        ASSERT_TRUE(done) << done.error().message;
        EXPECT_EQ(execute("unruly", "version").message, i % 2 == 0 ? "0.2.0" : "0.1.0");
    }
    host->stop();
    std::size_t mapped = 0;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd"))
        if (std::error_code error;
            fs::read_symlink(entry, error).string().find("unruly.so") != std::string::npos)
            ++mapped;
    EXPECT_EQ(mapped, 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Reload,
                         ::testing::Values(Isolation::in_process, Isolation::process,
                                           Isolation::sandboxed),
                         [](const auto& mode) { return std::string(word(mode.param)); });

}  // namespace
}  // namespace orderhub::connectors::test
