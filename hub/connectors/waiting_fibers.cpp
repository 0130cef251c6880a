#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <cstddef>
#include <exception>
#include <utility>

#include "hub/connectors/waiting.hpp"

namespace orderhub::connectors {
namespace {

namespace asio = boost::asio;

/// What connector.h promises; the guard page comes on top.
constexpr std::size_t kStackBytes = 256 * 1024 + 4096;

using Yield = asio::basic_yield_context<asio::io_context::executor_type>;

class FiberWaiter final : public Waiter {
public:
    explicit FiberWaiter(Yield yield) : yield_(std::move(yield)) {}

    void wait(const std::function<void(Resume)>& start) override {
        asio::async_initiate<Yield, void()>(
            [this, &start](auto handler) {
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                start([shared, executor = yield_.get_executor()] {
                    asio::post(executor, [shared] { std::move (*shared)(); });
                });
            },
            yield_);
    }

private:
    Yield yield_;
};

}  // namespace

struct Calls::Shared {
    asio::io_context& io;
};

Calls::Calls(asio::io_context& io) : shared_(new Shared{io}) {}
Calls::~Calls() = default;

void Calls::run(std::function<void(Waiter&)> body, std::function<void()> finished) {
    asio::spawn(
        shared_->io.get_executor(), std::allocator_arg,
        boost::context::protected_fixedsize_stack(kStackBytes),
        [body = std::move(body)](Yield yield) {
            FiberWaiter waiter(std::move(yield));
            body(waiter);
        },
        [finished = std::move(finished)](const std::exception_ptr& failure) {
            if (failure) std::terminate();  // the body must not throw
            finished();
        });
}

}  // namespace orderhub::connectors
