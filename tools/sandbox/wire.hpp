#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>

// The socket side: an httplib server whose answers can be dropped, cut off or slowed down.
namespace orderhub::sandbox {

/// Ends waits when the program stops. Any thread.
class Stopper {
public:
    void stop();
    /// Waits; false when the program stops meanwhile.
    bool wait_ms(std::int64_t milliseconds);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopped_ = false;
};

/// What happens to an answer that is ready to go out.
struct Delivery {
    enum class Kind {
        Send,
        Drop,      ///< the connection closes without a byte
        Truncate,  ///< the headers and half of the body, then the connection closes
        Slow       ///< the body in small pieces over `delay_ms`
    };
    Kind kind = Kind::Send;
    std::int64_t delay_ms = 0;
    bool close = false;  ///< close the connection after the answer
};

using WireHandler = std::function<void(const httplib::Request&, httplib::Response&, Delivery&)>;

class WireServer : public httplib::Server {
public:
    /// `handler` is called on one of `threads` threads for every request. `closes` tells from the
    /// path whether a system answers "Connection: close".
    WireServer(WireHandler handler, std::function<bool(const std::string&)> closes,
               std::size_t threads, Stopper& stopper);

private:
    bool process_and_close_socket(socket_t sock) override;
    bool serve_one(socket_t sock, std::string& unread);
    bool wait_readable(socket_t sock) const;

    WireHandler handler_;
    std::function<bool(const std::string&)> closes_;
    Stopper& stopper_;
};

}  // namespace orderhub::sandbox
