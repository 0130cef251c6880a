#include "hub/schemas/plain_pattern.hpp"

#include <charconv>
#include <limits>
#include <utility>

namespace orderhub::schemas {

namespace {

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();

std::size_t code(char c) {
    return static_cast<unsigned char>(c);
}

}  // namespace

/// Each function takes what it reads off `rest_`, and is false if it is nothing for us.
class PlainPattern::Parser {
public:
    explicit Parser(std::string_view pattern) : rest_(pattern) {}

    bool sequence(std::vector<Step>& steps) {
        if (!take('^')) return false;
        while (!rest_.empty() && rest_ != "$")
            if (!(take('(') ? group(steps) : step(steps))) return false;
        return take('$');
    }

private:
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool group(std::vector<Step>& steps) {
        const std::size_t first = steps.size();
        while (!take(')'))
            if (rest_.empty() || !step(steps)) return false;
        if (!take('?') || steps.size() == first || steps[first].least == 0) return false;
        steps[first].skips = steps.size() - first;
        return true;
    }

    bool step(std::vector<Step>& steps) {
        Step step;
        return (take('[') ? one_of(step.characters) : character(step.characters)) && count(step) &&
               (steps.push_back(step), true);
    }

    bool character(Characters& characters) {
        constexpr std::string_view kSpecial = "^$.[]()|?*+{}\\";
        const bool is_escaped = take('\\');
        if (rest_.empty()) return false;
        const char c = rest_.front();
        // Escaped letters are classes, and stand for themselves in none.
        const bool is_special = kSpecial.find(c) != kSpecial.npos;
        if (is_escaped != is_special) return false;
        characters.set(code(c));
        return take(c);
    }

    bool one_of(Characters& characters) {
        const bool is_negated = take('^');
        if (rest_.starts_with(']')) return false;
        while (!take(']')) {
            if (rest_.empty() || rest_.front() == '\\' || rest_.front() == '[') return false;
            const char from = rest_.front();
            take(from);
            char to = from;
            if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
                take('-');
                to = rest_.front();
                if (to == '\\' || to == '[' || code(to) < code(from)) return false;
                take(to);
            }
            for (std::size_t each = code(from); each <= code(to); ++each)
                characters.set(each);
        }
        if (is_negated) characters.flip();
        return true;
    }

    bool number(std::size_t& value) {
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{} || value > 100'000) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return true;
    }

    bool count(Step& step) {
        if (take('?')) {
            step.least = 0;
        } else if (take('*')) {
            step.least = 0;
            step.most = kAny;
        } else if (take('+')) {
            step.most = kAny;
        } else if (take('{')) {
            if (!number(step.least)) return false;
            step.most = step.least;
            if (take(',') && (step.most = kAny, !rest_.starts_with('}')) && !number(step.most))
                return false;
            if (!take('}') || step.most < step.least || step.most == 0) return false;
        }
        // A second sign would change how the first one counts.
        constexpr std::string_view kCounts = "?*+{";
        return rest_.empty() || kCounts.find(rest_.front()) == kCounts.npos;
    }

    std::string_view rest_;
};

std::optional<PlainPattern> PlainPattern::parse(std::string_view pattern) {
    PlainPattern plain;
    if (!Parser(pattern).sequence(plain.steps_) || !plain.has_one_way()) return std::nullopt;
    return plain;
}

// From the end: no step, and no group, begins with a character that could also be what follows.
bool PlainPattern::has_one_way() const {
    std::vector<Characters> first(steps_.size() + 1);  // what the rest from a step on begins with
    for (std::size_t i = steps_.size(); i-- > 0;) {
        const Step& step = steps_[i];
        if (step.least < step.most && (step.characters & first[i + 1]).any()) return false;
        first[i] = step.characters;
        if (step.least == 0) first[i] |= first[i + 1];
        if (step.skips == 0) continue;
        if ((step.characters & first[i + step.skips]).any()) return false;
        first[i] |= first[i + step.skips];
    }
    return true;
}

bool PlainPattern::matches(std::string_view text) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < steps_.size();) {
        const Step& step = steps_[i];
        std::size_t count = 0;
        while (count < step.most && at < text.size() && step.characters[code(text[at])]) {
            ++count;
            ++at;
        }
        if (count >= step.least)
            ++i;
        else if (step.skips > 0 && count == 0)
            i += step.skips;
        else
            return false;
    }
    return at == text.size();
}

}  // namespace orderhub::schemas
