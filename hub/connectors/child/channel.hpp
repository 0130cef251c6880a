// The socket to the hub, from the connector's process. Only the thread that has the turn (crew.hpp)
// uses it.
#pragma once

#include <string>

#include "hub/connectors/frames.hpp"

namespace orderhub::connectors {

class Channel {
public:
    /// `socket` stays open for as long as the process lives.
    explicit Channel(int socket) : socket_(socket) {}

    /// Keeps a frame back until flush() or read(), or until many wait.
    void put(std::string frame);
    void flush();
    /// Waits for the next frame, after a flush. Ends the process if the hub is gone or sends what
    /// is no frame: nobody would be left to tell.
    Frame read();

private:
    int socket_;
    std::string out_;
    FrameCutter in_;
};

}  // namespace orderhub::connectors
