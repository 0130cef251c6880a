// What operators need of a store to look at work that stands still and to change it, beside Queue.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/routing/queue.hpp"

namespace orderhub::routing {

/// Which messages; what is empty or 0 does not restrict.
struct MessageQuery {
    std::string connector;
    std::string state;  ///< of InboxState as text
    std::string kind;   ///< of the record; raw messages have none
    std::string error_code;
    /// The outside id of the order that a polled record shows. What order a raw message is about is
    /// known only once it was understood.
    std::string order_external_id;
    Instant received_before = 0;
    std::int64_t after = 0;  ///< sequence of the last page's last one
    std::uint32_t limit = 50;
};

/// Due never: a message that waits until it is let go.
inline constexpr Instant kHeld = 253'402'300'799'000;

/// What waits until a delivery is over.
struct LineBehind {
    std::uint64_t count = 0;
    std::vector<Delivery> first;
};

/// What was to be sent, or had come, before a person changed it for the first time.
struct Original {
    std::string content;
    Instant edited_at = 0;
    std::string actor;
};

/// One transaction, as Queue; the same object implements both.
class ParkedWork {
public:
    virtual ~ParkedWork() = default;

    /// Oldest first.
    virtual std::vector<InboxMessage> find_messages(const MessageQuery& query) = 0;
    /// The open deliveries behind this one in its line, with the first `limit` of them.
    virtual LineBehind line_behind(const Delivery& delivery, std::uint32_t limit) = 0;
    virtual void replace_body(std::int64_t sequence, std::string_view body) = 0;

    /// How many messages of a connector are held back, counted up to `limit`.
    virtual std::uint32_t held_messages(std::string_view connector, std::uint32_t limit) = 0;
    /// Makes up to `limit` of them due, the oldest first. Returns how many.
    virtual std::uint32_t release_held(std::string_view connector, std::uint32_t limit,
                                       Instant now) = 0;

    /// Keeps what a delivery or message said before it is changed. A second call for the same
    /// subject keeps nothing: the first version is the original.
    virtual void keep_original(std::string_view subject, const Original& original) = 0;
    virtual std::optional<Original> original(std::string_view subject) = 0;
};

/// Under which name the originals of deliveries and messages are kept.
inline std::string subject_of(const Delivery& delivery) {
    return delivery.id;
}
inline std::string subject_of(const InboxMessage& message) {
    return "message " + std::to_string(message.sequence);
}

}  // namespace orderhub::routing
