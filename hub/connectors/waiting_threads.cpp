#include <boost/asio/post.hpp>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>

#include "hub/connectors/waiting.hpp"

namespace orderhub::connectors {
namespace {

namespace asio = boost::asio;

class ThreadWaiter final : public Waiter {
public:
    ThreadWaiter(asio::io_context& io, std::mutex& turn) : io_(io), turn_(turn) {}

    void wait(const std::function<void(Resume)>& start) override {
        turn_.unlock();
        auto resumed = std::make_shared<std::binary_semaphore>(0);
        asio::post(io_, [&start, resumed] { start([resumed] { resumed->release(); }); });
        resumed->acquire();
        turn_.lock();
    }

private:
    asio::io_context& io_;
    std::mutex& turn_;
};

}  // namespace

struct Calls::Shared {
    asio::io_context& io;
    std::mutex turn{};  ///< held by the call that runs
};

Calls::Calls(asio::io_context& io) : shared_(new Shared{io}) {}
Calls::~Calls() = default;

void Calls::run(std::function<void(Waiter&)> body, std::function<void()> finished) {
    auto thread = std::make_shared<std::thread>();
    *thread = std::thread([this, thread, body = std::move(body), finished = std::move(finished)] {
        {
            const std::lock_guard lock(shared_->turn);
            ThreadWaiter waiter(shared_->io, shared_->turn);
            body(waiter);
        }
        asio::post(shared_->io, [thread, finished] {
            thread->join();
            finished();
        });
    });
}

}  // namespace orderhub::connectors
