// Flows with all that they need: the files, the engine, what moves the runs. Internal to
// hub/runtime.
#pragma once

#include <memory>
#include <string>

#include "hub/flows/engine.hpp"
#include "hub/http/operations.hpp"
#include "hub/runtime/flow_runner.hpp"
#include "hub/runtime/folder_watch.hpp"

namespace orderhub::runtime {

class FlowService {
public:
    /// `folder`: of the company's own flows; empty if there are only the built-in ones. Throws
    /// as store::require() if the store cannot be written.
    FlowService(store::Store& store, servicing::Settings settings, std::string folder,
                std::function<std::int64_t()> now_ms);

    /// Reads the folder again. What is wrong is logged and kept in the library. Any thread.
    Result<void> reload();
    /// Moves the runs, and watches the folder.
    void start();
    /// Something was committed. Any thread, cheap.
    void committed() { runner_.committed(); }
    void stop();

    const flows::Engine& engine() const { return engine_; }
    /// The operations use this service: it must outlive them.
    void bind(http::Operations& operations);
    /// {"loaded", "complaints": ["FILE:LINE: ..."]}, for /readyz.
    boost::json::object health() const;

private:
    store::Store& store_;
    const std::string folder_;
    const std::function<std::int64_t()> now_ms_;
    flows::Library library_;
    flows::Engine engine_;
    FlowRunner runner_;
    std::unique_ptr<FolderWatch> watch_;
};

}  // namespace orderhub::runtime
