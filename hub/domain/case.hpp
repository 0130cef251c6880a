// A support case, and which order it is about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/domain/order.hpp"

namespace orderhub::domain {

struct CaseMessage {
    std::string external_id;
    std::string direction;  ///< inbound | outbound | internal
    std::string author;
    std::int64_t at = 0;
    std::string text;
};

/// Why an order is thought to be the one: one sentence for each signal.
struct Suggestion {
    std::string order_id;
    std::string number;
    int score = 0;  ///< 0 to 100
    std::vector<std::string> evidence;
};

enum class Decision { none, suggested, linked };

struct Case {
    std::string id;
    std::int64_t version = 0;
    std::string connector;
    std::string external_id;
    std::string subject;
    std::string state;  ///< open | closed
    std::string desk_state;
    std::string queue;
    std::string url;
    std::int64_t created_at = 0;
    std::int64_t observed_at = 0;
    std::int64_t updated_at = 0;
    Customer requester;
    std::string order_number;  ///< as somebody wrote it into the desk's field
    std::vector<CaseMessage> messages;

    Decision decision = Decision::none;
    std::string order_id;  ///< if linked
    std::string
        decided_by;  ///< "hub" or "agent:NAME"; an agent's decision is not changed by the hub
    std::vector<Suggestion> suggestions;       ///< best first; of a link, its evidence
    std::vector<std::string> further_orders;   ///< ids of orders that it is about too
    std::vector<std::string> rejected_orders;  ///< ids of orders that a person has ruled out

    std::string shown_digest;   ///< checksum of what the desk was sent last about its orders
    bool showing = false;       ///< that is still on its way there
    std::int64_t shown_at = 0;  ///< when it was sent
};

}  // namespace orderhub::domain
