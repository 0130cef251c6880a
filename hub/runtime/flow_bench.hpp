// A hub's worth of servicing and flows without an outside: for the cases of `orderhub flow test`.
// Internal to hub/runtime.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/flows/engine.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// One order in a store of its own, with a clock that only moves when it is told to. Every command
/// finds somebody who can carry it out. Throws std::runtime_error if the temporary folder cannot be
/// used.
class FlowBench {
public:
    explicit FlowBench(const std::vector<flows::FlowPtr>& flows);
    FlowBench(const FlowBench&) = delete;
    FlowBench& operator=(const FlowBench&) = delete;
    ~FlowBench();

    /// Applies a canonical order record. Error: Invalid.
    Result<void> import(const boost::json::object& record);
    Result<boost::json::object> preview(const std::string& action,
                                        const boost::json::object& input);
    /// Submits and moves all runs until they rest. `run` of what follows may be empty.
    Result<boost::json::object> submit(const std::string& action, const boost::json::object& input);
    Result<void> start(const std::string& flow, const boost::json::object& input);
    Result<void> decide(const std::string& role, flows::Decision decision);
    /// The outside carries out everything that was sent.
    Result<void> outside_does();
    Result<void> wait(std::int64_t milliseconds);

    boost::json::object order();
    /// The oldest run with its steps; empty if there is none.
    boost::json::object run();
    /// Kinds, in the order in which they were sent.
    std::vector<std::string> commands();
    /// Codes of the order's active exceptions.
    std::vector<std::string> exceptions();

private:
    template <class Use>
    Result<void> unit(Use use);
    Result<void> go_on();
    servicing::Request by(const std::string& actor, const std::string& role) const;

    std::filesystem::path folder_;
    std::int64_t now_ms_ = 1'767'261'600'000;  // 2026-01-01T10:00:00Z
    int ids_ = 0;
    std::unique_ptr<store::Store> store_;
    flows::Library library_;
    std::unique_ptr<flows::Engine> engine_;
    std::string order_id_;
};

}  // namespace orderhub::runtime
