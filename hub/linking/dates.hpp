// Days that a text names, also by "last Tuesday"; and the calendar.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/linking/phrases.hpp"
#include "hub/linking/text.hpp"

namespace orderhub::linking {

/// Days since 1970-01-01.
using Day = std::int32_t;
Day day_of(std::int64_t ms);
Day day_of(int year, int month, int day);
int year_of(Day day);
/// "2026-03-24".
std::string date_text(Day day);
/// Instants as RFC 3339 has them, or a day alone. Nothing for anything else. Milliseconds.
std::optional<std::int64_t> instant_of(std::string_view text);

/// From one day to another, both included, that the order may have been placed on.
struct DateClaim {
    Day first = 0;
    Day last = 0;
    bool ordered = false;  ///< said of the order, not of anything else
};

/// `received`: the day of the case; 0 if not known, then only whole dates are understood. Marks
/// the words of dates in `taken`.
std::vector<DateClaim> find_dates(const Text& text, const std::vector<CueHit>& cues, Day received,
                                  std::vector<bool>& taken);

}  // namespace orderhub::linking
