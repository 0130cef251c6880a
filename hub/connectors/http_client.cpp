#include "hub/connectors/http_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "hub/connectors/exchange.hpp"

namespace orderhub::connectors {

struct HttpClient::State {
    State(boost::asio::io_context& context, std::string ca_file)
        : io(context), trust(std::move(ca_file)), pool(context) {}
    boost::asio::io_context& io;
    Trust trust;
    ConnectionPool pool;
};

HttpClient::HttpClient(boost::asio::io_context& io, std::string ca_file)
    : state_(std::make_unique<State>(io, std::move(ca_file))) {}

HttpClient::~HttpClient() = default;

HttpClient::Interrupt HttpClient::send(WireRequest request, Done done) {
    auto exchange =
        std::make_shared<Exchange>(state_->io, state_->pool, state_->trust, std::move(request));
    boost::asio::co_spawn(
        state_->io, exchange->run(),
        [exchange, done = std::move(done)](const std::exception_ptr& failure, WireAnswer answer) {
            if (failure) answer = {OH_HTTP_NO_ANSWER, 0, {}, "the HTTP client failed"};
            done(std::move(answer));
        });
    return [weak = std::weak_ptr(exchange)] {
        if (const auto running = weak.lock()) running->interrupt();
    };
}

void HttpClient::close_idle() {
    state_->pool.clear();
}

}  // namespace orderhub::connectors
