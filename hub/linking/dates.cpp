#include "hub/linking/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "hub/linking/fold.hpp"

namespace orderhub::linking {

namespace {

constexpr Day kWeek = 7;

int month_length(int year, int month) {
    const Day next = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
    return next - day_of(year, month, 1);
}

class Finder {
public:
    Finder(const Text& text, const std::vector<CueHit>& cues, Day received,
           std::vector<bool>& taken)
        : text_(text),
          cues_(cues),
          received_(received),
          taken_(taken),
          by_word_(text.words.size()) {
        for (const CueHit& hit : cues)
            if (hit.cue >= Cue::month) by_word_[hit.first].push_back(&hit);
    }

    std::vector<DateClaim> find() {
        for (std::size_t at = 0; at < text_.words.size();) {
            if (!counts(text_.words[at].zone)) {
                ++at;
                continue;
            }
            at += std::max<std::size_t>(1, read_at(at));
        }
        return std::move(claims_);
    }

private:
    const CueHit* cue(std::size_t at, Cue wanted) const {
        if (at >= by_word_.size()) return nullptr;
        const CueHit* best = nullptr;
        for (const CueHit* hit : by_word_[at])
            if (hit->cue == wanted && (best == nullptr || hit->words > best->words)) best = hit;
        return best;
    }

    /// The word as a number up to `most`, also "3rd", "24th", "1er"; -1 if it is none.
    int number_at(std::size_t at, int most) const {
        if (at >= text_.words.size()) return -1;
        const std::string_view word = text_.at(at);
        int value = -1;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        const std::string_view rest(end, static_cast<std::size_t>(word.data() + word.size() - end));
        constexpr std::array<std::string_view, 7> kEndings{"", "st", "nd", "rd", "th", "er", "e"};
        if (error != std::errc{} || std::ranges::find(kEndings, rest) == kEndings.end()) return -1;
        return value > most ? -1 : value;
    }

    /// A count in digits or words.
    int count_at(std::size_t at) const {
        if (const int value = number_at(at, 400); value >= 0) return value;
        const CueHit* word = cue(at, Cue::number_word);
        return word != nullptr ? word->value : -1;
    }

    bool joined(std::size_t at, std::string_view by) const {
        if (at >= text_.words.size()) return false;
        const std::string_view gap = trim(text_.gap_before(at));
        return by.empty() ? gap.empty() : !gap.empty() && gap.find_first_not_of(by) == gap.npos;
    }

    std::size_t read_at(std::size_t at) {
        if (const auto used = figures(at)) return used;
        if (const auto used = named_month(at)) return used;
        if (received_ == 0) return 0;
        if (const auto used = relative_day(at)) return used;
        if (const auto used = some_time_ago(at)) return used;
        return weekday_or_span(at);
    }

    void claim(std::size_t at, std::size_t words, Day first, Day last) {
        if (received_ != 0 && first > received_ + 1) return;
        claims_.push_back({first, last, is_of_order(at, words)});
    }

    void take(std::size_t at, std::size_t words) {
        for (std::size_t i = at; i < at + words && i < taken_.size(); ++i)
            taken_[i] = true;
    }

    /// Whether a full stop before this word ends a sentence: it does not in "14. September".
    bool ends_sentence(std::size_t at) const {
        const std::string_view gap = text_.gap_before(at);
        const auto stop = gap.find('.');
        return stop != gap.npos && gap.find_first_of(" \n", stop) != gap.npos &&
               !text_.words[at - 1].digits;
    }

    /// Whether "ordered" stands in the same clause.
    bool is_of_order(std::size_t at, std::size_t words) const {
        constexpr std::size_t kNear = 9;
        return std::ranges::any_of(cues_, [&](const CueHit& hit) {
            if (hit.cue != Cue::ordered) return false;
            const std::size_t from = std::min(at, hit.first);
            const std::size_t to = std::max(at + words, hit.first + hit.words);
            if (to - from > kNear + words + hit.words) return false;
            for (std::size_t i = from + 1; i < to; ++i) {
                const std::string_view gap = text_.gap_before(i);
                if (gap.find_first_of("!?;") != gap.npos || ends_sentence(i) ||
                    gap.find("\n\n") != gap.npos)
                    return false;
            }
            return true;
        });
    }

    /// "2026-03-24", "24.03.2026", "24.3.", "3/24/26"; where day and month may be meant the other
    /// way round, both are claimed.
    std::size_t figures(std::size_t at) {
        const int one = number_at(at, 2100);
        if (one < 0 || !joined(at + 1, "./-")) return 0;
        const int two = number_at(at + 1, 31);
        if (two < 1) return 0;
        const char by = trim(text_.gap_before(at + 1))[0];
        const bool third = joined(at + 2, std::string_view(&by, 1)) &&
                           text_.gap_before(at + 2).size() <= 2 && number_at(at + 2, 2100) >= 0;
        const int three = third ? number_at(at + 2, 2100) : -1;
        if (one >= 2000 && third && three >= 1 && three <= 31 && two <= 12) {
            take(at, 3);
            claim_day(at, 3, one, two, three);
            return 3;
        }
        if (one > 31 || one < 1) return 0;
        if (!third && (by == '-' || received_ == 0)) return 0;
        if (!third && by == '.' && !text_.gap_after(at + 1).starts_with('.')) return 0;
        const std::size_t words = third ? 3 : 2;
        const int year = !third ? 0 : three < 100 ? 2000 + three : three;
        if (two <= 12) claim_day(at, words, year, two, one);
        if (one <= 12 && two > 12) claim_day(at, words, year, one, two);
        if (one <= 12 && two <= 12 && one != two && by == '/') claim_day(at, words, year, one, two);
        take(at, words);
        return words;
    }

    /// `year` 0: the last one in which the day was not after the case.
    void claim_day(std::size_t at, std::size_t words, int year, int month, int day) {
        if (year == 0) year = year_for(month, day);
        if (month < 1 || month > 12 || day < 1 || day > month_length(year, month)) return;
        const Day exact = day_of(year, month, day);
        claim(at, words, exact, exact);
    }

    int year_for(int month, int day) const {
        const int year = year_of(received_);
        return day_of(year, month, day) > received_ + 1 ? year - 1 : year;
    }

    /// "24 March 2026", "March 24th", "24. Maerz", "le 24 mars", "in March", "mid-March".
    std::size_t named_month(std::size_t at) {
        const CueHit* month = cue(at, Cue::month);
        if (month == nullptr) return 0;
        int day = at > 0 ? number_at(at - 1, 31) : -1;
        if (day < 1 && at > 1 && text_.at(at - 1).size() == 2 &&
            (text_.at(at - 1) == "de" || text_.at(at - 1) == "of"))
            day = number_at(at - 2, 31);
        std::size_t next = at + 1;
        if (day < 1 && joined(next, "") && number_at(next, 31) > 0) day = number_at(next++, 31);
        if (next < text_.words.size() && (text_.at(next) == "de" || text_.at(next) == "del"))
            ++next;
        int year = number_at(next, 2100);
        year = year >= 2000 ? year : 0;
        if (year == 0 && received_ == 0) return 0;
        if (day > 0) {
            take(at > 1 ? at - 2 : 0, next - at + 2);
            claim_day(at, 1, year, month->value, day);
            return next - at;
        }
        // "may" and "mars" are other words too: a month alone needs a word before it.
        constexpr std::array<std::string_view, 15> kBefore{
            "in", "im",  "en",    "of",     "since", "seit",  "de",  "du",
            "mi", "mid", "mitte", "anfang", "ende",  "early", "late"};
        if (at == 0 || std::ranges::find(kBefore, text_.at(at - 1)) == kBefore.end()) return 0;
        if (year == 0) year = year_for(month->value, 1);
        claim_month(at, year, month->value);
        return 1;
    }

    void claim_month(std::size_t at, int year, int month) {
        const Day begin = day_of(year, month, 1);
        const Day end = begin + month_length(year, month) - 1;
        const CueHit* part = at > 0 ? cue(at - 1, Cue::part) : nullptr;
        for (std::size_t back = 2; part == nullptr && back <= 4 && back <= at; ++back)
            part = cue(at - back, Cue::part);
        if (part == nullptr) return claim(at, 1, begin, end);
        constexpr Day kThird = 10;
        const Day first = begin + part->value * kThird;
        claim(at, 1, std::max(begin, first - 2), std::min(end, first + kThird + 2));
    }

    std::size_t relative_day(std::size_t at) {
        const CueHit* hit = cue(at, Cue::relative_day);
        if (hit == nullptr) return 0;
        claim(at, hit->words, received_ - hit->value, received_ - hit->value);
        return hit->words;
    }

    /// "two weeks ago", "vor drei Tagen", "il y a un mois", "hace dos semanas".
    std::size_t some_time_ago(std::size_t at) {
        const CueHit* ago = cue(at, Cue::ago);
        const std::size_t begin = ago != nullptr ? at + ago->words : at;
        std::size_t next = begin;
        bool about = next > 0 && cue(next - 1, Cue::about) != nullptr;
        if (const CueHit* word = cue(next, Cue::about); word != nullptr && count_at(next) < 0) {
            about = true;
            next += word->words;
        }
        const int count = count_at(next);
        if (count < 1) return 0;
        const CueHit* number = number_at(next, 400) >= 0 ? nullptr : cue(next, Cue::number_word);
        next += number != nullptr ? number->words : 1;
        if (next < text_.words.size() && text_.at(next) == "of") ++next;
        const CueHit* unit = cue(next, Cue::unit);
        if (unit == nullptr) return 0;
        if (ago == nullptr && cue(next + 1, Cue::ago) == nullptr) return 0;
        const Day back = count * unit->value;
        const bool since = ago != nullptr && text_.at(at) == "seit";
        const Day slack =
            unit->value == 1 ? (count > 4 ? 2 : 1) : unit->value * (1 + count / 3) / 2;
        const Day more = about || since ? slack : 0;
        claim(at, next - at, received_ - back - slack - more, received_ - back + slack + more);
        return next + 1 - at;
    }

    /// "last Tuesday", "am Dienstag", "mardi dernier", "letzte Woche", "this month".
    std::size_t weekday_or_span(std::size_t at) {
        const bool last = around(at, Cue::last);
        if (const CueHit* weekday = cue(at, Cue::weekday)) {
            const Day today = (received_ + 3) % kWeek + 1;  // 1970-01-01 was a Thursday
            Day back = (today - weekday->value + kWeek) % kWeek;
            if (back == 0 && last) back = kWeek;
            // "Last Tuesday", said on a Thursday, may be nine days ago.
            if (last && back < 4) {
                claim(at, 1, received_ - back - kWeek, received_ - back - kWeek);
            }
            claim(at, 1, received_ - back, received_ - back);
            return 1;
        }
        const CueHit* unit = cue(at, Cue::unit);
        if (unit == nullptr || unit->value < kWeek) return 0;
        const bool before_last = around(at, Cue::before_last);
        if (!last && !before_last && !around(at, Cue::this_)) return 0;
        const Day back = before_last ? 2 : last ? 1 : 0;
        claim_span(at, unit->value, back);
        return 1;
    }

    void claim_span(std::size_t at, int unit, Day back) {
        if (unit == kWeek) {
            const Day monday = received_ - (received_ + 3) % kWeek - back * kWeek;
            return claim(at, 1, monday, monday + kWeek - 1);
        }
        const int year = year_of(received_);
        if (unit > 31) return claim(at, 1, day_of(year - back, 1, 1), day_of(year - back, 12, 31));
        const Day first = month_start(received_, back);
        const Day end = back == 0 ? received_ : month_start(received_, back - 1) - 1;
        claim(at, 1, first, end);
    }

    static Day month_start(Day day, Day back) {
        const std::string text = date_text(day);
        const int months = year_of(day) * 12 + std::stoi(text.substr(5, 2)) - 1 - back;
        return day_of(months / 12, months % 12 + 1, 1);
    }

    bool around(std::size_t at, Cue wanted) const {
        if (cue(at + 1, wanted) != nullptr) return true;
        for (std::size_t back = 1; back <= 2 && back <= at; ++back)
            if (const CueHit* hit = cue(at - back, wanted); hit != nullptr && hit->words >= back)
                return true;
        return false;
    }

    const Text& text_;
    const std::vector<CueHit>& cues_;
    Day received_;
    std::vector<bool>& taken_;
    std::vector<std::vector<const CueHit*>> by_word_;
    std::vector<DateClaim> claims_;
};

}  // namespace

std::vector<DateClaim> find_dates(const Text& text, const std::vector<CueHit>& cues, Day received,
                                  std::vector<bool>& taken) {
    return Finder(text, cues, received, taken).find();
}

}  // namespace orderhub::linking
