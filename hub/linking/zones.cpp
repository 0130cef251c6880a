// Which part of a mail is new, which is history, and which is only a farewell.
#include <algorithm>
#include <array>

#include "hub/linking/fold.hpp"
#include "hub/linking/phrases.hpp"
#include "hub/linking/text.hpp"

namespace orderhub::linking {

namespace {

/// The phrases of words/quoting.txt.
struct Marks {
    std::vector<std::string> reply_start = section(word_list("quoting"), "reply_start");
    std::vector<std::string> reply_verb = section(word_list("quoting"), "reply_verb");
    std::vector<std::string> original = section(word_list("quoting"), "original");
    std::vector<std::string> forward = section(word_list("quoting"), "forward");
    std::vector<std::string> forward_subject = section(word_list("quoting"), "forward_subject");
    std::vector<std::string> header_from = section(word_list("quoting"), "header_from");
    std::vector<std::string> header_other = section(word_list("quoting"), "header_other");
    std::vector<std::string> reply_above = section(word_list("quoting"), "reply_above");
    std::vector<std::string> closing = section(word_list("quoting"), "closing");
    std::vector<std::string> device = section(word_list("quoting"), "device");
    std::vector<std::string> auto_reply = section(word_list("quoting"), "auto_reply");
    std::vector<std::string> disclaimer = section(word_list("quoting"), "disclaimer");
    std::vector<std::string> see_below = section(word_list("quoting"), "see_below");
    std::vector<std::string> postscript = section(word_list("quoting"), "postscript");
};

const Marks& marks() {
    static const Marks all;
    return all;
}

bool holds_any(std::string_view text, const std::vector<std::string>& phrases) {
    return std::ranges::any_of(
        phrases, [&](const std::string& each) { return text.find(each) != text.npos; });
}

bool begins_with_any(std::string_view text, const std::vector<std::string>& phrases,
                     std::string_view then) {
    return std::ranges::any_of(phrases, [&](const std::string& each) {
        return text.starts_with(each) &&
               (text.size() == each.size() || then.find(text[each.size()]) != then.npos);
    });
}

/// The lines of a body, each with its folded form, and what has been made of them so far.
class Reader {
public:
    Reader(std::string_view subject, std::string_view body)
        : forwarded_subject_(begins_with_any(fold(trim(subject)), marks().forward_subject,
                                             " abcdefghijklmnopqrstuvwxyz0123456789")) {
        while (!body.empty()) {
            const auto end = body.find('\n');
            raw_.push_back(body.substr(0, end));
            folded_.emplace_back(trim(fold(raw_.back())));
            if (end == body.npos) break;
            body.remove_prefix(end + 1);
        }
    }

    std::vector<Line> read() {
        for (at_ = 0; at_ < raw_.size(); ++at_)
            take(folded_[at_]);
        promote_history();
        return std::move(lines_);
    }

private:
    void take(const std::string& line) {
        if (ends_all(line)) return;
        if (line.starts_with('>') || line.starts_with('|'))
            return put(zone_ == Zone::forwarded ? Zone::forwarded : Zone::quoted);
        if (starts_forward(line)) {
            zone_ = Zone::forwarded;
            return;
        }
        if (starts_history(line)) return;
        if (zone_ == Zone::quoted) return put(Zone::quoted);
        if (skips(line)) return;
        if (starts_signature(line)) {
            zone_ = Zone::signature;
            signature_from_ = at_;
            return;
        }
        if (zone_ == Zone::signature && leaves_signature(line)) zone_ = Zone::fresh;
        put(zone_);
    }

    void put(Zone zone) { lines_.push_back({raw_[at_], zone}); }

    /// "Please reply above this line": all that follows is history.
    bool ends_all(const std::string& line) {
        if (!holds_any(line, marks().reply_above)) return false;
        zone_ = Zone::quoted;
        return true;
    }

    bool starts_forward(const std::string& line) const {
        return line.size() < 80 && zone_ != Zone::quoted && holds_any(line, marks().forward) &&
               (line.find("---") != line.npos || line.ends_with(':'));
    }

    /// "On ... wrote:", maybe over three lines; a mail program's header; "Original Message".
    bool starts_history(const std::string& line) {
        const bool intro = is_intro(line);
        if (!intro && !is_header(line) &&
            !(line.starts_with("--") && holds_any(line, marks().original)) &&
            !line.starts_with("_______________"))
            return false;
        if (line.starts_with("___") && !header_follows(at_ + 1)) return false;
        if (zone_ == Zone::forwarded && !intro) {
            // The header of what is forwarded says who wrote it.
            put(Zone::forwarded);
            return true;
        }
        if (intro && quote_follows()) return true;
        zone_ = forwarded_subject_ && zone_ != Zone::forwarded ? Zone::forwarded : Zone::quoted;
        if (zone_ == Zone::forwarded || !intro) put(zone_);
        return true;
    }

    bool is_intro(const std::string& line) {
        if (!begins_with_any(line, marks().reply_start, " ")) return false;
        std::string joined;
        for (std::size_t i = at_; i < folded_.size() && i < at_ + 3; ++i) {
            joined += folded_[i] + " ";
            if (!folded_[i].ends_with(':')) continue;
            const bool is = joined.size() < 300 && holds_any(joined, marks().reply_verb) &&
                            (has_digit(joined) || joined.find('@') != joined.npos);
            if (is) at_ = i;
            return is;
        }
        return false;
    }

    /// After "On ... wrote:", whether the history is marked line by line.
    bool quote_follows() const {
        for (std::size_t i = at_ + 1; i < folded_.size(); ++i)
            if (!folded_[i].empty()) return folded_[i].starts_with('>');
        return false;
    }

    static std::string without_stars(std::string line) {
        std::erase(line, '*');
        return line;
    }

    bool is_header(const std::string& line) const {
        return begins_with_any(without_stars(line), marks().header_from, ": ") &&
               without_stars(line).find(':') < 14 && header_follows(at_);
    }

    bool header_follows(std::size_t from) const {
        int fields = 0;
        for (std::size_t i = from; i < folded_.size() && i < from + 6; ++i) {
            const std::string line = without_stars(folded_[i]);
            const bool field = line.find(':') < 14;
            if (field && (begins_with_any(line, marks().header_from, ": ") ||
                          begins_with_any(line, marks().header_other, ": ")))
                ++fields;
        }
        return fields >= 3;
    }

    /// Paragraphs of an own auto-reply or a disclaimer, and lines of telephones.
    bool skips(const std::string& line) {
        if (line.empty()) {
            skipping_ = false;
            return false;
        }
        if (holds_any(line, marks().auto_reply) || holds_any(line, marks().disclaimer))
            skipping_ = true;
        return skipping_ || (line.size() < 60 && begins_with_any(line, marks().device, " "));
    }

    bool starts_signature(const std::string& line) const {
        if (zone_ == Zone::signature || at_ == 0) return false;
        if (line == "--" || line == "---") return true;
        if (line.size() > 45 || !begins_with_any(line, marks().closing, " ,.!;:")) return false;
        // A farewell stands near the end of what was written.
        std::size_t long_lines = 0;
        for (std::size_t i = at_ + 1; i < folded_.size() && i < at_ + 12; ++i) {
            if (folded_[i].starts_with('>') || folded_[i].starts_with("---")) break;
            if (folded_[i].size() > 90) ++long_lines;
        }
        return long_lines == 0 && has_text_before();
    }

    bool has_text_before() const {
        return std::ranges::any_of(lines_, [](const Line& each) {
            return counts(each.zone) && trim(each.raw).size() > 12;
        });
    }

    bool leaves_signature(const std::string& line) const {
        return begins_with_any(line, marks().postscript, " :.") ||
               (line.size() > 100 && at_ > signature_from_ + 1);
    }

    /// If hardly anything is new, the case is about what it hands on.
    void promote_history() {
        std::string fresh;
        for (const Line& each : lines_)
            if (each.zone == Zone::fresh) fresh += fold(each.raw) + " ";
        const std::size_t words = words_of(fresh).size();
        if (words > 3 && !(words <= 14 && holds_any(fresh, marks().see_below))) return;
        for (Line& each : lines_)
            if (each.zone == Zone::quoted) each.zone = Zone::forwarded;
    }

    bool forwarded_subject_ = false;
    bool skipping_ = false;
    Zone zone_ = Zone::fresh;
    std::size_t at_ = 0;
    std::size_t signature_from_ = 0;
    std::vector<std::string_view> raw_;
    std::vector<std::string> folded_;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> lines_of(std::string_view subject, std::string_view body) {
    std::vector<Line> lines = Reader(subject, body).read();
    if (!trim(subject).empty()) lines.insert(lines.begin(), {subject, Zone::subject});
    return lines;
}

}  // namespace orderhub::linking
