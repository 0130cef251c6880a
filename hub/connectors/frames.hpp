// What the hub and a connector's process say to each other, as bytes. The README beside this file
// describes each frame.
//
// A frame is its length (4 bytes, of what follows), its type (1 byte), the number of the call that
// it belongs to (4 bytes, 0 for none) and its fields. A number has 8 bytes; a text is its length as
// a number, then its bytes. Everything is little-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::connectors {

/// Grows when an older program could not follow any more. Both must have the same: they are built
/// and installed together.
inline constexpr std::uint64_t kProtocolVersion = 1;

/// Longer frames are refused by both sides.
inline constexpr std::size_t kMostFrameBytes = 80 * 1024 * 1024;

enum class FrameType : std::uint8_t {
    // From the hub.
    load = 1,
    call,
    reply,
    ping,
    destroy,
    // From the connector's process.
    hello = 32,
    loaded,
    finished,
    pong,
    http,
    emit,
    set_cursor,
    set_result,
    fail,
    state_get,
    state_put,
    sleep,
    log,
    forget_token,
};

struct Frame {
    FrameType type = FrameType::ping;
    std::uint32_t call = 0;
    std::string fields;
};

/// Puts one frame together.
class FrameWriter {
public:
    FrameWriter(FrameType type, std::uint32_t call);
    FrameWriter& number(std::uint64_t value);
    FrameWriter& text(std::string_view value);
    /// The whole frame, with its length. Ends the writer.
    std::string take();

private:
    std::string bytes_;
};

/// Reads a frame's fields in their order. What it gives is borrowed from the frame. Past the end
/// all numbers are 0 and all texts empty.
class FieldReader {
public:
    explicit FieldReader(const Frame& frame) : rest_(frame.fields) {}
    std::uint64_t number();
    std::string_view text();
    /// Whether all fields were there and nothing was left over.
    bool is_complete() const { return good_ && rest_.empty(); }
    /// Whether all fields so far were there.
    bool is_good() const { return good_; }

private:
    std::string_view bytes(std::uint64_t count);

    std::string_view rest_;
    bool good_ = true;
};

/// Cuts a stream of bytes into frames.
class FrameCutter {
public:
    void add(std::string_view bytes) { held_.append(bytes); }
    /// The next whole frame, if there is one. Once is_broken() there is none any more.
    std::optional<Frame> next();
    /// A length that no frame has came.
    bool is_broken() const { return broken_; }

private:
    std::string held_;
    std::size_t taken_ = 0;  ///< bytes at the beginning of held_ that were given out
    bool broken_ = false;
};

}  // namespace orderhub::connectors
