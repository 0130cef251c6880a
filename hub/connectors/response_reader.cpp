#include "hub/connectors/response_reader.hpp"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace orderhub::connectors {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using Parser = http::response_parser<http::string_body>;

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr std::uint32_t kMaxHeaderBytes = 64 * 1024;
constexpr int kMaxInterim = 8;  ///< 1xx responses before the real one

}  // namespace

struct ResponseReader::Parts {
    bool is_head = false;
    std::size_t max_body_bytes = 0;
    bool has_begun = false;
    int interim = 0;
    boost::beast::flat_buffer buffer;
    std::optional<Parser> parser;

    void begin() {
        parser.emplace();
        parser->eager(true);
        parser->header_limit(kMaxHeaderBytes);
        parser->body_limit(max_body_bytes);
        parser->skip(is_head);
    }

    /// A complete 1xx is no answer: the next one counts.
    bool skip_interim() {
        const unsigned status = parser->get().result_int();
        if (!parser->is_done() || status >= 200 || status == 101) return false;
        ++interim;
        begin();
        return true;
    }

    error_code parse() {
        while (buffer.size() > 0 && !parser->is_done()) {
            error_code error;
            const std::size_t used = parser->put(buffer.data(), error);
            buffer.consume(used);
            if (error == http::error::need_more) return {};
            if (error) return error;
            if (skip_interim() && interim > kMaxInterim) return http::error::bad_status;
            if (used == 0) return {};
        }
        return {};
    }
};

ResponseReader::ResponseReader(bool is_head, std::size_t max_body_bytes)
    : parts_(std::make_unique<Parts>()) {
    parts_->is_head = is_head;
    parts_->max_body_bytes = max_body_bytes;
    parts_->begin();
}

ResponseReader::~ResponseReader() = default;

boost::asio::mutable_buffer ResponseReader::room() {
    return parts_->buffer.prepare(kReadBytes);
}

error_code ResponseReader::take(std::size_t bytes) {
    if (bytes > 0) parts_->has_begun = true;
    parts_->buffer.commit(bytes);
    return parts_->parse();
}

error_code ResponseReader::take_end() {
    error_code error;
    if (!parts_->parser->is_header_done()) return http::error::partial_message;
    parts_->parser->put_eof(error);
    return error;
}

bool ResponseReader::has_begun() const {
    return parts_->has_begun;
}
bool ResponseReader::is_complete() const {
    return parts_->parser->is_done();
}

bool ResponseReader::keeps_connection() const {
    return parts_->parser->keep_alive() && parts_->buffer.size() == 0 &&
           parts_->parser->get().result_int() != 101;
}

WireAnswer ResponseReader::answer() {
    auto response = parts_->parser->release();
    WireAnswer answer{OH_HTTP_ANSWERED, static_cast<int>(response.result_int()), {}, {}};
    for (const auto& field : response)
        answer.headers.push_back({boost::algorithm::to_lower_copy(std::string(field.name_string())),
                                  std::string(field.value())});
    answer.body = std::move(response.body());
    return answer;
}

}  // namespace orderhub::connectors
