#include "hub/flows/library.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace orderhub::flows {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kMaxFileBytes = 256 * 1024;

bool is_flow_file(const fs::path& path) {
    const std::string name = path.filename().string();
    return !name.starts_with('.') && path.extension() == ".yaml";
}

}  // namespace

bool same_start(const Flow& one, const Flow& other) {
    return (one.action && one.action == other.action) ||
           (one.starts_with_case && other.starts_with_case);
}

std::vector<FlowFile> read_flow_files(const std::string& folder,
                                      std::vector<Complaint>& complaints) {
    std::vector<FlowFile> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (!is_flow_file(entry.path())) continue;
        const std::string path = entry.path().string();
        std::error_code unknown;
        if (fs::file_size(entry.path(), unknown) > kMaxFileBytes || unknown) {
            complaints.push_back({path, 0, "cannot be read, or is longer than 256 KiB"});
            continue;
        }
        std::ifstream stream(path, std::ios::binary);
        files.push_back({path, {std::istreambuf_iterator<char>(stream), {}}});
    }
    if (error) complaints.push_back({folder, 0, "cannot be read: " + error.message()});
    std::ranges::sort(files, {}, &FlowFile::path);
    return files;
}

void Library::keep(Runs& runs, Instant now, std::vector<FlowPtr>& taken,
                   const FlowPtr& flow) const {
    auto versioned = std::make_shared<Flow>(*flow);
    versioned->version = runs.keep_flow(flow->name, flow->text, now);
    taken.push_back(versioned);
}

FlowPtr Library::newest_stored(Runs& runs, const std::string& name) const {
    const auto versions = runs.flow_versions(name, 1);
    if (versions.empty()) return nullptr;
    const auto stored = version(runs, name, versions.front().version);
    return stored ? *stored : nullptr;
}

std::vector<Complaint> Library::load(Runs& runs, Instant now, const std::vector<FlowFile>& files,
                                     std::vector<Complaint> complaints) {
    std::vector<FlowPtr> taken;
    const auto clash = [&](const Flow& flow) {
        return std::ranges::find_if(taken, [&](const FlowPtr& other) {
            return other->name == flow.name || same_start(*other, flow);
        });
    };
    for (const FlowFile& file : files) {
        const std::string name = fs::path(file.path).stem().string();
        auto flow = parse_flow(file.path, file.text);
        if (!flow) {
            std::ranges::copy(flow.error(), std::back_inserter(complaints));
            if (const auto stored = newest_stored(runs, name)) taken.push_back(stored);
        } else if ((*flow)->name != name) {
            complaints.push_back(
                {file.path, (*flow)->line_of("/flow"),
                 "the file must be named as its flow: " + (*flow)->name + ".yaml"});
        } else if (const auto other = clash(**flow); other != taken.end()) {
            complaints.push_back({file.path, (*flow)->line_of("/starts"),
                                  "the flow " + (*other)->name + " is started by the same"});
        } else {
            keep(runs, now, taken, *flow);
        }
    }
    for (const BuiltInFlow& built_in : built_in_flows()) {
        const auto flow =
            parse_flow(std::string(built_in.name) + ".yaml", std::string(built_in.text));
        if (flow && clash(**flow) == taken.end()) keep(runs, now, taken, *flow);
    }
    const std::lock_guard lock(mutex_);
    flows_ = std::move(taken);
    complaints_ = complaints;
    return complaints;
}

void Library::use(std::vector<FlowPtr> flows) {
    const std::lock_guard lock(mutex_);
    flows_ = std::move(flows);
    for (const FlowPtr& flow : flows_)
        versions_[{flow->name, flow->version}] = flow;
}

FlowPtr Library::for_action(domain::ActionKind action) const {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::ranges::find_if(flows_, [&](const FlowPtr& flow) { return flow->action == action; });
    return found == flows_.end() ? nullptr : *found;
}

FlowPtr Library::for_case() const {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::ranges::find_if(flows_, [](const FlowPtr& flow) { return flow->starts_with_case; });
    return found == flows_.end() ? nullptr : *found;
}

FlowPtr Library::find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::ranges::find_if(flows_, [&](const FlowPtr& flow) { return flow->name == name; });
    return found == flows_.end() ? nullptr : *found;
}

std::vector<FlowPtr> Library::all() const {
    const std::lock_guard lock(mutex_);
    return flows_;
}

std::vector<Complaint> Library::complaints() const {
    const std::lock_guard lock(mutex_);
    return complaints_;
}

Result<FlowPtr> Library::version(Runs& runs, const std::string& name, std::int64_t version) const {
    {
        const std::lock_guard lock(mutex_);
        for (const FlowPtr& flow : flows_)
            if (flow->name == name && flow->version == version) return flow;
        const auto known = versions_.find({name, version});
        if (known != versions_.end()) return known->second;
    }
    const auto stored = runs.flow_text(name, version);
    if (!stored)
        return fail(
            ErrorKind::NotFound, "no_such_flow",
            "version " + std::to_string(version) + " of the flow " + name + " is not stored");
    const auto parsed = parse_flow(name + ".yaml", stored->text);
    if (!parsed) return fail(ErrorKind::Invalid, "bad_flow", parsed.error().front().text());
    auto flow = std::make_shared<Flow>(**parsed);
    flow->version = version;
    const std::lock_guard lock(mutex_);
    versions_[{name, version}] = flow;
    return FlowPtr(flow);
}

}  // namespace orderhub::flows
