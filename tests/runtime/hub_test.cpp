// The hub as a process: starts, says where it listens, serves, stops on a signal; tokens while it
// runs and not.
#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>

namespace orderhub::runtime {
namespace {

namespace fs = std::filesystem;

/// A process of the program, with its standard output in a pipe.
class Process {
public:
    explicit Process(std::vector<std::string> words) {
        std::array<int, 2> pipe{};
        EXPECT_EQ(::pipe(pipe.data()), 0);
        words.insert(words.begin(), ORDERHUB_PROGRAM);
        std::vector<char*> arguments;
        for (auto& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        id_ = ::fork();
        if (id_ == 0) {
            ::dup2(pipe[1], STDOUT_FILENO);
            ::close(pipe[0]);
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(pipe[1]);
        out_ = ::fdopen(pipe[0], "r");
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            wait();
        }
        ::fclose(out_);
    }

    /// The next line; empty at the end.
    std::string line() {
        std::array<char, 4096> buffer{};
        if (!::fgets(buffer.data(), buffer.size(), out_)) return {};
        std::string text(buffer.data());
        if (text.ends_with('\n')) text.pop_back();
        return text;
    }
    void signal(int number) const { ::kill(id_, number); }
    int wait() {
        int status = 0;
        ::waitpid(id_, &status, 0);
        id_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t id_ = -1;
    std::FILE* out_ = nullptr;
};

class HubTest : public testing::Test {
protected:
    HubTest() {
        char name[] = "/tmp/orderhub-hub-XXXXXX";
        folder_ = mkdtemp(name);
        config_ = (folder_ / "hub.yaml").string();
        std::ofstream(config_)
            << "listen: 127.0.0.1:0\ndata: ./data\nplugins: .\nlog: {level: error}\n";
    }
    ~HubTest() override { fs::remove_all(folder_); }

    std::optional<std::string> token(const std::string& role) {
        Process create(
            {"token", "create", "--config", config_, "--name", "t", "--role", role, "--json"});
        const auto text = create.line();
        if (create.wait() != 0) return std::nullopt;
        return std::string(boost::json::parse(text).at("token").as_string());
    }

    /// Where the hub listens; patient on a busy machine.
    static httplib::Client client_of(const std::string& url) {
        httplib::Client client(url);
        client.set_read_timeout(120);
        return client;
    }

    /// Starts and gives the address once it listens.
    std::string start() {
        hub_.emplace(std::vector<std::string>{"serve", "--config", config_});
        const auto line = hub_->line();
        const std::string says = "listening on ";
        EXPECT_TRUE(line.starts_with(says)) << line;
        return line.substr(says.size());
    }

    fs::path folder_;
    std::string config_;
    std::optional<Process> hub_;
};

TEST_F(HubTest, ServesOnceItSaysThatItListensAndStopsOnEitherSignal) {
    for (const int signal : {SIGTERM, SIGINT}) {
        auto client = client_of(start());
        const auto ready = client.Get("/readyz");
        ASSERT_TRUE(ready);
        EXPECT_EQ(ready->status, 200) << ready->body;
        const auto metrics = client.Get("/metrics");
        ASSERT_TRUE(metrics);
        EXPECT_NE(metrics->body.find("orderhub_store_writable 1"), std::string::npos);
        hub_->signal(signal);
        EXPECT_EQ(hub_->wait(), 0);
        hub_.reset();
        EXPECT_FALSE(client.Get("/readyz"));
    }
}

TEST_F(HubTest, TokensAreMadeWhileItIsStoppedAndHoldAfterwards) {
    const auto made = token("agent");
    ASSERT_TRUE(made);
    auto client = client_of(start());
    const auto with = client.Get("/api/v1/orders", {{"Authorization", "Bearer " + *made}});
    ASSERT_TRUE(with);
    EXPECT_EQ(with->status, 200);
    const auto without = client.Get("/api/v1/orders");
    ASSERT_TRUE(without);
    EXPECT_EQ(without->status, 401);
}

TEST_F(HubTest, WhileItRunsOnlyAnAdminMakesTokens) {
    const auto admin = token("admin");
    ASSERT_TRUE(admin);
    const auto url = start();
    ::setenv("ORDERHUB_URL", url.c_str(), 1);
    ::unsetenv("ORDERHUB_TOKEN");
    EXPECT_FALSE(token("agent"));
    ::setenv("ORDERHUB_TOKEN", admin->c_str(), 1);
    EXPECT_TRUE(token("agent"));
    ::unsetenv("ORDERHUB_TOKEN");
}

TEST_F(HubTest, ASecondOneOnTheSameDataIsRefused) {
    start();
    Process second({"serve", "--config", config_});
    EXPECT_EQ(second.line(), "");
    EXPECT_EQ(second.wait(), 1);
}

TEST_F(HubTest, ABadConfigurationIsRefusedByBothCommands) {
    std::ofstream(config_) << "data: ./data\nplugins: .\nlisten: nowhere\n";
    Process serve({"serve", "--config", config_});
    EXPECT_EQ(serve.wait(), 1);
    Process check({"config", "check", config_, "--json"});
    const auto said = boost::json::parse(check.line());
    EXPECT_EQ(check.wait(), 1);
    EXPECT_FALSE(said.at("ok").as_bool());
    EXPECT_EQ(said.at("complaints").at(0).at("line").as_int64(), 3);
    EXPECT_FALSE(fs::exists(folder_ / "data"));
}

}  // namespace
}  // namespace orderhub::runtime
