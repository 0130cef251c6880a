#include "tools/benchmarks/receiver.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace orderhub::bench {

namespace {

constexpr std::size_t kThreads = 64;  // one for each kept connection

std::string external_id(const std::string& body) {
    constexpr std::string_view kName = R"("externalId":")";
    const auto at = body.find(kName);
    if (at == body.npos) return {};
    const auto begin = at + kName.size();
    return body.substr(begin, body.find('"', begin) - begin);
}

}  // namespace

Receiver::Receiver(std::chrono::milliseconds delay) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1'000'000);
    server_.Post(".*", [this, delay](const httplib::Request& request, httplib::Response& response) {
        take(request.body);
        if (delay.count() > 0) std::this_thread::sleep_for(delay);
        response.set_content("{}", "application/json");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    if (port_ <= 0) throw std::runtime_error("the receiver cannot listen");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
}

Receiver::~Receiver() {
    server_.stop();
    thread_.join();
}

std::string Receiver::connector(const std::string& name) const {
    return fmt::format(
        "  - name: {0}\n    connector: order_sink\n    grant: {{hosts: [\"127.0.0.1:{1}\"]}}\n"
        "    config: {{url: \"http://127.0.0.1:{1}/in\"}}\n",
        name, port_);
}

std::size_t Receiver::count() const {
    const std::scoped_lock lock(mutex_);
    return arrivals_.size();
}

Receiver::Clock::time_point Receiver::arrival(const std::string& external_id) const {
    const std::scoped_lock lock(mutex_);
    const auto found = arrivals_.find(external_id);
    return found == arrivals_.end() ? Clock::time_point{} : found->second;
}

void Receiver::take(const std::string& body) {
    const auto now = Clock::now();
    const std::scoped_lock lock(mutex_);
    arrivals_.try_emplace(external_id(body), now);
}

}  // namespace orderhub::bench
