// Idle connections, kept for the next request to the same place. Used on the connector thread only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/connectors/connection.hpp"

namespace orderhub::connectors {

class ConnectionPool {
public:
    explicit ConnectionPool(boost::asio::io_context& io) : sweep_(io) {}

    /// The youngest idle connection that its peer has not closed, or null.
    std::unique_ptr<Connection> take(const std::string& place);
    void give(const std::string& place, std::unique_ptr<Connection> connection);
    void clear();

private:
    void drop_old();
    void sweep_later();

    std::map<std::string, std::vector<std::unique_ptr<Connection>>, std::less<>> idle_;
    boost::asio::steady_timer sweep_;
    bool is_sweeping_ = false;
};

}  // namespace orderhub::connectors
