#include "exact_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <orderhub/http.hpp>
#include <string>

namespace orderhub::signed_orders {

namespace json = boost::json;

namespace {

/// What the parser tells, stacked up to a value.
class Handler {
public:
    explicit Handler(json::storage_ptr memory) : memory_(std::move(memory)) {}

    static constexpr std::size_t max_object_size = 100'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 1'000;
    static constexpr std::size_t max_string_size = 1'000'000;

    bool on_document_begin(json::error_code&) {
        stack_.reset(memory_);
        return true;
    }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) { return true; }
    bool on_object_end(std::size_t count, json::error_code&) {
        stack_.push_object(count);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code&) {
        stack_.push_array(count);
        return true;
    }
    bool on_key_part(json::string_view text, std::size_t, json::error_code&) {
        stack_.push_chars(text);
        return true;
    }
    bool on_key(json::string_view text, std::size_t, json::error_code&) {
        stack_.push_key(text);
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t, json::error_code&) {
        stack_.push_chars(text);
        return true;
    }
    bool on_string(json::string_view text, std::size_t, json::error_code&) {
        stack_.push_string(text);
        return true;
    }
    bool on_number_part(json::string_view text, json::error_code&) {
        stack_.push_chars(text);
        return true;
    }
    bool on_int64(std::int64_t, json::string_view text, json::error_code&) {
        stack_.push_string(text);
        return true;
    }
    bool on_uint64(std::uint64_t, json::string_view text, json::error_code&) {
        stack_.push_string(text);
        return true;
    }
    bool on_double(double, json::string_view text, json::error_code&) {
        stack_.push_string(text);
        return true;
    }
    bool on_bool(bool value, json::error_code&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    json::value release() { return stack_.release(); }

private:
    json::storage_ptr memory_;
    json::value_stack stack_;
};

}  // namespace

json::value parse_exact(std::string_view text, json::storage_ptr memory) {
    json::basic_parser<Handler> parser{json::parse_options{}, std::move(memory)};
    json::error_code failed;
    const std::size_t taken = parser.write_some(false, text.data(), text.size(), failed);
    if (failed || taken != text.size())
        throw sdk::rejected("invalid_order", "the message is not JSON");
    return parser.handler().release();
}

}  // namespace orderhub::signed_orders
