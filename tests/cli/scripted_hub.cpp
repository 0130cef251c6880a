#include "scripted_hub.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace orderhub::cli {

ScriptedHub::ScriptedHub() {
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
        answer(request, response);
    };
    server_.Get(".*", handler);
    server_.Post(".*", handler);
    server_.Put(".*", handler);
    server_.Patch(".*", handler);
    server_.Delete(".*", handler);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // A server that is stopped before it runs would run for good.
    while (!server_.is_running())
        std::this_thread::yield();
}

ScriptedHub::~ScriptedHub() {
    release();
    server_.stop();
    thread_.join();
}

void ScriptedHub::on(const std::string& method_and_target, Scripted answer) {
    const std::lock_guard lock(mutex_);
    script_[method_and_target].push_back(std::move(answer));
}

std::vector<Seen> ScriptedHub::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

void ScriptedHub::release() {
    {
        const std::lock_guard lock(mutex_);
        is_released_ = true;
    }
    released_.notify_all();
}

void ScriptedHub::answer(const httplib::Request& request, httplib::Response& response) {
    std::unique_lock lock(mutex_);
    seen_.push_back({request.method, request.target, request.headers, request.body});
    Scripted scripted{404, problem(404, "no_such_thing", "There is no such thing.")};
    const auto found = script_.find(request.method + " " + request.target);
    if (found != script_.end()) {
        scripted = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
    }
    if (scripted.silent) released_.wait(lock, [this] { return is_released_; });
    response.status = scripted.status;
    if (!scripted.etag.empty()) response.set_header("ETag", scripted.etag);
    response.set_content(scripted.body, "application/json");
}

std::string document(const std::string& name) {
    std::ifstream file(std::string(ORDERHUB_CLI_DOCUMENTS) + "/" + name + ".json");
    EXPECT_TRUE(file.is_open()) << name;
    std::stringstream text;
    text << file.rdbuf();
    // One line, as the hub writes it.
    return json::serialize(json::parse(text.str()));
}

std::string problem(int status, const std::string& code, const std::string& detail,
                    json::array errors) {
    json::object body{{"type", "urn:orderhub:problem:" + code},
                      {"title", "Refused"},
                      {"status", status},
                      {"detail", detail},
                      {"code", code}};
    if (!errors.empty()) body["errors"] = std::move(errors);
    return json::serialize(body);
}

void CliTest::SetUp() {
    const std::string url = "http://127.0.0.1:" + std::to_string(hub_.port());
    ::setenv("ORDERHUB_URL", url.c_str(), 1);
    ::setenv("ORDERHUB_TOKEN", kToken, 1);
}

void CliTest::TearDown() {
    ::unsetenv("ORDERHUB_URL");
    ::unsetenv("ORDERHUB_TOKEN");
}

Outcome CliTest::run(const std::string& line) {
    std::vector<std::string> words{"orderhub"};
    std::istringstream text(line);
    for (std::string word; text >> word;) {
        for (char& c : word)
            if (c == '+') c = ' ';
        words.push_back(word);
    }
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = cli::run(static_cast<int>(arguments.size()), arguments.data(), local_);
    Outcome outcome{code, ::testing::internal::GetCapturedStdout(),
                    ::testing::internal::GetCapturedStderr()};
    EXPECT_EQ((outcome.out + outcome.err).find(kToken), std::string::npos) << "shows the token";
    return outcome;
}

void CliTest::with_order() {
    on("GET /api/v1/orders?q=ABC123", document("orders"));
    hub_.on("GET /api/v1/orders/os_1", {200, document("order"), "\"5\""});
}

std::size_t CliTest::calls(const std::string& method) const {
    std::size_t count = 0;
    for (const Seen& each : hub_.seen())
        count += each.method == method ? 1 : 0;
    return count;
}

}  // namespace orderhub::cli
