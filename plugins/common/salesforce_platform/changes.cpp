#include "salesforce_platform/changes.hpp"

#include "salesforce_platform/soql.hpp"

namespace orderhub::salesforce {
namespace {

std::string query_of(const Feed& feed, const Mark& mark) {
    return "SELECT Id, SystemModstamp" + (feed.owner_field.empty() ? "" : ", " + feed.owner_field) +
           " FROM " + feed.object + " WHERE SystemModstamp >= " + instant_literal(mark.from_ms) +
           (feed.condition.empty() ? "" : " AND (" + feed.condition + ")") +
           " ORDER BY SystemModstamp, Id";
}

}  // namespace

std::vector<Change> next_changes(Client& client, const Feed& feed, Mark& mark, std::size_t most) {
    std::vector<Change> changes;
    if (most == 0) return changes;
    client.query(query_of(feed, mark), [&](const Json& row) {
        const std::string id = row.at("Id").text();
        const auto stamp = instant_of(row.at("SystemModstamp").text());
        if (!stamp) throw sdk::retry("bad_answer", "answered with a row without SystemModstamp");
        if (mark.has_seen(*stamp, id)) return true;
        mark.see(*stamp, id);
        changes.push_back(
            {id, feed.owner_field.empty() ? id : row[feed.owner_field].text_or_empty()});
        return changes.size() < most;
    });
    mark.settle();
    return changes;
}

}  // namespace orderhub::salesforce
