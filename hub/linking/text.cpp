#include "hub/linking/text.hpp"

#include <array>

#include "hub/domain/utf8.hpp"
#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

constexpr std::size_t kMostText = 40'000;  ///< a longer mail is history or a log

struct Capitals {
    bool first = false;
    bool all = false;
};

void put_word(Text& text, std::size_t begin, std::uint32_t line, Zone zone, Capitals capitals) {
    const std::string_view word = std::string_view(text.folded).substr(begin);
    if (word.empty()) return;
    text.words.push_back({static_cast<std::uint32_t>(begin),
                          static_cast<std::uint32_t>(text.folded.size()), line, zone,
                          capitals.first, has_digit(word), capitals.all});
}

void add_line(Text& text, std::string_view raw, std::uint32_t number, Zone zone) {
    std::size_t begin = text.folded.size();
    Capitals capitals;
    bool inside = false;
    while (!raw.empty() && text.folded.size() < kMostText) {
        const CodePoint next = first_code_point(raw);
        raw.remove_prefix(next.bytes);
        const std::string folded = fold(next.value);
        for (const char c : folded) {
            if (!is_word_char(c)) {
                if (inside) put_word(text, begin, number, zone, capitals);
                inside = false;
            } else if (!inside) {
                inside = true;
                begin = text.folded.size();
                capitals = {is_capital(next.value), true};
            }
            if (is_word_char(c) && !is_digit(c))
                capitals.all = capitals.all && is_capital(next.value);
            text.folded += c;
        }
    }
    if (inside) put_word(text, begin, number, zone, capitals);
    text.folded += '\n';
}

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr auto kEntities = std::to_array<Entity>({{"&nbsp;", " "},
                                                  {"&amp;", "&"},
                                                  {"&lt;", "<"},
                                                  {"&gt;", ">"},
                                                  {"&quot;", "\""},
                                                  {"&#39;", "'"},
                                                  {"&euro;", "\u20AC"}});

/// Reads what begins at `at` of HTML, a tag or an entity, and returns how long it is.
std::size_t read_markup(std::string_view html, std::size_t at, std::string& out) {
    const std::string_view rest = html.substr(at);
    if (rest[0] == '<') {
        const auto end = rest.find('>');
        if (end == rest.npos) return rest.size();
        const std::string tag = fold(rest.substr(1, std::min<std::size_t>(end - 1, 12)));
        for (const std::string_view block : {"br", "p", "/p", "div", "/div", "li", "tr", "h", "/h"})
            if (tag.starts_with(block)) {
                out += '\n';
                break;
            }
        if (tag.starts_with("blockquote")) out += "\n> ";
        return end + 1;
    }
    for (const Entity& each : kEntities)
        if (rest.starts_with(each.name)) {
            out += each.text;
            return each.name.size();
        }
    out += rest[0];
    return 1;
}

}  // namespace

std::string_view Text::gap_before(std::size_t index) const {
    const std::size_t from = index == 0 ? 0 : words[index - 1].end;
    return std::string_view(folded).substr(from, words[index].begin - from);
}

std::string_view Text::gap_after(std::size_t index) const {
    const std::size_t to = index + 1 < words.size() ? words[index + 1].begin : folded.size();
    return std::string_view(folded).substr(words[index].end, to - words[index].end);
}

std::string without_html(std::string_view body) {
    const auto has = [&](std::string_view tag) { return body.find(tag) != body.npos; };
    if (!has("<br") && !has("</p>") && !has("</div>") && !has("<BR") && !has("</P>"))
        return std::string(body);
    std::string out;
    for (std::size_t at = 0; at < body.size();) {
        if (body[at] == '<' || body[at] == '&') {
            at += read_markup(body, at, out);
        } else {
            out += body[at++];
        }
    }
    return out;
}

Text read_text(std::string_view subject, std::string_view body) {
    Text text;
    const std::string plain = without_html(body);
    std::uint32_t number = 0;
    for (const Line& line : lines_of(subject, plain))
        add_line(text, line.raw, number++, line.zone);
    return text;
}

void add_text(Text& text, std::string_view body) {
    const std::string plain = without_html(body);
    std::uint32_t number = text.words.empty() ? 0 : text.words.back().line + 1;
    for (const Line& line : lines_of({}, plain))
        add_line(text, line.raw, number++, line.zone);
}

}  // namespace orderhub::linking
