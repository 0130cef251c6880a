#include <array>
#include <charconv>

#include "hub/servicing/codec/document_reader.hpp"
#include "hub/servicing/codec/document_writer.hpp"

namespace orderhub::servicing::document {

namespace {

namespace json = boost::json;

void write_control(std::string& out, unsigned char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u00";
    out += kDigits[c >> 4U];
    out += kDigits[c & 15U];
}

[[noreturn]] void refuse(const char* what, const json::value& from) {
    throw std::runtime_error(std::string("not ") + what + ": " + json::serialize(from));
}

std::int64_t number(const json::value& from) {
    if (const auto* plain = from.if_int64()) return *plain;
    refuse("a whole number", from);
}

}  // namespace

void write(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            write_control(out, static_cast<unsigned char>(c));
        else
            out += c;
    }
    out += '"';
}

void write(std::string& out, std::int64_t number) {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

void write(std::string& out, domain::Minor amount) {
    write(out, amount.count());
}

void write(std::string& out, const domain::Amount& amount) {
    out += '[';
    write(out, amount.ex);
    out += ',';
    write(out, amount.tax);
    out += ',';
    write(out, amount.inc);
    out += ']';
}

void read(const json::value& from, std::string& to) {
    const auto* text = from.if_string();
    if (text == nullptr) refuse("text", from);
    to.assign(text->data(), text->size());
}

void read(const json::value& from, std::int64_t& to) {
    to = number(from);
}

void read(const json::value& from, int& to) {
    to = static_cast<int>(number(from));
}

void read(const json::value& from, bool& to) {
    const auto* flag = from.if_bool();
    if (flag == nullptr) refuse("a flag", from);
    to = *flag;
}

void read(const json::value& from, domain::Minor& to) {
    to = domain::Minor{number(from)};
}

void read(const json::value& from, domain::Amount& to) {
    const auto* parts = from.if_array();
    if (parts == nullptr || parts->size() != 3) refuse("an amount", from);
    to = {domain::Minor{number((*parts)[0])}, domain::Minor{number((*parts)[1])},
          domain::Minor{number((*parts)[2])}};
}

}  // namespace orderhub::servicing::document
