#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

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

/// Stacks of calls that have ended, for the next ones: to map one and unmap it again costs more
/// than most calls. Any thread.
class KeptStacks {
public:
    KeptStacks() = default;
    KeptStacks(const KeptStacks&) = delete;
    KeptStacks& operator=(const KeptStacks&) = delete;
    ~KeptStacks() {
        for (auto& stack : kept_)
            source_.deallocate(stack);
    }

    boost::context::stack_context take() {
        {
            const std::scoped_lock lock(mutex_);
            if (!kept_.empty()) {
                const auto stack = kept_.back();
                kept_.pop_back();
                return stack;
            }
        }
        return source_.allocate();
    }

    void give_back(boost::context::stack_context& stack) {
        {
            const std::scoped_lock lock(mutex_);
            if (kept_.size() < kMost) return kept_.push_back(stack);
        }
        source_.deallocate(stack);
    }

private:
    /// Their memory stays touched: a few pages each.
    static constexpr std::size_t kMost = 64;

    std::mutex mutex_;
    std::vector<boost::context::stack_context> kept_;
    boost::context::protected_fixedsize_stack source_{kStackBytes};
};

/// As Boost.Context wants an allocator of stacks.
struct StackSource {
    std::shared_ptr<KeptStacks> stacks;

    boost::context::stack_context allocate() { return stacks->take(); }
    void deallocate(boost::context::stack_context& stack) { stacks->give_back(stack); }
};

}  // namespace

struct Calls::Shared {
    asio::io_context& io;
    std::shared_ptr<KeptStacks> stacks = std::make_shared<KeptStacks>();
};

Calls::Calls(asio::io_context& io) : shared_(new Shared{io}) {}
Calls::~Calls() = default;

void Calls::run(std::function<void(Waiter&)> body, std::function<void()> finished) {
    asio::spawn(
        shared_->io.get_executor(), std::allocator_arg, StackSource{shared_->stacks},
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
