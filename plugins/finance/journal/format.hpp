// What a file of the journal looks like, and what is whole of it. Pure; a file is its content.
#pragma once

#include <string>
#include <string_view>

#include "entry.hpp"

namespace orderhub::journal {

/// Thrown for a file that somebody else changed so that it cannot be told what is whole of it.
struct Damaged {
    std::string why;
};

class Format {
public:
    virtual ~Format() = default;

    virtual const char* extension() const = 0;  ///< ".csv"
    virtual std::string head() const = 0;       ///< how a new file begins
    /// How much of the content is whole: all of it, or what comes before an entry of ours whose
    /// writing was cut short. Throws Damaged.
    virtual std::size_t whole(std::string_view content) const = 0;
    /// Whether the entry of that key is there. Expects whole content.
    virtual bool has(std::string_view content, std::string_view key) const = 0;
    /// Whether an entry has that number. Expects whole content.
    virtual bool has_number(std::string_view content, std::string_view number) const = 0;
    /// What is added to whole content for the entry.
    virtual std::string block(const Entry& entry, std::string_view key,
                              std::string_view content) const = 0;
};

const Format& csv_format();
const Format& ledger_format();

/// Text from outside on one line, with `banned` characters as spaces.
std::string one_line(std::string_view text, std::string_view banned = {});

}  // namespace orderhub::journal
