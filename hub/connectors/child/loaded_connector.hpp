// The library of a connector in its own process, and the calls of it.
#pragma once

#include <orderhub/connector.h>

#include <string>

#include "hub/connectors/frames.hpp"

namespace orderhub::connectors {

class LoadedConnector {
public:
    /// Loads the library that is open as `descriptor`: runs its code for the first time. Empty, or
    /// why it cannot be used.
    std::string load(int descriptor);
    /// Calls create. Empty, or the connector's words.
    std::string create(const std::string& config);
    /// The fields of `loaded`: what the library says of itself.
    void describe(FrameWriter& frame) const;
    /// Runs the call that a frame asks for; gives the frame `finished`.
    std::string run(const Frame& frame);
    void destroy();

private:
    oh_outcome called(oh_call& call, FieldReader& fields);
    oh_outcome receive(oh_call& call, FieldReader& fields);
    oh_outcome execute(oh_call& call, FieldReader& fields);

    const oh_connector* table_ = nullptr;
    void* self_ = nullptr;
};

}  // namespace orderhub::connectors
