// A connector of which all is configuration: a system's own connector adds its manifest and its
// kind.
#pragma once

#include <orderhub/call.hpp>
#include <orderhub/document.hpp>

#include "declared/settings.hpp"

namespace orderhub::declared {

class Connector {
public:
    /// Throws ConfigError, whose words name the key.
    Connector(const sdk::Document& config, Kind kind);

    void check(sdk::Call& call);
    void receive(sdk::Call& call, const sdk::Message& message);
    void poll(sdk::Call& call, std::string_view cursor);
    void execute(sdk::Call& call, const sdk::Command& command);

private:
    std::string summary() const;
    void read_after(sdk::Call& call, const sdk::Command& command);

    const Kind kind_;
    const Settings settings_;
    const Shape shape_;
    bool has_tried_again_ = false;
};

}  // namespace orderhub::declared
