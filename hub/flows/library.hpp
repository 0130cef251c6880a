// The flows that new runs take, and older versions for the runs that are on them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/flows/definition.hpp"
#include "hub/flows/runs.hpp"

namespace orderhub::flows {

struct FlowFile {
    std::string path;
    std::string text;
};

/// The *.yaml files of a folder, by name. What cannot be read is a complaint.
std::vector<FlowFile> read_flow_files(const std::string& folder,
                                      std::vector<Complaint>& complaints);

/// Any thread. Readers see either what was there before a change or all of it.
class Library {
public:
    /// Takes the files, and the built-in flows whose name and start are not taken by one. A file
    /// that is broken is refused: the newest stored version of that flow stays, else the built-in
    /// one. Gives what is wrong, for the operator; complaints() says the same until the next time.
    std::vector<Complaint> load(Runs& runs, Instant now, const std::vector<FlowFile>& files,
                                std::vector<Complaint> complaints = {});
    /// For what needs no store: the version of these is 0.
    void use(std::vector<FlowPtr> flows);

    /// Null if there is none.
    FlowPtr for_action(domain::ActionKind action) const;
    FlowPtr for_case() const;
    FlowPtr find(std::string_view name) const;
    std::vector<FlowPtr> all() const;
    std::vector<Complaint> complaints() const;
    /// The version that a run is on. Error: NotFound "no_such_flow" if it is not stored.
    Result<FlowPtr> version(Runs& runs, const std::string& name, std::int64_t version) const;

private:
    void keep(Runs& runs, Instant now, std::vector<FlowPtr>& taken, const FlowPtr& flow) const;
    FlowPtr newest_stored(Runs& runs, const std::string& name) const;

    mutable std::mutex mutex_;
    std::vector<FlowPtr> flows_;
    std::vector<Complaint> complaints_;
    mutable std::map<std::pair<std::string, std::int64_t>, FlowPtr> versions_;
};

/// Whether two flows want to be started by the same thing.
bool same_start(const Flow& one, const Flow& other);

}  // namespace orderhub::flows
