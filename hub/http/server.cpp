#include "hub/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <stdexcept>
#include <thread>

#include "hub/http/session.hpp"
#include "hub/http/tls.hpp"

namespace orderhub::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Beyond the cap this many more are told so; the rest are closed without a word.
constexpr std::size_t kToldAway = 64;
constexpr std::chrono::milliseconds kAcceptPause{100};

class BeastServer : public Server {
public:
    BeastServer(ServerSettings settings, Handler handler, OnRefused refused)
        : context_(std::make_shared<asio::io_context>(1)),
          shared_(std::make_shared<Shared>()),
          work_(asio::make_work_guard(*context_)),
          acceptor_(*context_),
          stop_timer_(*context_) {
        shared_->settings = std::move(settings);
        shared_->handler = std::move(handler);
        shared_->refused = std::move(refused);
        shared_->context = context_;
        if (const auto& files = shared_->settings.tls) {
            auto loaded = load_tls(*files);
            if (!loaded) throw std::runtime_error(loaded.error().message);
            shared_->tls = std::move(loaded->context);
        }
        listen();
        asio::co_spawn(*context_, accept_all(), asio::detached);
        thread_ = std::thread([this] { context_->run(); });
    }

    ~BeastServer() override { stop(); }

    std::uint16_t port() const override { return port_; }
    std::size_t connections() const override { return shared_->connections; }

    Result<std::string> reload_tls() override {
        const auto& files = shared_->settings.tls;
        if (!files) return fail(ErrorKind::Conflict, "no_tls", "the hub speaks plain HTTP");
        auto loaded = load_tls(*files);
        if (!loaded) return std::unexpected(std::move(loaded).error());
        if (loaded->term.has_expired)
            return fail(
                ErrorKind::Invalid, "bad_tls",
                "the certificate " + files->certificate + " expired on " + loaded->term.expires);
        asio::post(*context_,
                   [shared = shared_, fresh = std::move(loaded->context)] { shared->tls = fresh; });
        return loaded->term.expires;
    }

    void stop() override {
        if (!thread_.joinable()) return;
        asio::post(*context_, [this] { begin_stop(); });
        thread_.join();
        shared_->drained = nullptr;
    }

private:
    void listen() {
        const auto& settings = shared_->settings;
        boost::system::error_code error;
        const auto address = asio::ip::make_address(settings.address, error);
        if (error) throw std::runtime_error(settings.address + " is not an IP address");
        const tcp::endpoint endpoint(address, settings.port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            throw std::runtime_error("cannot listen on " + settings.address + ":" +
                                     std::to_string(settings.port) + ": " + error.message());
        port_ = acceptor_.local_endpoint().port();
    }

    asio::awaitable<void> accept_all() {
        asio::steady_timer pause(*context_);
        while (acceptor_.is_open()) {
            boost::system::error_code error;
            auto socket = co_await acceptor_.async_accept(into(error));
            if (error && acceptor_.is_open()) {  // out of file descriptors, most likely
                pause.expires_after(kAcceptPause);
                co_await pause.async_wait(into(error));
            } else if (!error) {
                take(std::move(socket));
            }
        }
    }

    void take(tcp::socket socket) {
        const auto cap = shared_->settings.max_connections;
        if (shared_->connections < cap) {
            asio::co_spawn(*context_, serve(std::move(socket), shared_), asio::detached);
        } else if (turned_away_ < kToldAway) {
            ++turned_away_;
            asio::co_spawn(*context_, turn_away(std::move(socket), shared_),
                           [this](std::exception_ptr) { --turned_away_; });
        }
    }

    void begin_stop() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        shared_->stopping = true;
        shared_->drained = [this] { context_->stop(); };
        if (shared_->connections == 0) return context_->stop();
        auto waiting = shared_->idle;
        for (const auto& [key, end] : waiting)
            end();
        stop_timer_.expires_after(shared_->settings.stop_deadline);
        stop_timer_.async_wait([this](auto) { context_->stop(); });
    }

    std::shared_ptr<asio::io_context> context_;
    std::shared_ptr<Shared> shared_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    tcp::acceptor acceptor_;
    asio::steady_timer stop_timer_;
    std::uint16_t port_ = 0;
    std::size_t turned_away_ = 0;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Server> start_server(ServerSettings settings, Handler handler, OnRefused refused) {
    return std::make_unique<BeastServer>(std::move(settings), std::move(handler),
                                         std::move(refused));
}

}  // namespace orderhub::http
