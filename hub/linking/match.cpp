#include "hub/linking/match.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace orderhub::linking {

namespace {

constexpr std::size_t kMostNumbers = 200;
constexpr std::size_t kMostSuggestions = 5;

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
}

void collect(std::string_view line, std::vector<std::string>& words, std::set<std::string>& seen) {
    std::size_t at = 0;
    while (at < line.size() && words.size() < kMostNumbers) {
        while (at < line.size() && !is_word(line[at]))
            ++at;
        std::size_t end = at;
        while (end < line.size() && is_word(line[end]))
            ++end;
        std::string word(line.substr(at, end - at));
        while (word.ends_with('-'))
            word.pop_back();
        if (word.size() >= 4 && word.size() <= 32 && seen.insert(word).second)
            words.push_back(std::move(word));
        at = end;
    }
}

/// Lines that repeat an earlier mail say nothing about this one.
bool is_quoted(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    return first != std::string_view::npos && (line[first] == '>' || line[first] == '|');
}

void collect_text(std::string_view text, std::vector<std::string>& words,
                  std::set<std::string>& seen) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (!is_quoted(line)) collect(line, words, seen);
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

domain::Suggestion suggestion(const Candidate& candidate, bool same_person, bool only_one) {
    domain::Suggestion result{candidate.order_id, candidate.number, 0, {}};
    if (candidate.named) {
        result.score += 60;
        result.evidence.push_back("order number " + candidate.number + " is named");
    }
    if (same_person) {
        result.score += only_one ? 35 : 30;
        result.evidence.emplace_back(only_one ? "the requester's only open order"
                                              : "the requester's e-mail");
    } else {
        result.evidence.emplace_back("the order belongs to another e-mail address");
    }
    if (candidate.cancelled) {
        result.score -= 20;
        result.evidence.emplace_back("the order is cancelled");
    }
    result.score = std::max(result.score, 0);
    return result;
}

}  // namespace

std::string normal_email(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    const auto last = text.find_last_not_of(" \t\r\n");
    std::string result(text.substr(first, last - first + 1));
    for (char& c : result)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

std::vector<std::string> possible_numbers(const domain::Case& support_case) {
    std::vector<std::string> words;
    std::set<std::string> seen;
    collect_text(support_case.order_number, words, seen);
    collect_text(support_case.subject, words, seen);
    for (const domain::CaseMessage& message : support_case.messages)
        if (message.direction == "inbound") collect_text(message.text, words, seen);
    return words;
}

Verdict decide(const domain::Case& support_case, const std::vector<Candidate>& candidates) {
    const std::string email = normal_email(support_case.requester.email);
    const auto is_theirs = [&](const Candidate& each) {
        return !email.empty() && each.email == email;
    };
    const auto is_open = [&](const Candidate& each) { return is_theirs(each) && !each.cancelled; };
    const auto named_count = std::ranges::count_if(candidates, &Candidate::named);
    const bool only_one = std::ranges::count_if(candidates, is_open) == 1;

    Verdict verdict;
    for (const Candidate& each : candidates) {
        const bool theirs = is_theirs(each);
        verdict.suggestions.push_back(suggestion(each, theirs, only_one && is_open(each)));
        const bool certain =
            each.named ? theirs && named_count == 1 : named_count == 0 && only_one && is_open(each);
        if (certain) verdict.order_id = each.order_id;
    }
    std::ranges::sort(verdict.suggestions, [](const auto& a, const auto& b) {
        return a.score != b.score ? a.score > b.score : a.number < b.number;
    });
    if (verdict.suggestions.size() > kMostSuggestions) verdict.suggestions.resize(kMostSuggestions);
    if (!verdict.order_id.empty()) {
        verdict.decision = domain::Decision::linked;
        std::erase_if(verdict.suggestions,
                      [&](const auto& each) { return each.order_id != verdict.order_id; });
    } else if (!verdict.suggestions.empty()) {
        verdict.decision = domain::Decision::suggested;
    }
    return verdict;
}

}  // namespace orderhub::linking
