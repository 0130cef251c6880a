#include "hub/connectors/connection_pool.hpp"

namespace orderhub::connectors {
namespace {

/// Below the 5 s after which common servers (Node, Apache) close an idle connection: a request that
/// crosses such a close on its way has an unknown outcome.
constexpr std::chrono::milliseconds kLongestIdle{4000};
constexpr std::size_t kMostIdlePerPlace = 32;

bool is_old(const Connection& connection) {
    return std::chrono::steady_clock::now() - connection.idle_since >= kLongestIdle;
}

}  // namespace

std::unique_ptr<Connection> ConnectionPool::take(const std::string& place) {
    const auto found = idle_.find(place);
    if (found == idle_.end()) return nullptr;
    auto& connections = found->second;
    while (!connections.empty()) {
        auto connection = std::move(connections.back());
        connections.pop_back();
        if (!is_old(*connection) && connection->is_quiet()) return connection;
    }
    return nullptr;
}

void ConnectionPool::give(const std::string& place, std::unique_ptr<Connection> connection) {
    auto& connections = idle_[place];
    if (connections.size() >= kMostIdlePerPlace) return;
    connection->idle_since = std::chrono::steady_clock::now();
    connections.push_back(std::move(connection));
    sweep_later();
}

void ConnectionPool::clear() {
    idle_.clear();
    sweep_.cancel();
}

void ConnectionPool::drop_old() {
    for (auto& [place, connections] : idle_)
        std::erase_if(connections, [](const auto& connection) { return is_old(*connection); });
    std::erase_if(idle_, [](const auto& entry) { return entry.second.empty(); });
}

void ConnectionPool::sweep_later() {
    if (is_sweeping_) return;
    is_sweeping_ = true;
    sweep_.expires_after(kLongestIdle);
    sweep_.async_wait([this](boost::system::error_code error) {
        is_sweeping_ = false;
        if (error) return;
        drop_old();
        if (!idle_.empty()) sweep_later();
    });
}

}  // namespace orderhub::connectors
