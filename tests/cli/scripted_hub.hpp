// A hub that answers what a test has written down, and the command line run against it.
#pragma once

#include <gtest/gtest.h>
#include <httplib.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/cli/cli.hpp"
#include "hub/cli/exit_codes.hpp"

namespace orderhub::cli {

namespace json = boost::json;

struct Scripted {
    int status = 200;
    std::string body;
    std::string etag = {};
    bool silent = false;  ///< no answer before the test ends
};

struct Seen {
    std::string method;
    std::string target;
    httplib::Headers headers;
    std::string body;

    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
};

/// Answers each "METHOD target" with its scripted answers in turn; the last one again and again.
/// What was not scripted is answered with a problem of 404.
class ScriptedHub {
public:
    ScriptedHub();
    ~ScriptedHub();
    ScriptedHub(const ScriptedHub&) = delete;
    ScriptedHub& operator=(const ScriptedHub&) = delete;

    void on(const std::string& method_and_target, Scripted answer);
    std::vector<Seen> seen() const;
    int port() const { return port_; }
    /// Lets those go that wait for an answer that was scripted as silent.
    void release();

private:
    void answer(const httplib::Request& request, httplib::Response& response);

    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
    mutable std::mutex mutex_;
    std::condition_variable released_;
    bool is_released_ = false;
    std::vector<Seen> seen_;
    std::map<std::string, std::deque<Scripted>> script_;
};

/// The text of a file in documents/.
std::string document(const std::string& name);
std::string problem(int status, const std::string& code, const std::string& detail,
                    json::array errors = {});

struct Outcome {
    int code;
    std::string out;
    std::string err;
};

class CliTest : public ::testing::Test {
protected:
    static constexpr const char* kToken = "oh_secret-token-of-the-test";

    void SetUp() override;
    void TearDown() override;

    /// Runs one command line, split at blanks; "+" stands for a blank inside a word.
    Outcome run(const std::string& line);
    void on(const std::string& method_and_target, const std::string& body, int status = 200) {
        hub_.on(method_and_target, {status, body});
    }
    /// Order ABC123 by its number: the search for it and its document.
    void with_order();
    Seen last() const { return hub_.seen().back(); }
    std::size_t calls(const std::string& method) const;

    ScriptedHub hub_;
    LocalCommands local_;
};

}  // namespace orderhub::cli
