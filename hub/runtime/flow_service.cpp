#include "hub/runtime/flow_service.hpp"

#include <spdlog/spdlog.h>

#include <boost/json/array.hpp>

#include "hub/store/not_there.hpp"

namespace orderhub::runtime {

FlowService::FlowService(store::Store& store, servicing::Settings settings, std::string folder,
                         std::function<std::int64_t()> now_ms)
    : store_(store),
      folder_(std::move(folder)),
      now_ms_(std::move(now_ms)),
      engine_(std::move(settings), library_),
      runner_(store, engine_, now_ms_, store.shared()) {
    store::require(reload(), "the flows cannot be stored");
}

Result<void> FlowService::reload() {
    std::vector<flows::Complaint> unreadable;
    std::vector<flows::FlowFile> files;
    if (!folder_.empty()) files = flows::read_flow_files(folder_, unreadable);
    std::vector<flows::Complaint> complaints;
    const auto stored = store_.write([&](store::Transaction& unit) -> Result<void> {
        complaints = library_.load(unit, now_ms_(), files, unreadable);
        return {};
    });
    for (const auto& complaint : complaints)
        spdlog::error("flow refused, the one before stays: {}", complaint.text());
    if (stored) spdlog::info("{} flows loaded", library_.all().size());
    return stored;
}

void FlowService::start() {
    runner_.start();
    if (folder_.empty()) return;
    try {
        watch_ = std::make_unique<FolderWatch>(folder_, [this] { static_cast<void>(reload()); });
    } catch (const std::exception& error) {
        spdlog::warn("{}; use `orderhub flow reload`", error.what());
    }
}

void FlowService::stop() {
    watch_.reset();
    runner_.stop();
}

void FlowService::bind(http::Operations& operations) {
    operations.reload_flows = [this] { return reload(); };
}

boost::json::object FlowService::health() const {
    boost::json::array complaints;
    for (const auto& complaint : library_.complaints())
        complaints.emplace_back(complaint.text());
    return {{"loaded", library_.all().size()}, {"complaints", std::move(complaints)}};
}

}  // namespace orderhub::runtime
