#include "hub/connectors/frames.hpp"

#include <utility>

namespace orderhub::connectors {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kHeadBytes = 5;  ///< type and call

void append_number(std::string& bytes, std::uint64_t value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
}

std::uint64_t number_at(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return value;
}

}  // namespace

FrameWriter::FrameWriter(FrameType type, std::uint32_t call) {
    append_number(bytes_, 0, kLengthBytes);
    append_number(bytes_, static_cast<std::uint8_t>(type), 1);
    append_number(bytes_, call, 4);
}

FrameWriter& FrameWriter::number(std::uint64_t value) {
    append_number(bytes_, value, 8);
    return *this;
}

FrameWriter& FrameWriter::text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
    return *this;
}

std::string FrameWriter::take() {
    std::string length;
    append_number(length, bytes_.size() - kLengthBytes, kLengthBytes);
    bytes_.replace(0, kLengthBytes, length);
    return std::move(bytes_);
}

std::string_view FieldReader::bytes(std::uint64_t count) {
    if (!good_ || count > rest_.size()) {
        good_ = false;
        return {};
    }
    const auto found = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(found.size());
    return found;
}

std::uint64_t FieldReader::number() {
    return number_at(bytes(8));
}

std::string_view FieldReader::text() {
    const std::uint64_t size = number();
    return bytes(size);
}

std::optional<Frame> FrameCutter::next() {
    const std::string_view rest = std::string_view(held_).substr(taken_);
    const bool has_length = rest.size() >= kLengthBytes;
    const std::uint64_t size = has_length ? number_at(rest.substr(0, kLengthBytes)) : 0;
    broken_ = broken_ || (has_length && (size < kHeadBytes || size > kMostFrameBytes));
    if (broken_) return std::nullopt;
    if (!has_length || rest.size() - kLengthBytes < size) {
        held_.erase(0, taken_);
        taken_ = 0;
        return std::nullopt;
    }
    const auto length = static_cast<std::size_t>(size);
    const std::string_view frame = rest.substr(kLengthBytes, length);
    taken_ += kLengthBytes + length;
    return Frame{static_cast<FrameType>(frame[0]),
                 static_cast<std::uint32_t>(number_at(frame.substr(1, 4))),
                 std::string(frame.substr(kHeadBytes))};
}

}  // namespace orderhub::connectors
