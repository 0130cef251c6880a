// Servicing on a store of its own in a temporary folder, as the hub runs it.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"
#include "tools/benchmarks/figures.hpp"

namespace orderhub::bench {

namespace json = boost::json;

class Desk {
public:
    Desk();
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    std::string folder() const { return folder_.string(); }

    /// In one unit of work. Throws std::runtime_error if one is refused.
    void import(const std::vector<std::string>& records);
    /// The order of that number. Throws if there is none.
    servicing::OrderRow find(const std::string& number);

    /// Preview in a read unit, then submit in a write unit that is on disk when it returns; both
    /// timed. Throws if it is refused. Gives submit's answer.
    json::object act(domain::ActionKind action, const std::string& order, const json::object& input,
                     Times& previews, Times& submits);

    json::object page(const servicing::OrderQuery& query, Times& times);

private:
    servicing::Request request() { return {"agent:bench", "bench", now_ += 1'000, {}}; }

    std::filesystem::path folder_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<servicing::Service> service_;
    std::int64_t now_ = 1'795'000'000'000;
};

/// Each line has two taxes and five adjustments; five of
/// its seven units are shipped; paid in full.
std::string order_record(const std::string& number, int lines, const std::string& email);

}  // namespace orderhub::bench
