// Internal to the domain: the lines' part of applying a snapshot.
#pragma once

#include <string>
#include <vector>

#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

/// Collects what applying one snapshot brings about.
struct Applying {
    Order& order;
    const Snapshot& snapshot;
    bool first_time;
    std::vector<Happening> happenings{};
    std::vector<ChangeOrder*>
        newly_seen{};  ///< the hub's changes that this snapshot shows for the first time

    std::vector<ChangeOrder> new_changes{};

    void note(std::string type, std::string subject, std::string text) {
        happenings.push_back({std::move(type), std::move(subject), std::move(text)});
    }
    void raise(std::string code, std::string subject, std::string category, std::string message);
    void resolve(std::string_view code, std::string_view subject);
};

/// The snapshot with the price of each bundle moved to its parts, in proportion to what they cost
/// by themselves: so a part can be given back alone, and all parts together cost what the bundle
/// did.
Snapshot without_bundle_prices(const Snapshot& shown);
/// Marks the hub's changes that the snapshot shows.
void recognise_changes(Applying& applying);
/// Adds the lines that the order does not have yet.
void add_lines(Applying& applying);
/// Turns differences of lines into change orders or exceptions. After recognise_changes() and the
/// fulfilments.
void apply_differences(Applying& applying);

}  // namespace orderhub::domain
